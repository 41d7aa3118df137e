package dev.tandem.evaluation.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** What has to be said beside the numbers, for the terminal and for pages. */
public final class CostNotes {
    private CostNotes() {}

    /** Where a published total and its parts disagree, that they do and what is made of it. */
    public static List<String> of(Costs costs) {
        var shared = costs.shared();
        return costs.disputed().stream()
                .map(published -> shared.contains(published) ? holds(published) : replaced(published))
                .toList();
    }

    private static String holds(PublishedTotal published) {
        return String.format(
                Locale.ROOT,
                "The published total (%s) and the sum of the published parts (%s) do not agree. While nothing else is known the"
                        + " total holds: parts count by the share that it leaves (low end %.0f%%, high end %.0f%%). Once a part is"
                        + " measured or your own price, all parts count in full.",
                published.total(),
                published.parts(),
                100 * published.total().low() / published.parts().low(),
                100 * published.total().high() / published.parts().high());
    }

    private static String replaced(PublishedTotal published) {
        return String.format(
                Locale.ROOT,
                "The published total (%s, its parts sum up to %s) no longer speaks for this: a part is measured or your own"
                        + " price, so all parts count in full.",
                published.total(),
                published.parts());
    }

    /** A break-even point in a sentence. */
    public static String of(BreakEven point) {
        return String.format(
                Locale.ROOT,
                "From about %,d queries a month on %s is cheaper than %s by the middle of the ranges; %s.",
                rounded(point.queries()),
                point.above().label(),
                point.below().label(),
                point.surely().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "from about %,d on even at its highest",
                                rounded(point.surely().getAsLong()))
                        : "the ranges overlap up to ten million, so it is not sure");
    }

    /** Three digits: ranges as wide as these bear no more. */
    static long rounded(long number) {
        return new BigDecimal(number).round(new MathContext(3)).longValue();
    }
}
