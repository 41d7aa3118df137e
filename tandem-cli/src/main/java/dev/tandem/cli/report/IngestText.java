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
                "seconds", Json.rounded(report.elapsed().toNanos() / 1e9));
    }

    private static String documents(int count) {
        return count == 1 ? "1 document" : count + " documents";
    }

    private static String seconds(IngestReport report) {
        return String.format(Locale.ROOT, "%.1f s", report.elapsed().toMillis() / 1e3);
    }
}
