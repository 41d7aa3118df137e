package dev.tandem.foundation.page;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;

/**
 * Values as bars from zero, each with the interval around it, one below the other in groups; the numbers again as a table.
 *
 * @param title what is shown
 * @param most where the axis ends unless a value is higher, as 1 for shares; 0 for the highest value
 * @param number how a value is written
 * @param groups in their order; the name of each stands above its bars
 */
public record IntervalChart(String title, double most, DoubleFunction<String> number, List<Group> groups) {
    private static final int WIDTH = 360;
    private static final int LEFT = 4;
    private static final int RIGHT = 80;
    private static final int BAR = 16;
    private static final int NAME = 50;

    /**
     * One bar.
     *
     * @param name what it belongs to, any text
     * @param style one of the page's colours
     */
    public record Bar(String name, String style, double value, Optional<Span> span) {}

    /** Bars that are compared. */
    public record Group(String name, List<Bar> bars) {
        public Group {
            bars = List.copyOf(bars);
        }
    }

    public IntervalChart {
        groups = List.copyOf(groups);
    }

    /** With its title above and its table below. */
    public String html() {
        return "<div><b>%s</b>%s%s</div>".formatted(Page.escaped(title), svg(), table());
    }

    private String svg() {
        double end = Math.max(most, highest());
        end = end > 0 ? end : 1;
        var svg = new StringBuilder();
        int y = 0;
        for (var group : groups) {
            y += 14;
            svg.append(String.format(
                    Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>", LEFT, y, Page.escaped(shortened(group.name()))));
            y += 4;
            for (var bar : group.bars()) {
                svg.append(bar(bar, y, end));
                y += BAR;
            }
            y += 4;
        }
        return "<svg class=\"interval\" viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title><desc>%s</desc>%s</svg>"
                .formatted(WIDTH, Math.max(BAR, y), Page.escaped(title), Page.escaped(spoken()), svg);
    }

    private String bar(Bar bar, int y, double end) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "<g class=\"%s\"><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"11\" rx=\"2\""
                        + " fill=\"currentColor\" opacity=\".55\"/>",
                bar.style(),
                Page.escaped(bar.name() + ": " + written(bar)),
                LEFT,
                y,
                Math.max(1, x(bar.value(), end) - LEFT)));
        bar.span()
                .ifPresent(span -> text.append(String.format(
                        Locale.ROOT,
                        "<path d=\"M%.1f %dv6m0 -3H%.1fm0 -3v6\" stroke=\"CanvasText\" stroke-width=\"1.5\""
                                + " fill=\"none\"/>",
                        x(span.low(), end),
                        y + 3,
                        x(span.high(), end))));
        double after = Math.max(
                x(bar.value(), end), bar.span().map(span -> x(span.high(), end)).orElse(0.0));
        return text.append(String.format(
                        Locale.ROOT,
                        "</g><text x=\"%.1f\" y=\"%d\">%s</text>",
                        after + 6,
                        y + 10,
                        Page.escaped(number.apply(bar.value()))))
                .toString();
    }

    private static double x(double value, double end) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.clamp(value / end, 0, 1);
    }

    private double highest() {
        return groups.stream()
                .flatMap(group -> group.bars().stream())
                .mapToDouble(
                        bar -> Math.max(bar.value(), bar.span().map(Span::high).orElse(bar.value())))
                .max()
                .orElse(0);
    }

    private String written(Bar bar) {
        return number.apply(bar.value())
                + bar.span()
                        .map(span -> " (" + number.apply(span.low()) + " to " + number.apply(span.high()) + ")")
                        .orElse("");
    }

    private String spoken() {
        return groups.stream()
                .map(group -> group.name() + ": "
                        + group.bars().stream()
                                .map(bar -> (group.bars().size() == 1 ? "" : bar.name() + " ") + written(bar))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private String table() {
        var rows = groups.stream()
                .flatMap(group -> group.bars().stream()
                        .map(bar -> List.of(
                                group.name(),
                                bar.name(),
                                number.apply(bar.value()),
                                bar.span()
                                        .map(span -> number.apply(span.low()) + " to " + number.apply(span.high()))
                                        .orElse("-"))))
                .toList();
        return "<details class=\"values\"><summary>numbers</summary>"
                + Page.table(title, List.of("group", "of", "value", "95%"), rows) + "</details>";
    }

    private static String shortened(String name) {
        return name.length() > NAME ? name.substring(0, NAME - 1) + "…" : name;
    }
}
