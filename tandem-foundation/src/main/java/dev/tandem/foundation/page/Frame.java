package dev.tandem.foundation.page;

import java.util.Locale;

/**
 * What a chart is drawn in: two axes with their ticks, grid lines and names, and where values stand between them.
 *
 * @param along the axis to the right
 * @param up the axis upwards
 */
record Frame(int width, int height, Axis along, Axis up) {
    private static final int LEFT = 56;
    private static final int RIGHT = 28;
    private static final int BOTTOM = 36;

    /** Room above, for the name of the axis upwards. */
    static final int TOP = 24;

    /** Where a value stands to the right, in the drawing's units. */
    double x(double value) {
        return LEFT + (width - LEFT - RIGHT) * along.at(value);
    }

    /** Where a value stands downwards. */
    double y(double value) {
        return height - BOTTOM - (height - TOP - BOTTOM) * up.at(value);
    }

    /** The axes as SVG. */
    String axes(String nameUp, String nameAlong) {
        var svg = new StringBuilder();
        for (double tick : up.ticks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%d %.1fH%d\" stroke=\"currentColor\" opacity=\".15\"/><text x=\"%d\" y=\"%.1f\""
                            + " text-anchor=\"end\">%s</text>",
                    LEFT,
                    y(tick),
                    width - RIGHT,
                    LEFT - 6,
                    y(tick) + 4,
                    up.label(tick)));
        }
        for (double tick : along.ticks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%.1f %dv4\" stroke=\"currentColor\" opacity=\".6\"/><text x=\"%.1f\" y=\"%d\""
                            + " text-anchor=\"middle\">%s</text>",
                    x(tick),
                    height - BOTTOM,
                    x(tick),
                    height - BOTTOM + 17,
                    along.label(tick)));
        }
        return svg.append(String.format(
                        Locale.ROOT,
                        "<path d=\"M%d %dH%d\" stroke=\"currentColor\" opacity=\".6\"/><text x=\"0\" y=\"12\">%s</text>"
                                + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                        LEFT,
                        height - BOTTOM,
                        width - RIGHT,
                        Page.escaped(nameUp),
                        width - RIGHT,
                        height - 4,
                        Page.escaped(nameAlong)))
                .toString();
    }
}
