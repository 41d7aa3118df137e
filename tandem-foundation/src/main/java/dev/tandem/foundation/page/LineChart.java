package dev.tandem.foundation.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Curves over the updates of a run or over something else, with axes, units and a name for who cannot see. Curves of many points are thinned to the
 * least and the highest of each stretch, so that peaks stay and a page stays small.
 *
 * @param title what is shown
 * @param unit of the values
 * @param fromZero whether the axis begins at zero
 * @param curves at least one with a point
 * @param band between two curves, the first below
 * @param mark a point that stands out
 * @param across what the curves run over
 */
public record LineChart(
        String title,
        String unit,
        boolean fromZero,
        List<Curve> curves,
        Optional<Band> band,
        Optional<Mark> mark,
        Across across) {
    /** Stretches of which a thinned curve keeps two points each. */
    private static final int STRETCHES = 300;

    /**
     * What x is.
     *
     * @param label in the plural, as "updates"
     * @param logarithmic whether each power of ten takes the same room; every x is then above 0
     */
    public record Across(String label, boolean logarithmic) {
        public static final Across UPDATES = new Across("updates", false);
    }

    /** A point; x is an update, or what {@link Across} says. */
    public record Point(double x, double y) {}

    /**
     * A curve.
     *
     * @param style one of the page's colours
     * @param faint whether it stands behind the others
     * @param points by ascending x, all numbers
     */
    public record Curve(String name, String style, boolean faint, List<Point> points) {
        public Curve {
            points = List.copyOf(points);
        }
    }

    /** The room between two curves over the same x. */
    public record Band(String name, String style, List<Point> one, List<Point> other) {}

    /** A point and what is said of it. */
    public record Mark(Point point, String label, String style) {}

    public LineChart {
        curves = curves.stream().filter(curve -> !curve.points().isEmpty()).toList();
    }

    /** Curves over updates. */
    public LineChart(
            String title, String unit, boolean fromZero, List<Curve> curves, Optional<Band> band, Optional<Mark> mark) {
        this(title, unit, fromZero, curves, band, mark, Across.UPDATES);
    }

    /** With title and legend: one size on a desk and one on a phone, of which the page shows the one that is readable. */
    public String wide() {
        return "<div><b>%s</b>%s<div class=\"wide\">%s</div><div class=\"narrow\">%s</div></div>"
                .formatted(Page.escaped(title), legend(), svg(900, 340), svg(440, 300));
    }

    /** With its title, in the one size of small charts. */
    public String small() {
        return "<div><b>%s</b>%s</div>".formatted(Page.escaped(title), svg(440, 220));
    }

    private String legend() {
        var entries = curves.stream()
                .map(curve -> entry(curve.name(), curve.style(), curve.faint() ? "faint" : "line"))
                .collect(Collectors.joining());
        return "<p class=\"legend\">" + entries
                + band.map(room -> entry(room.name(), room.style(), "band")).orElse("") + "</p>";
    }

    private static String entry(String name, String style, String kind) {
        return "<span><i class=\"%s %s\"></i> %s</span>".formatted(style, kind, Page.escaped(name));
    }

    private String svg(int width, int height) {
        return new Drawing(width, height).svg();
    }

    /** What is seen, in words. */
    private String spoken() {
        return title + " (" + unit + ") over " + across.label() + ": "
                + curves.stream()
                        .filter(curve -> !curve.faint())
                        .map(curve -> String.format(
                                Locale.ROOT,
                                "%s from %.4g to %.4g",
                                curve.name(),
                                curve.points().getFirst().y(),
                                curve.points().getLast().y()))
                        .collect(Collectors.joining("; "))
                + mark.map(point -> "; " + point.label()).orElse("") + ".";
    }

    /** Keeps the least and the highest of each stretch, in their order, and the ends. */
    static List<Point> thinned(List<Point> points) {
        if (points.size() <= 2 * STRETCHES) {
            return points;
        }
        var kept = new ArrayList<Point>(2 * STRETCHES + 2);
        kept.add(points.getFirst());
        for (int stretch = 0; stretch < STRETCHES; stretch++) {
            int from = Math.toIntExact((long) points.size() * stretch / STRETCHES);
            int to = Math.toIntExact((long) points.size() * (stretch + 1) / STRETCHES);
            int least = from;
            int most = from;
            for (int i = from; i < to; i++) {
                least = points.get(i).y() < points.get(least).y() ? i : least;
                most = points.get(i).y() > points.get(most).y() ? i : most;
            }
            IntStream.of(least, most).sorted().distinct().mapToObj(points::get).forEach(kept::add);
        }
        kept.add(points.getLast());
        return kept;
    }

    /** The chart in one size. */
    private final class Drawing {
        private final Frame frame;

        Drawing(int width, int height) {
            var points =
                    curves.stream().flatMap(curve -> curve.points().stream()).toList();
            double first = points.stream().mapToDouble(Point::x).min().orElse(0);
            double last = points.stream().mapToDouble(Point::x).max().orElse(1);
            // Where every x is a whole number, something is counted, of which there are no parts.
            boolean counted = points.stream().allMatch(point -> point.x() == Math.rint(point.x()));
            var along = across.logarithmic()
                    ? Axis.logarithmic(first, last)
                    : Axis.of(first, last, width / 90, counted ? 1 : 0);
            double least = points.stream().mapToDouble(Point::y).min().orElse(0);
            double most = points.stream().mapToDouble(Point::y).max().orElse(1);
            var up = Axis.of(fromZero ? Math.min(0, least) : least, most, 5, 0).rounded();
            frame = new Frame(width, height, along, up);
        }

        String svg() {
            var svg = new StringBuilder(String.format(
                    Locale.ROOT,
                    "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                    frame.width(),
                    frame.height(),
                    Page.escaped(spoken())));
            svg.append(frame.axes(unit, across.label()));
            band.ifPresent(room -> svg.append(String.format(
                    Locale.ROOT,
                    "<polygon class=\"%s\" points=\"%s %s\" fill=\"currentColor\" opacity=\".15\"/>",
                    room.style(),
                    path(thinned(room.one())),
                    path(thinned(room.other()).reversed()))));
            curves.stream().filter(Curve::faint).forEach(curve -> draw(svg, curve));
            curves.stream().filter(curve -> !curve.faint()).forEach(curve -> draw(svg, curve));
            mark.ifPresent(point -> draw(svg, point));
            return svg.append("</svg>").toString();
        }

        private void draw(StringBuilder svg, Curve curve) {
            var points = thinned(curve.points());
            svg.append(String.format(
                    Locale.ROOT,
                    "<polyline class=\"%s\" points=\"%s\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"%s\""
                            + " stroke-linejoin=\"round\" opacity=\"%s\"/>",
                    curve.style(),
                    path(points),
                    curve.faint() ? "1" : "2",
                    curve.faint() ? ".35" : "1"));
            if (points.size() == 1) {
                circle(svg, points.getFirst(), curve.style(), 3);
            }
        }

        private void draw(StringBuilder svg, Mark point) {
            circle(svg, point.point(), point.style(), 5);
            boolean right = frame.along().at(point.point().x()) > 0.6;
            // Above the point where there is room: a best loss is low, and its curve comes from above on the left.
            double above = frame.y(point.point().y()) - 16;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"mark\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                    frame.x(point.point().x()) + (right ? 4 : -4),
                    Math.max(Frame.TOP + 10, above),
                    right ? "end" : "start",
                    Page.escaped(point.label())));
        }

        private void circle(StringBuilder svg, Point point, String style, int radius) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"currentColor\"/>",
                    style,
                    frame.x(point.x()),
                    frame.y(point.y()),
                    radius));
        }

        private String path(List<Point> points) {
            return points.stream()
                    .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", frame.x(point.x()), frame.y(point.y())))
                    .collect(Collectors.joining(" "));
        }
    }
}
