package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.workspace.audit.AuditPage;
import dev.tandem.workspace.audit.AuditReport;
import dev.tandem.workspace.audit.AuditReport.Share;
import dev.tandem.workspace.audit.AuditedFile;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is in a folder, for people and for programs. */
public final class AuditText {
    /** Files that are named before the rest is counted. */
    private static final int NAMED = 10;

    private AuditText() {}

    public static String of(AuditReport report, Terminal terminal) {
        var text = new Formatter(Locale.ROOT);
        text.format(
                "%,d documents in %s: %s, %,d words%n",
                report.read().size(),
                Terminal.printable(report.folder().toString()),
                AuditPage.size(report.sum(AuditedFile::bytes)),
                report.sum(AuditedFile::words));
        text.format(
                "%,d passages, %,d tokens: %.0f s to embed here on two cores; %s%n",
                report.sum(AuditedFile::passages),
                report.sum(AuditedFile::tokens),
                report.embeddingSeconds(),
                report.embeddingCosts().entrySet().stream()
                        .map(cost -> String.format(Locale.ROOT, "%s $%.4f", cost.getKey(), cost.getValue()))
                        .collect(Collectors.joining(", ")));
        var lines = report.contextLineTokens();
        text.format(
                "context lines (passages.context: model): %,d tokens read, %,d written, $%.2f to $%.2f%n",
                lines.read(),
                lines.written(),
                lines.dollars().low(),
                lines.dollars().high());
        table(text, terminal, "Formats", report.formats());
        table(text, terminal, "Languages", report.languages());
        table(text, terminal, "Last change", report.ages());
        table(text, terminal, "Of formats that are not read", report.otherFormats());
        if (report.hidden() > 0) {
            text.format("%n%,d hidden files, links and folders of tools were left out.%n", report.hidden());
        }
        named(
                text,
                terminal,
                "Cannot be read",
                report.unreadable().stream()
                        .map(file -> file.path() + " " + file.problem().orElse(""))
                        .toList());
        named(text, terminal, "The same, byte for byte", groups(report.duplicates()));
        named(text, terminal, "Nearly the same", groups(report.nearDuplicates()));
        named(
                text,
                terminal,
                "Personal data" + (report.personal().isEmpty() ? "" : " (" + kinds(report.personal()) + ")"),
                report.withPersonalData().stream()
                        .map(file -> file.path() + ": " + kinds(file.personal()))
                        .toList());
        return text.toString().stripTrailing();
    }

    private static List<String> groups(List<List<String>> groups) {
        return groups.stream().map(group -> String.join(" = ", group)).toList();
    }

    private static String kinds(Map<String, Integer> kinds) {
        return kinds.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    private static void table(Formatter text, Terminal terminal, String title, List<Share> shares) {
        if (shares.isEmpty()) {
            return;
        }
        text.format("%n%s%n", terminal.bold(title));
        for (var share : shares) {
            text.format(
                    "  %-14s %,8d  %10s%n",
                    Terminal.printable(share.name()), share.files(), AuditPage.size(share.bytes()));
        }
    }

    private static void named(Formatter text, Terminal terminal, String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        text.format("%n%s: %,d%n", terminal.bold(title), lines.size());
        lines.stream().limit(NAMED).forEach(each -> text.format("  %s%n", Terminal.printable(each)));
        if (lines.size() > NAMED) {
            text.format("  and %,d more; --json and --report have all%n", lines.size() - NAMED);
        }
    }

    public static Map<String, Object> json(AuditReport report) {
        return Json.object(
                "folder", report.folder(),
                "documents", report.read().size(),
                "bytes", report.sum(AuditedFile::bytes),
                "words", report.sum(AuditedFile::words),
                "passages", report.sum(AuditedFile::passages),
                "tokens", report.sum(AuditedFile::tokens),
                "embedding_seconds", Json.rounded(report.embeddingSeconds()),
                "embedding_dollars", report.embeddingCosts(),
                "context_line_tokens",
                        Json.object(
                                "read", report.contextLineTokens().read(),
                                "written", report.contextLineTokens().written()),
                "formats", shares(report.formats()),
                "languages", shares(report.languages()),
                "ages", shares(report.ages()),
                "other_formats", shares(report.otherFormats()),
                "left_out", report.hidden(),
                "unreadable",
                        report.unreadable().stream()
                                .map(file -> Json.object(
                                        "path",
                                        file.path(),
                                        "reason",
                                        file.problem().orElse("")))
                                .toList(),
                "duplicates", report.duplicates(),
                "near_duplicates", report.nearDuplicates(),
                "personal_data", report.personal(),
                "files", report.files().stream().map(AuditText::json).toList());
    }

    private static Map<String, Object> json(AuditedFile file) {
        return Json.object(
                "path", file.path(),
                "format", file.format(),
                "bytes", file.bytes(),
                "modified",
                        java.time.Instant.ofEpochMilli(file.modifiedMillis()).toString(),
                "problem", file.problem(),
                "language", file.language(),
                "words", Math.max(0, file.words()),
                "passages", file.passages(),
                "tokens", file.tokens(),
                "personal_data", file.personal());
    }

    private static List<Map<String, Object>> shares(List<Share> shares) {
        return shares.stream()
                .map(share -> Json.object("name", share.name(), "files", share.files(), "bytes", share.bytes()))
                .toList();
    }
}
