package dev.tandem.foundation.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * Points of two values, the second with the interval around it; the numbers again as a table.
 *
 * @param title what is shown
 * @param across what lies to the right, from zero
 * @param up what lies upwards, from zero to one at least
 * @param named whether points have their names beside them, as where they are few; else a name shows under the pointer
 */
public record ScatterChart(String title, Scale across, Scale up, boolean named, List<Point> points) {
    private static final int WIDTH = 440;
    private static final int HEIGHT = 300;
    private static final int NAME = 26;

    /** The least distance of two names. */
    private static final int LINE = 14;

    /**
     * A direction.
     *
     * @param number how a value is written in the table
     */
    public record Scale(String name, DoubleFunction<String> number) {}

    /**
     * A point; both values are numbers.
     *
     * @param style one of the page's colours
     * @param span around y
     */
    public record Point(String name, String style, double x, double y, Optional<Span> span) {}

    public ScatterChart {
        points = List.copyOf(points);
    }

    /** With its title above and its table below. */
    public String html() {
        return "<div><b>%s</b>%s%s</div>".formatted(Page.escaped(title), new Drawing().svg(), table());
    }

    private String table() {
        var rows = points.stream()
                .map(point -> List.of(
                        point.name(),
                        across.number().apply(point.x()),
                        up.number().apply(point.y()),
                        point.span()
                                .map(span -> up.number().apply(span.low()) + " to "
                                        + up.number().apply(span.high()))
                                .orElse("-")))
                .toList();
        return "<details class=\"values\"><summary>numbers</summary>"
                + Page.table(title, List.of("point", across.name(), up.name(), "95%"), rows) + "</details>";
    }

    private final class Drawing {
        private final Axis right = Axis.of(
                        0, points.stream().mapToDouble(Point::x).max().orElse(1), 5, 0)
                .rounded();
        private final Axis top = Axis.of(
                        Math.min(
                                0,
                                points.stream()
                                        .mapToDouble(ScatterChart::low)
                                        .min()
                                        .orElse(0)),
                        Math.max(
                                1,
                                points.stream()
                                        .mapToDouble(ScatterChart::high)
                                        .max()
                                        .orElse(1)),
                        5,
                        0)
                .rounded();
        private final Frame frame = new Frame(WIDTH, HEIGHT, right, top);

        String svg() {
            var svg = new StringBuilder(String.format(
                    Locale.ROOT,
                    "<svg viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title><desc>%s</desc>",
                    WIDTH,
                    HEIGHT,
                    Page.escaped(title),
                    Page.escaped(up.name() + " upwards against " + across.name() + " to the right, "
                            + Page.number(points.size()) + " points; their numbers stand in the table below.")));
            svg.append(frame.axes(up.name(), across.name()));
            points.forEach(point -> draw(svg, point));
            if (named) {
                names(svg);
            }
            return svg.append("</svg>").toString();
        }

        private void draw(StringBuilder svg, Point point) {
            svg.append("<g class=\"").append(point.style()).append("\">");
            svg.append("<title>").append(Page.escaped(point.name())).append("</title>");
            point.span()
                    .ifPresent(span -> svg.append(String.format(
                            Locale.ROOT,
                            "<path d=\"M%.1f %.1fh8m-4 0V%.1fm-4 0h8\" stroke=\"currentColor\" stroke-width=\"1.5\""
                                    + " fill=\"none\"/>",
                            frame.x(point.x()) - 4,
                            frame.y(span.low()),
                            frame.y(span.high()))));
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"currentColor\" opacity=\"%s\"/></g>",
                    frame.x(point.x()),
                    frame.y(point.y()),
                    named ? 5 : 4,
                    named ? "1" : ".5"));
        }

        /** From above to below, each at least a line under the one before. */
        private void names(StringBuilder svg) {
            var sorted = new ArrayList<>(points);
            sorted.sort(Comparator.comparingDouble(Point::y).reversed());
            double before = 0;
            for (var point : sorted) {
                boolean left = right.at(point.x()) > 0.55;
                double y = Math.max(frame.y(point.y()) + 4, before + LINE);
                before = y;
                svg.append(String.format(
                        Locale.ROOT,
                        "<text class=\"mark\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                        frame.x(point.x()) + (left ? -9 : 9),
                        y,
                        left ? "end" : "start",
                        Page.escaped(shortened(point.name()))));
            }
        }
    }

    private static double low(Point point) {
        return Math.min(point.y(), point.span().map(Span::low).orElse(point.y()));
    }

    private static double high(Point point) {
        return Math.max(point.y(), point.span().map(Span::high).orElse(point.y()));
    }

    private static String shortened(String name) {
        return name.length() > NAME ? name.substring(0, NAME - 1) + "…" : name;
    }
}
