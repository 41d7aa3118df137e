package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.tuning.training.Perplexity;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Perplexities side by side. */
public final class PerplexityText {
    private PerplexityText() {}

    /** For people. */
    public static String of(Perplexity.Report report) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-32s %12s %12s %12s%n%s",
                "",
                "perplexity",
                "loss/token",
                "bits/byte",
                row("base", report.base())));
        report.adapted().forEach((folder, measured) -> text.append(row(folder.toString(), measured)));
        text.append(String.format(
                Locale.ROOT,
                "%d texts, %,d tokens counted (%,d bytes)",
                report.base().examples(),
                report.base().tokens(),
                report.base().bytes()));
        if (report.cut() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "; %d lost their ends, %d left out, for their length (--max-length)",
                    report.cut(),
                    report.dropped()));
        }
        return text.append('.').toString();
    }

    private static String row(String name, Perplexity measured) {
        return String.format(
                Locale.ROOT,
                "%-32s %12.3f %12.4f %12.4f%n",
                name,
                measured.perToken(),
                measured.lossPerToken(),
                measured.bitsPerByte());
    }

    /** For programs. */
    public static Map<String, Object> json(Perplexity.Report report) {
        return Json.object(
                "base",
                numbers(report.base()),
                "adapters",
                report.adapted().entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> entry.getKey().toString(), entry -> numbers(entry.getValue()))),
                "examples",
                report.base().examples(),
                "tokens",
                report.base().tokens(),
                "bytes",
                report.base().bytes(),
                "cut",
                report.cut(),
                "dropped",
                report.dropped());
    }

    private static Map<String, Object> numbers(Perplexity measured) {
        return Json.object(
                "perplexity", measured.perToken(),
                "loss_per_token", measured.lossPerToken(),
                "byte_perplexity", measured.perByte(),
                "bits_per_byte", measured.bitsPerByte());
    }
}
