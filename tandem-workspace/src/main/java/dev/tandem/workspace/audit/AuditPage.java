package dev.tandem.workspace.audit;

import dev.tandem.foundation.page.BarChart;
import dev.tandem.foundation.page.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as one HTML page: sums and charts first, then what needs a look, file by file. */
public final class AuditPage {
    /** Rows of a list that a person still reads. */
    private static final int MOST = 200;

    private AuditPage() {}

    public static String of(AuditReport report) {
        return Page.of("Data audit: " + report.folder(), """
                <div class="tiles">%s</div>
                <h2>What is there</h2>
                <div class="charts">%s</div>
                %s
                <h2>What needs a look</h2>
                %s
                """.formatted(
                        tiles(report), charts(report), costs(report), findings(report)));
    }

    private static String tiles(AuditReport report) {
        int copies =
                report.duplicates().stream().mapToInt(group -> group.size() - 1).sum();
        return Page.tile("documents", Page.number(report.read().size()), "")
                + Page.tile("size", size(report.sum(AuditedFile::bytes)), "")
                + Page.tile("words", Page.number(report.sum(AuditedFile::words)), "")
                + Page.tile("passages", Page.number(report.sum(AuditedFile::passages)), "")
                + Page.tile(
                        "unreadable",
                        Page.number(report.unreadable().size()),
                        report.unreadable().isEmpty() ? "" : "warning")
                + Page.tile("equal copies", Page.number(copies), copies == 0 ? "" : "warning")
                + Page.tile(
                        "with personal data",
                        Page.number(report.withPersonalData().size()),
                        report.withPersonalData().isEmpty() ? "" : "warning");
    }

    private static String charts(AuditReport report) {
        var charts = new StringBuilder()
                .append(BarChart.titled("Documents by format", rows(report.formats())))
                .append(BarChart.titled("Last change", rows(report.ages())))
                .append(BarChart.titled("Languages", rows(report.languages())));
        if (!report.personal().isEmpty()) {
            charts.append(BarChart.titled("Personal data", BarChart.rows(report.personal())));
        }
        if (!report.otherFormats().isEmpty()) {
            charts.append(BarChart.titled("Files of formats that are not read", rows(report.otherFormats())));
        }
        return charts.toString();
    }

    private static List<BarChart.Row> rows(List<AuditReport.Share> shares) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        shares.stream().limit(15).forEach(share -> counts.put(share.name(), Math.toIntExact(share.files())));
        return BarChart.rows(counts);
    }

    private static String costs(AuditReport report) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of(
                "in this process", "0", String.format(Locale.ROOT, "%.0f s on two cores", report.embeddingSeconds())));
        report.embeddingCosts()
                .forEach((model, cost) -> rows.add(List.of(model, String.format(Locale.ROOT, "%.4f", cost), "")));
        var lines = report.contextLineTokens();
        rows.add(List.of(
                "a context line a passage by a language model (passages.context: model)",
                String.format(
                        Locale.ROOT,
                        "%.2f to %.2f",
                        lines.dollars().low(),
                        lines.dollars().high()),
                Page.number(lines.read()) + " tokens read, " + Page.number(lines.written()) + " written"));
        return Page.table(
                "Embedding everything once (" + Page.number(report.sum(AuditedFile::tokens)) + " tokens)",
                List.of("model", "US dollars", "time"),
                rows);
    }

    private static String findings(AuditReport report) {
        return section(
                        "Unreadable files",
                        report.unreadable().stream()
                                .map(file -> row(file.path(), file.problem().orElse("")))
                                .toList())
                + section(
                        "Equal files",
                        report.duplicates().stream()
                                .map(group -> row(group.getFirst(), String.join(", ", group.subList(1, group.size()))))
                                .toList())
                + section(
                        "Nearly equal documents",
                        report.nearDuplicates().stream()
                                .map(group -> row(group.getFirst(), String.join(", ", group.subList(1, group.size()))))
                                .toList())
                + section(
                        "Personal data",
                        report.withPersonalData().stream()
                                .map(file -> row(file.path(), personal(file)))
                                .toList());
    }

    private static String personal(AuditedFile file) {
        return file.personal().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String section(String title, List<String> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        var more = rows.size() > MOST ? "<p>And " + Page.number(rows.size() - MOST) + " more: --json has all.</p>" : "";
        return "<details><summary><b>%s</b> (%s)</summary><table class=\"places facts\">%s</table>%s</details>"
                .formatted(
                        Page.escaped(title),
                        Page.number(rows.size()),
                        rows.stream().limit(MOST).collect(Collectors.joining()),
                        more);
    }

    private static String row(String name, String text) {
        return "<tr><td>" + Page.escaped(name) + "</td><td>" + Page.escaped(text) + "</td></tr>";
    }

    /** Bytes, for people. */
    public static String size(long bytes) {
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.0f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }
}
