package dev.tandem.tuning.example.gate;

import dev.tandem.foundation.page.BarChart;
import dev.tandem.foundation.page.Page;
import java.util.stream.Collectors;

/** A report as one HTML page without anything outside of it: charts first, then findings to open. */
public final class GatePage {
    private GatePage() {}

    /** The page. */
    public static String of(GateReport report) {
        return Page.of(report.file(), parts(report, 2));
    }

    /**
     * What the page shows of a report, to be part of another page.
     *
     * @param level of its headings, 2 under a page's title
     */
    public static String parts(GateReport report, int level) {
        return """
                %1$s
                <div class="tiles">%2$s</div>
                <h%6$d>What was found</h%6$d>
                %3$s
                <h%6$d>What the data look like</h%6$d>
                <div class="charts">%4$s</div>
                <h%6$d>One by one</h%6$d>
                %5$s
                """.formatted(
                        verdict(report),
                        tiles(report),
                        kinds(report),
                        charts(report),
                        report.findings().stream().map(GatePage::finding).collect(Collectors.joining("\n")),
                        level);
    }

    private static String verdict(GateReport report) {
        return report.leaks()
                ? "<p class=\"bad error\">Test examples are given away: what is measured on them says nothing.</p>"
                : "";
    }

    private static String tiles(GateReport report) {
        long whole = report.examples() - Math.min(report.examples(), report.concerned());
        return tile("examples", report.examples(), "")
                + tile("without a finding", whole, "")
                + tile("errors", count(report, Severity.ERROR), "error")
                + tile("warnings", count(report, Severity.WARNING), "warning");
    }

    private static long count(GateReport report, Severity severity) {
        return report.findings().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private static String tile(String name, long number, String style) {
        return Page.tile(name, Page.number(number), style);
    }

    /** Findings as bars of how many examples they concern. */
    private static String kinds(GateReport report) {
        if (report.findings().isEmpty()) {
            return "<p>Nothing.</p>";
        }
        var rows = report.findings().stream()
                .map(finding -> new BarChart.Row(
                        finding.kind().title(),
                        finding.lines().size(),
                        finding.severity().toString()))
                .toList();
        return BarChart.svg("What was found", rows);
    }

    private static String charts(GateReport report) {
        var charts = new StringBuilder(BarChart.titled("Words of an example, up to", BarChart.rows(report.lengths())));
        if (!report.languages().isEmpty()) {
            charts.append(BarChart.titled("Languages of the answers", BarChart.rows(report.languages())));
        }
        if (!report.answers().isEmpty()) {
            charts.append(BarChart.titled("Most frequent answers", BarChart.rows(report.answers())));
        }
        if (!report.personal().isEmpty()) {
            charts.append(BarChart.titled("Personal data", BarChart.rows(report.personal())));
        }
        return charts.toString();
    }

    private static String finding(Finding finding) {
        var mending = finding.kind().mending();
        return """
                <details><summary><b class="%s">%s</b> %s<span class="mends">%s</span></summary>
                <p>%s.</p><table class="places">%s</table></details>""".formatted(
                finding.severity(),
                finding.kind(),
                Page.escaped(finding.summary()),
                mending == FindingKind.Mending.NONE ? "" : "--fix: " + mending,
                Page.escaped(finding.kind().advice()),
                finding.places().stream()
                        .map(place -> "<tr><td>%d</td><td>%s</td><td>%s</td></tr>"
                                .formatted(place.line(), Page.escaped(place.detail()), Page.escaped(place.excerpt())))
                        .collect(Collectors.joining()));
    }
}
