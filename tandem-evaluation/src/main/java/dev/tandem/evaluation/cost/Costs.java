package dev.tandem.evaluation.cost;

import java.util.EnumMap;
import java.util.List;

/**
 * Lines of costs that belong together: once, or a month.
 *
 * @param items at least one
 */
public record Costs(List<Item> items) {
    public Costs {
        items = List.copyOf(items);
    }

    /** The plain sum of the lines. */
    public Range sumOfParts() {
        return items.stream().map(Item::amount).reduce(Range.ZERO, Range::plus);
    }

    /**
     * What is to be expected in all. Where a published total and the sum of its published parts disagree, a planning figure
     * counts by the share that the total leaves of the parts, low and high end each; what was measured, and prices from
     * somebody's own book, count in full. With nothing changed that is the published total, and it follows every input
     * without a leap.
     */
    public Range total() {
        var planned = new EnumMap<PublishedTotal, Range>(PublishedTotal.class);
        var total = Range.ZERO;
        for (var item : items) {
            if (item.basis() == Basis.PLANNING) {
                planned.merge(item.published(), item.amount(), Range::plus);
            } else {
                total = total.plus(item.amount());
            }
        }
        for (var part : planned.entrySet()) {
            total = total.plus(part.getKey().share(part.getValue()));
        }
        return total;
    }

    /** The published totals of which lines count by a share. */
    public List<PublishedTotal> shared() {
        return items.stream()
                .filter(item -> item.basis() == Basis.PLANNING && item.published() != PublishedTotal.NONE)
                .map(Item::published)
                .distinct()
                .toList();
    }
}
