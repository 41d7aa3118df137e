package dev.tandem.foundation.page;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts as bars, one below the other. */
public final class BarChart {
    private static final int BAR = 20;

    /** Characters that fit beside a bar. */
    private static final int LABEL = 30;

    private BarChart() {}

    /**
     * One bar.
     *
     * @param style one of the page's colours
     */
    public record Row(String name, int count, String style) {}

    /** Rows of a map's counts, in its order. */
    public static List<Row> rows(Map<?, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> new Row(entry.getKey().toString(), entry.getValue(), "note"))
                .toList();
    }

    /** With its title above. */
    public static String titled(String title, List<Row> rows) {
        return "<div><b>%s</b>%s</div>".formatted(Page.escaped(title), svg(title, rows));
    }

    /** The bars alone; the title is for who cannot see. */
    public static String svg(String title, List<Row> rows) {
        int most = rows.stream().mapToInt(Row::count).max().orElse(1);
        var bars = new StringBuilder();
        int y = 0;
        for (var row : rows) {
            double length = Math.max(1, 180.0 * row.count() / Math.max(1, most));
            bars.append(String.format(
                    Locale.ROOT,
                    "<text x=\"190\" y=\"%d\" text-anchor=\"end\">%s</text><rect class=\"%s\" x=\"196\" y=\"%d\" width=\"%.1f\""
                            + " height=\"14\" rx=\"2\" fill=\"currentColor\" opacity=\".75\"/><text x=\"%.1f\" y=\"%d\">%s</text>",
                    y + 14,
                    Page.escaped(row.name().length() > LABEL ? row.name().substring(0, LABEL - 1) + "…" : row.name()),
                    row.style(),
                    y + 3,
                    length,
                    200 + length,
                    y + 14,
                    Page.number(row.count())));
            y += BAR;
        }
        return "<svg viewBox=\"0 0 440 %d\" role=\"img\" aria-label=\"%s\">%s</svg>"
                .formatted(Math.max(BAR, y), Page.escaped(title), bars);
    }
}
