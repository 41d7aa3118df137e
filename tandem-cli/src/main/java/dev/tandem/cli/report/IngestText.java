package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.Wrapping;
import dev.tandem.knowledge.ingest.IngestReport;
import java.util.Locale;
import java.util.Map;

/** What an ingest did. */
public final class IngestText {
    private static final int LONGEST_PATH = 50;
    private static final int LONGEST_SENTENCE = 120;

    private IngestText() {}

    /** For people: a sentence, then the files that were skipped. */
    public static String of(IngestReport report, Terminal terminal) {
        var text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s added, %d updated, %d unchanged, %d deleted in %s.%n",
                documents(report.added()),
                report.updated(),
                report.unchanged(),
                report.deleted(),
                seconds(report)));
        text.append(String.format(
                Locale.ROOT,
                "%d passages in the index (%d embedded now, %d taken over).",
                report.passages(),
                report.passagesEmbedded(),
                report.passagesReused()));
        contextLines(report, terminal, text);
        if (!report.skipped().isEmpty()) {
            text.append(String.format("%n%n"))
                    .append(terminal.warning("Skipped " + report.skipped().size() + ":"));
            int column = Math.min(
                    LONGEST_PATH,
                    report.skipped().stream()
                            .mapToInt(file -> file.path().length())
                            .max()
                            .orElse(0));
            for (var file : report.skipped()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%n  %-" + column + "s  %s",
                        Terminal.printable(file.path()),
                        terminal.dim(Terminal.printable(file.reason()))));
            }
        }
        flagged(report, terminal, text);
        return text.toString();
    }

    private static void contextLines(IngestReport report, Terminal terminal, StringBuilder text) {
        var lines = report.contextLines();
        if (lines.written() + lines.kept() + lines.missing() == 0) {
            return;
        }
        text.append(String.format(
                Locale.ROOT,
                "%n%d context lines written by the language model (%d tokens read, %d written), %d kept from before.",
                lines.written(),
                lines.inputTokens(),
                lines.outputTokens(),
                lines.kept()));
        if (lines.missing() > 0) {
            text.append(String.format("%n"))
                    .append(terminal.warning(
                            lines.missing() + " passages are without a context line; the next ingest asks again:"));
            lines.reasons().forEach(reason -> text.append(String.format("%n  %s", Terminal.printable(reason))));
        }
    }

    private static void flagged(IngestReport report, Terminal terminal, StringBuilder text) {
        if (report.flagged().isEmpty()) {
            return;
        }
        text.append(String.format("%n%n"))
                .append(terminal.warning("Flagged " + documents(report.flagged().size())
                        + " with text that seems to instruct a language model:"));
        for (var file : report.flagged()) {
            text.append(String.format("%n  %s", Terminal.printable(file.path())));
            file.found().forEach(sentence -> text.append(sentence("", sentence, terminal)));
            file.hidden().forEach(sentence -> text.append(sentence("hidden: ", sentence, terminal)));
        }
    }

    private static String sentence(String before, String sentence, Terminal terminal) {
        var shown = Wrapping.shortened(Terminal.printable(sentence).replaceAll("\\s+", " "), LONGEST_SENTENCE);
        return String.format("%n    %s", terminal.dim(before + "“" + shown + "”"));
    }

    /** For programs. */
    public static Map<String, Object> json(IngestReport report) {
        return Json.object(
                "added", report.added(),
                "updated", report.updated(),
                "unchanged", report.unchanged(),
                "deleted", report.deleted(),
                "skipped",
                        report.skipped().stream()
                                .map(file -> Json.object("path", file.path(), "reason", file.reason()))
                                .toList(),
                "flagged",
                        report.flagged().stream()
                                .map(file -> Json.object(
                                        "path", file.path(), "sentences", file.found(), "hidden", file.hidden()))
                                .toList(),
                "passages", report.passages(),
                "passages_embedded", report.passagesEmbedded(),
                "passages_reused", report.passagesReused(),
                "context_lines", contextLines(report),
                "seconds", Json.rounded(report.elapsed().toNanos() / 1e9));
    }

    private static Map<String, Object> contextLines(IngestReport report) {
        var lines = report.contextLines();
        return Json.object(
                "written", lines.written(),
                "kept", lines.kept(),
                "missing", lines.missing(),
                "reasons", lines.reasons(),
                "input_tokens", lines.inputTokens(),
                "output_tokens", lines.outputTokens());
    }

    private static String documents(int count) {
        return count == 1 ? "1 document" : count + " documents";
    }

    private static String seconds(IngestReport report) {
        return String.format(Locale.ROOT, "%.1f s", report.elapsed().toMillis() / 1e3);
    }
}
