package dev.tandem.evaluation.declining;

import dev.tandem.foundation.page.LineChart;
import dev.tandem.foundation.page.LineChart.Curve;
import dev.tandem.foundation.page.LineChart.Point;
import dev.tandem.foundation.page.Page;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The curve as a page to look at, with nothing outside of it. */
public record DecliningPage(DecliningCurve curve, String testSet) {
    private static final double PERCENT = 100;

    /** The whole page. */
    public String html() {
        var best = curve.best();
        var now = curve.now();
        return Page.of("When to decline", """
                <p>%s: %d questions. A question is declined if its best sentence supports it less than the threshold;
                <code>answer.strictness</code> raises the threshold.</p>
                %s
                <p>Best on these questions is a strictness of %.2f: %.1f%% of the answerable questions are answered and %.1f%% of the
                unanswerable ones declined (now, at %.2f: %.1f%% and %.1f%%). Chosen in this way without the question that it is judged by
                (leave-one-out), the mean of the two is %.1f%%, now %.1f%%.</p>
                %s
                """.formatted(
                        Page.escaped(testSet),
                        curve.questions().size(),
                        chart(best).wide(),
                        best.strictness(),
                        PERCENT * best.answered(),
                        PERCENT * best.declined(),
                        now.strictness(),
                        PERCENT * now.answered(),
                        PERCENT * now.declined(),
                        PERCENT * curve.expected(),
                        PERCENT * now.balanced(),
                        table()));
    }

    private LineChart chart(DecliningCurve.Point best) {
        return new LineChart(
                "What strictness does",
                "%",
                true,
                List.of(
                        new Curve(
                                "answerable questions answered",
                                "training",
                                false,
                                points(DecliningCurve.Point::answered)),
                        new Curve(
                                "unanswerable questions declined",
                                "held-out",
                                false,
                                points(DecliningCurve.Point::declined))),
                Optional.empty(),
                Optional.of(new LineChart.Mark(
                        new Point(best.strictness(), PERCENT * best.declined()),
                        String.format(Locale.ROOT, "best: %.2f", best.strictness()),
                        "held-out")),
                new LineChart.Across("strictness", false));
    }

    private List<Point> points(ToDoubleFunction<DecliningCurve.Point> share) {
        return curve.points().stream()
                .map(point -> new Point(point.strictness(), PERCENT * share.applyAsDouble(point)))
                .toList();
    }

    private String table() {
        return Page.table(
                "The curve",
                List.of("strictness", "answerable answered", "unanswerable declined"),
                curve.points().stream()
                        .map(point -> List.of(
                                String.format(Locale.ROOT, "%.2f", point.strictness()),
                                String.format(Locale.ROOT, "%.1f%%", PERCENT * point.answered()),
                                String.format(Locale.ROOT, "%.1f%%", PERCENT * point.declined())))
                        .toList());
    }
}
