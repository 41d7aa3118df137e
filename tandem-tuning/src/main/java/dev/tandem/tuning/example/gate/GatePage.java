package dev.tandem.tuning.example.gate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A report as one HTML page without anything outside of it: charts first, then findings to open. */
public final class GatePage {
    private static final String STYLE = """
            :root { color-scheme: light dark; --error: #c62828; --warning: #b26a00; --note: #3b6ea5; --line: #8884; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
            .tiles { display: flex; gap: 1rem; flex-wrap: wrap; }
            .tile { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem; min-width: 8rem; }
            .tile b { display: block; font-size: 1.5rem; }
            .error { color: var(--error); } .warning { color: var(--warning); } .note { color: var(--note); }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1.5rem; }
            svg { width: 100%; max-width: 34rem; height: auto; } svg text { font-size: 11px; fill: currentColor; }
            details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; padding: .5rem 1rem; }
            summary { cursor: pointer; } summary .mends { float: right; opacity: .7; }
            summary::after { content: ""; display: block; clear: both; }
            table { border-collapse: collapse; width: 100%; table-layout: fixed; } td { vertical-align: top; padding: .2rem .5rem .2rem 0;
              border-top: 1px solid var(--line); overflow-wrap: anywhere; } td:first-child { width: 4rem; opacity: .7; }
            td:nth-child(2) { width: 16rem; } .bad { margin: 1rem 0; font-weight: 600; }
            """;
    private static final int BAR = 20;

    /** Characters that fit beside a bar. */
    private static final int LABEL = 30;

    private GatePage() {}

    /** The page. */
    public static String of(GateReport report) {
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%s</title><style>%s</style></head><body>
                <h1>%s</h1>
                %s
                <div class="tiles">%s</div>
                <h2>What was found</h2>
                %s
                <h2>What the data look like</h2>
                <div class="charts">%s</div>
                <h2>One by one</h2>
                %s
                </body></html>
                """.formatted(
                        escaped(report.file()),
                        STYLE,
                        escaped(report.file()),
                        verdict(report),
                        tiles(report),
                        kinds(report),
                        charts(report),
                        report.findings().stream().map(GatePage::finding).collect(Collectors.joining("\n")));
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
        return "<div class=\"tile\"><b class=\"%s\">%s</b>%s</div>".formatted(style, number(number), name);
    }

    /** Findings as bars of how many examples they concern. */
    private static String kinds(GateReport report) {
        if (report.findings().isEmpty()) {
            return "<p>Nothing.</p>";
        }
        var rows = report.findings().stream()
                .map(finding -> new Row(
                        finding.kind().title(),
                        finding.lines().size(),
                        finding.severity().toString()))
                .toList();
        return bars("What was found", rows);
    }

    private static String charts(GateReport report) {
        var charts = new StringBuilder(chart("Words of an example, up to", rows(report.lengths())));
        if (!report.languages().isEmpty()) {
            charts.append(chart("Languages of the answers", rows(report.languages())));
        }
        if (!report.answers().isEmpty()) {
            charts.append(chart("Most frequent answers", rows(report.answers())));
        }
        if (!report.personal().isEmpty()) {
            charts.append(chart("Personal data", rows(report.personal())));
        }
        return charts.toString();
    }

    private record Row(String name, int count, String style) {}

    private static List<Row> rows(Map<?, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> new Row(entry.getKey().toString(), entry.getValue(), "note"))
                .toList();
    }

    private static String chart(String title, List<Row> rows) {
        return "<div><b>%s</b>%s</div>".formatted(title, bars(title, rows));
    }

    private static String bars(String title, List<Row> rows) {
        int most = rows.stream().mapToInt(Row::count).max().orElse(1);
        var bars = new StringBuilder();
        int y = 0;
        for (var row : rows) {
            bars.append(String.format(
                    Locale.ROOT,
                    "<text x=\"190\" y=\"%d\" text-anchor=\"end\">%s</text><rect class=\"%s\" x=\"196\" y=\"%d\" width=\"%.1f\""
                            + " height=\"14\" rx=\"2\" fill=\"currentColor\" opacity=\".75\"/><text x=\"%.1f\" y=\"%d\">%s</text>",
                    y + 14,
                    escaped(row.name().length() > LABEL ? row.name().substring(0, LABEL - 1) + "…" : row.name()),
                    row.style(),
                    y + 3,
                    Math.max(1, 180.0 * row.count() / Math.max(1, most)),
                    200 + Math.max(1, 180.0 * row.count() / Math.max(1, most)),
                    y + 14,
                    number(row.count())));
            y += BAR;
        }
        return "<svg viewBox=\"0 0 440 %d\" role=\"img\" aria-label=\"%s\">%s</svg>"
                .formatted(Math.max(BAR, y), escaped(title), bars);
    }

    private static String finding(Finding finding) {
        var mending = finding.kind().mending();
        return """
                <details><summary><b class="%s">%s</b> %s<span class="mends">%s</span></summary>
                <p>%s.</p><table>%s</table></details>""".formatted(
                        finding.severity(),
                        finding.kind(),
                        escaped(finding.summary()),
                        mending == FindingKind.Mending.NONE ? "" : "--fix: " + mending,
                        escaped(finding.kind().advice()),
                        finding.places().stream()
                                .map(place -> "<tr><td>%d</td><td>%s</td><td>%s</td></tr>"
                                        .formatted(place.line(), escaped(place.detail()), escaped(place.excerpt())))
                                .collect(Collectors.joining()));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Texts of a data file cannot become part of the page. */
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(Character.isISOControl(point) ? 0xFFFD : point);
            }
        });
        return escaped.toString();
    }
}
