package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.score.MetricScore;
import dev.tandem.evaluation.score.ScoreReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How predictions scored. */
public final class ScoreText {
    private static final int MOST_IDS = 5;

    private ScoreText() {}

    /** For people: a table, what each number means, and what is left out of it. */
    public static String of(ScoreReport report, Terminal terminal) {
        var text = new StringBuilder(String.format(Locale.ROOT, "%-12s %9s   95%% of samples%n", "metric", "score"));
        for (var score : report.scores()) {
            text.append(row(score));
        }
        text.append(String.format(
                Locale.ROOT,
                "%nPredictions scored: %,d.",
                report.pairs().pairs().size()));
        for (var remark : remarks(report)) {
            text.append(String.format("%n%s", terminal.warning(Terminal.printable(remark))));
        }
        text.append(String.format("%n%nSignatures:"));
        for (var score : report.scores()) {
            text.append(String.format("%n  %s", terminal.dim(score.signature())));
        }
        return text.toString();
    }

    private static String row(MetricScore score) {
        // As the reference programs print them: percent with two decimals, shares with four.
        int decimals = score.maximum() > 1 ? 2 : 4;
        var number = "%." + decimals + "f";
        var value = score.value().isPresent()
                ? String.format(Locale.ROOT, number, score.value().getAsDouble())
                : "-";
        var interval = score.interval()
                .map(each -> String.format(Locale.ROOT, number + " to " + number, each.low(), each.high()))
                .orElse("");
        return String.format(Locale.ROOT, "%-12s %9s   %s%n", score.metric().label(), value, interval);
    }

    private static List<String> remarks(ScoreReport report) {
        var remarks = new ArrayList<String>();
        unmatched(report.pairs().withoutReference(), "Predictions without references")
                .ifPresent(remarks::add);
        unmatched(report.pairs().withoutPrediction(), "References without a prediction")
                .ifPresent(remarks::add);
        for (var score : report.scores()) {
            if (score.missing() > 0) {
                remarks.add(String.format(
                        Locale.ROOT,
                        "Not to be told by %s, its search took too long or its judge failed (%,d), not counted; --per-example shows which.",
                        score.metric().label(),
                        score.missing()));
            }
        }
        if (report.blankReferences() > 0) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "With blank references only (%,d): nothing but a blank prediction agrees with them.",
                    report.blankReferences()));
        }
        return remarks;
    }

    private static Optional<String> unmatched(List<String> ids, String what) {
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(String.format(Locale.ROOT, "%s (%,d), not counted: ", what, ids.size())
                + ids.stream().limit(MOST_IDS).collect(Collectors.joining(", "))
                + (ids.size() > MOST_IDS ? ", ..." : "."));
    }

    /** For programs. */
    public static Map<String, Object> json(ScoreReport report) {
        return Json.object(
                "predictions", report.pairs().pairs().size(),
                "without_reference", report.pairs().withoutReference(),
                "without_prediction", report.pairs().withoutPrediction(),
                "blank_references", report.blankReferences(),
                "scores",
                        report.scores().stream()
                                .map(score -> Json.object(
                                        "metric", score.metric().label(),
                                        "score",
                                                score.value().isPresent()
                                                        ? score.value().getAsDouble()
                                                        : Optional.empty(),
                                        "maximum", score.maximum(),
                                        "low", score.interval().map(each -> each.low()),
                                        "high", score.interval().map(each -> each.high()),
                                        "missing", score.missing(),
                                        "signature", score.signature()))
                                .toList());
    }
}
