package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.evaluation.metric.fact.FactErrors;
import dev.tandem.workspace.compare.TextQuality;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How approaches write, for people and for programs. */
final class TextQualityText {
    private static final int NAME = 14;

    private TextQualityText() {}

    /** A table; empty if there is nothing to show. */
    static String table(List<TextQuality> texts) {
        if (texts.isEmpty()) {
            return "";
        }
        int name = Math.max(
                NAME,
                texts.stream().mapToInt(each -> each.approach().length()).max().orElse(0));
        var table = new StringBuilder(
                String.format(Locale.ROOT, "%-" + name + "s  BLEU  ROUGE-L  in the voice  slot errors%n", "texts"));
        for (var each : texts) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-" + name + "s  %.2f  %7.2f  %12s  %s%n",
                    each.approach(),
                    each.bleu(),
                    each.rougeL(),
                    each.voice().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%.0f%%", 100 * each.voice().getAsDouble())
                            : "-",
                    each.facts().map(TextQualityText::facts).orElse("-")));
        }
        return table.toString();
    }

    private static String facts(FactErrors errors) {
        return String.format(
                Locale.ROOT,
                "%.1f%% (%d missing, %d added, of %d)",
                100 * errors.rate(),
                errors.missing().size(),
                errors.added().size(),
                errors.facts());
    }

    /** The same as JSON. */
    static Map<String, Object> json(TextQuality texts) {
        return Json.object(
                "approach",
                texts.approach(),
                "texts",
                texts.texts(),
                "bleu",
                texts.bleu(),
                "rouge_l",
                texts.rougeL(),
                "voice",
                texts.voice().isPresent() ? Optional.of(texts.voice().getAsDouble()) : Optional.empty(),
                "slot_errors",
                texts.facts()
                        .map(errors -> Json.object(
                                "rate",
                                errors.rate(),
                                "facts",
                                errors.facts(),
                                "missing",
                                errors.missing().size(),
                                "added",
                                errors.added().size())));
    }
}
