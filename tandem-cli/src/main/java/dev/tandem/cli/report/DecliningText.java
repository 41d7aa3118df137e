package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.declining.DecliningCurve;
import java.util.Formatter;
import java.util.Locale;
import java.util.Map;

/** The curve of declining. */
public final class DecliningText {
    private static final double PERCENT = 100;

    /** Every so manieth point is shown to people. */
    private static final int SHOWN = 5;

    private DecliningText() {}

    /** For people. */
    public static String of(DecliningCurve curve, Terminal terminal) {
        try (var text = new Formatter(Locale.ROOT)) {
            text.format("%10s %20s %22s%n", "strictness", "answerable answered", "unanswerable declined");
            var points = curve.points();
            for (int i = 0; i < points.size(); i += SHOWN) {
                text.format("%s%n", line(points.get(i)));
            }
            text.format("%n%s   now%n%s%n%n", line(curve.now()), terminal.accent(line(curve.best()) + "   best"));
            text.format(
                    "Chosen without the question that it is judged by, the mean of both is %.1f%%; now %.1f%%.%n%s",
                    PERCENT * curve.expected(),
                    PERCENT * curve.now().balanced(),
                    curve.decided()
                            ? String.format(
                                    Locale.ROOT,
                                    "Better: a strictness of %.2f.",
                                    curve.best().strictness())
                            : "These questions show no better strictness than the present one: keep it.");
            return text.toString();
        }
    }

    private static String line(DecliningCurve.Point point) {
        return String.format(
                Locale.ROOT,
                "%10.2f %19.1f%% %21.1f%%",
                point.strictness(),
                PERCENT * point.answered(),
                PERCENT * point.declined());
    }

    /** For programs. */
    public static Map<String, Object> json(DecliningCurve curve, boolean written) {
        return Json.object(
                "questions", curve.questions().size(),
                "present", json(curve.now()),
                "best", json(curve.best()),
                "expected", Json.rounded(curve.expected()),
                "decided", curve.decided(),
                "written", written,
                "curve", curve.points().stream().map(DecliningText::json).toList());
    }

    private static Map<String, Object> json(DecliningCurve.Point point) {
        return Json.object(
                "strictness", point.strictness(),
                "answered", Json.rounded(point.answered()),
                "declined", Json.rounded(point.declined()));
    }
}
