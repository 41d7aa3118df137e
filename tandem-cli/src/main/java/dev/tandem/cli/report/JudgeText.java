package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.evaluation.judge.run.Summary;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a judge found in all. */
public final class JudgeText {
    private JudgeText() {}

    /** For people. */
    public static String of(Summary summary, Path out, Optional<ModelUse> use) {
        var text = new StringBuilder();
        row(text, "faithfulness", summary.faithfulness());
        summary.under()
                .ifPresent(share -> text.append(String.format(
                        Locale.ROOT,
                        "  under %.2f, so unsupported: %.1f%% of the answers%n",
                        summary.threshold(),
                        100 * share)));
        row(text, "answer relevancy", summary.answerRelevancy());
        row(text, "context relevancy", summary.contextRelevancy());
        row(text, "context precision", summary.contextPrecision());
        row(text, "context recall", summary.contextRecall());
        summary.agreement().ifPresent(agreement -> text.append(AgreementText.of(agreement)));
        use.ifPresent(model -> text.append(model.text()).append(System.lineSeparator()));
        text.append("Judged ").append(summary.judged()).append(" records");
        if (summary.before() > 0) {
            text.append(", ").append(summary.before()).append(" were judged before");
        }
        if (summary.failed() > 0) {
            text.append(", ").append(summary.failed()).append(" could not be judged");
        }
        if (summary.partly() > 0) {
            text.append(", ").append(summary.partly()).append(" not in all scores");
        }
        return text.append(". The scores are in ").append(out).append('.').toString();
    }

    private static void row(StringBuilder text, String name, OptionalDouble mean) {
        mean.ifPresent(score -> text.append(String.format(Locale.ROOT, "%-18s %.3f%n", name, score)));
    }

    /** For programs. */
    public static Map<String, Object> json(Summary summary, String judge, Path out, Optional<ModelUse> use) {
        var json = Json.object(
                "judge", judge,
                "out", out,
                "judged", summary.judged(),
                "judged_before", summary.before(),
                "failed", summary.failed(),
                "threshold", Json.rounded(summary.threshold()),
                "faithfulness", number(summary.faithfulness()),
                "share_under_threshold", number(summary.under()),
                "answer_relevancy", number(summary.answerRelevancy()),
                "context_relevancy", number(summary.contextRelevancy()));
        use.ifPresent(model -> {
            json.put("context_precision", number(summary.contextPrecision()));
            json.put("context_recall", number(summary.contextRecall()));
            json.put("partly", summary.partly());
            json.put("model", model.json());
        });
        summary.agreement().ifPresent(agreement -> json.put("agreement", AgreementText.json(agreement)));
        return json;
    }

    private static Optional<Object> number(OptionalDouble score) {
        return score.isPresent() ? Optional.of(Json.rounded(score.getAsDouble())) : Optional.empty();
    }
}
