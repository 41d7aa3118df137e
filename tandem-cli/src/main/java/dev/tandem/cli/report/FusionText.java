package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.retrieval.FusionComparison;
import java.util.Formatter;
import java.util.Locale;
import java.util.Map;

/** How the fusions compare. */
public final class FusionText {
    private FusionText() {}

    /** For people. */
    public static String of(FusionComparison comparison, Terminal terminal) {
        try (var text = new Formatter(Locale.ROOT)) {
            text.format(
                    "%-10s %8s %10s   gain in nDCG@10, %d questions%n",
                    "fusion", "nDCG@10", "recall@10", comparison.questions());
            for (var row : comparison.rows()) {
                boolean present = row.fusion() == comparison.present();
                var line = String.format(
                        Locale.ROOT,
                        "%-10s %8.4f %10.4f   %s",
                        row.fusion().key(),
                        row.ndcg(),
                        row.recall(),
                        present
                                ? "(the present one)"
                                : String.format(
                                        Locale.ROOT,
                                        "%+.4f to %+.4f",
                                        row.gain().low(),
                                        row.gain().high()));
                text.format("%s%n", row.fusion() == comparison.chosen() ? terminal.accent(line) : line);
            }
            return text.format("%n%s", verdict(comparison)).toString();
        }
    }

    private static String verdict(FusionComparison comparison) {
        if (comparison.decided()) {
            return "Better than " + comparison.present().key() + " on these questions: "
                    + comparison.chosen().key() + ".";
        }
        var best = comparison.rows().getFirst().fusion();
        return best == comparison.present()
                ? "The present fusion, " + best.key() + ", is the best: nothing to change."
                : "These questions do not tell " + best.key() + " apart from "
                        + comparison.present().key() + ", the present one: keep it, or ask more questions.";
    }

    /** For programs. */
    public static Map<String, Object> json(FusionComparison comparison, boolean written) {
        return Json.object(
                "questions", comparison.questions(),
                "present", comparison.present().key(),
                "chosen", comparison.chosen().key(),
                "written", written,
                "fusions",
                        comparison.rows().stream()
                                .map(row -> Json.object(
                                        "fusion", row.fusion().key(),
                                        "ndcg@10", row.ndcg(),
                                        "recall@10", row.recall(),
                                        "gain_low", row.gain().low(),
                                        "gain_high", row.gain().high(),
                                        "confidence", row.gain().confidence()))
                                .toList());
    }
}
