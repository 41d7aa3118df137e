package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.evaluation.judge.run.PreferenceSummary;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Which answers a judge preferred in all. */
public final class PreferenceText {
    private PreferenceText() {}

    /** For people. */
    public static String of(PreferenceSummary summary, Path out, ModelUse use) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "answer 1 preferred  %d%nanswer 2 preferred  %d%nties                %d%n",
                summary.first(),
                summary.second(),
                summary.ties()));
        text.append(String.format(
                Locale.ROOT,
                "  of which the judge preferred the same place in both orders: %d (the first place %d times)%n",
                summary.changed(),
                summary.changedToFirst()));
        summary.agreement().ifPresent(agreement -> text.append(AgreementText.of(agreement)));
        text.append(use.text()).append(System.lineSeparator());
        text.append("Compared ").append(summary.compared()).append(" pairs");
        if (summary.before() > 0) {
            text.append(", ").append(summary.before()).append(" were compared before");
        }
        if (summary.failed() > 0) {
            text.append(", ").append(summary.failed()).append(" could not be compared");
        }
        return text.append(". The preferences are in ").append(out).append('.').toString();
    }

    /** For programs. */
    public static Map<String, Object> json(PreferenceSummary summary, String judge, Path out, ModelUse use) {
        return Json.object(
                "judge", judge,
                "out", out,
                "compared", summary.compared(),
                "compared_before", summary.before(),
                "failed", summary.failed(),
                "answer_1", summary.first(),
                "answer_2", summary.second(),
                "ties", summary.ties(),
                "changed_with_order", summary.changed(),
                "changed_to_first", summary.changedToFirst(),
                "agreement", summary.agreement().map(AgreementText::json),
                "model", use.json());
    }
}
