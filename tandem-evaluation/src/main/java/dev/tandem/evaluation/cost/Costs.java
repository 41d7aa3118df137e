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
     * What is to be expected in all. Where a published total and the sum of its published parts disagree, the total holds for a
     * project of which nothing else is known: each part counts by the share that the total leaves of the parts, low and high
     * end each, so that with nothing changed the sum is the published total, and follows the queries from there. As soon as one
     * part is measured or somebody's own price, the total no longer speaks for the project, and every part counts in full.
     */
    public Range total() {
        var parts = new EnumMap<PublishedTotal, Range>(PublishedTotal.class);
        items.forEach(item -> parts.merge(item.published(), item.amount(), Range::plus));
        var shared = shared();
        return parts.entrySet().stream()
                .map(part -> shared.contains(part.getKey()) ? part.getKey().share(part.getValue()) : part.getValue())
                .reduce(Range.ZERO, Range::plus);
    }

    /** The published totals that hold here: those whose parts are all planning figures. */
    public List<PublishedTotal> shared() {
        return disputed().stream()
                .filter(published -> items.stream()
                        .filter(item -> item.published() == published)
                        .allMatch(item -> item.basis() == Basis.PLANNING))
                .toList();
    }

    /** The published totals that disagree with the sum of their parts, of which lines are parts. */
    List<PublishedTotal> disputed() {
        return items.stream()
                .map(Item::published)
                .filter(published -> published != PublishedTotal.NONE)
                .distinct()
                .toList();
    }
}
