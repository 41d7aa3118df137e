package dev.tandem.tuning.search;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A search's trials as one SVG without anything outside of it, for light and dark: on the left the losses of the first rung
 * over the learning rate, on the right the losses over the training that each rung gave, a line a configuration. What went
 * on from the first rung is highlighted, the default and the best other by name.
 */
final class TrialsChart {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 400;
    private static final double TOP = 64;
    private static final double BOTTOM = 340;
    private static final String STYLE = """
            :root { color-scheme: light dark; --back: #ffffff; --ink: #1f2328; --faint: #57606a; --line: #d0d7de;
              --out: #9aa4ae; --on: #0969da; --default: #b35900; }
            @media (prefers-color-scheme: dark) { :root { --back: #0d1117; --ink: #e6edf3; --faint: #9da7b1; --line: #30363d;
              --out: #6e7681; --on: #58a6ff; --default: #f0a04b; } }
            .back { fill: var(--back); } text { font: 12px system-ui, sans-serif; fill: var(--faint); }
            .title { font-weight: 600; font-size: 13px; fill: var(--ink); } .grid { stroke: var(--line); stroke-width: 1; }
            .dropped { --colour: var(--out); opacity: .75; } .survivor { --colour: var(--on); } .default { --colour: var(--default); }
            circle, .mark { fill: var(--colour); } path.line { stroke: var(--colour); fill: none; stroke-width: 2; }
            text.survivor, text.default { fill: var(--colour); font-weight: 600; }
            """;

    /** Losses above this share of the way from the best to the median are drawn at the upper edge: they are bad enough. */
    private static final double SHOWN = 3;

    private final Plan plan;
    private final List<Trial> trials;
    private final Optional<Integer> best;
    private final Scale loss;

    private TrialsChart(Plan plan, List<Trial> trials, Optional<Verdict> verdict) {
        this.plan = plan;
        this.trials = trials;
        best = verdict.flatMap(Verdict::challenger).map(Trial::configuration);
        loss = losses();
    }

    /** The picture of what there is. */
    static String of(Plan plan, List<Trial> trials, Optional<Verdict> verdict) {
        return new TrialsChart(plan, trials, verdict).svg();
    }

    private String svg() {
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">
                <style>%s</style>
                <rect class="back" width="100%%" height="100%%"/>
                %s%s%s</svg>
                """,
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                "Trials of a hyper-parameter search: held-out loss over learning rate, and over training",
                STYLE,
                rates(),
                rungs(),
                legend());
    }

    /** All losses on one axis, from the best to what is worth telling apart. */
    private Scale losses() {
        var sorted = trials.stream()
                .mapToDouble(Trial::loss)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new Scale(0, 1, BOTTOM, TOP, false);
        }
        double low = sorted[0];
        double high = Math.min(sorted[sorted.length - 1], low + SHOWN * (sorted[sorted.length / 2] - low));
        double room = Math.max(0.06 * (high - low), 0.005);
        return new Scale(low - room, high + room, BOTTOM, TOP, false);
    }

    private String rates() {
        var configurations = plan.configurations();
        double low = configurations.stream()
                .mapToDouble(each -> each.learningRate())
                .min()
                .orElse(1);
        double high = configurations.stream()
                .mapToDouble(each -> each.learningRate())
                .max()
                .orElse(1);
        var x = new Scale(low / 1.15, high * 1.15, 64, 400, true);
        var panel = new StringBuilder(frame("First rung: loss over learning rate", x));
        for (double tick : x.ticks()) {
            panel.append(text(
                    x.at(tick),
                    BOTTOM + 20,
                    "middle",
                    "",
                    String.format(Locale.ROOT, "%.0e", tick).replace("e-0", "e-")));
        }
        of(0).stream().sorted(byWeight()).forEach(trial -> {
            var settings = configurations.get(trial.configuration());
            panel.append(mark(x.at(settings.learningRate()), trial));
        });
        return panel.toString();
    }

    private String rungs() {
        double from = plan.rungs().getFirst().seen();
        var x = new Scale(from / 1.1, plan.last().seen() * 1.1, 490, 800, true);
        var panel = new StringBuilder(frame("All rungs: loss over examples seen", x));
        for (var rung : plan.rungs()) {
            panel.append(text(
                    x.at((double) rung.seen()),
                    BOTTOM + 20,
                    "middle",
                    "",
                    String.format(Locale.ROOT, "%,d", rung.seen())));
        }
        Map<Integer, List<Trial>> byConfiguration =
                trials.stream().collect(Collectors.groupingBy(Trial::configuration));
        byConfiguration.values().stream()
                .sorted(Comparator.comparing(List::getFirst, byWeight()))
                .forEach(line -> panel.append(line(line, x)));
        return panel.toString();
    }

    private String line(List<Trial> line, Scale x) {
        var path = new ArrayList<String>();
        var marks = new StringBuilder();
        for (var trial : line) {
            double at = x.at((double) plan.rungs().get(trial.rung()).seen());
            path.add(String.format(Locale.ROOT, "%.1f %.1f", at, y(trial)));
            marks.append(mark(at, trial));
        }
        var drawn = line.size() < 2
                ? ""
                : String.format(
                        Locale.ROOT,
                        "<path class=\"line %s\" d=\"M%s\"/>%n",
                        kind(line.getFirst()),
                        String.join("L", path));
        return drawn + marks;
    }

    /** A point that says its settings where a pointer rests on it; a triangle at the edge for what is above. */
    private String mark(double x, Trial trial) {
        var settings = plan.configurations().get(trial.configuration());
        var title = String.format(
                Locale.ROOT,
                "configuration %d, rung %d: learning rate %s, batch %d, rank %d: loss %s",
                trial.configuration(),
                trial.rung() + 1,
                new BigDecimal(String.valueOf(settings.learningRate())).toPlainString(),
                settings.batch(),
                settings.lora().rank(),
                trial.converged() ? String.format(Locale.ROOT, "%.4f", trial.loss()) : "none, diverged");
        var kind = kind(trial);
        boolean above = !trial.converged() || trial.loss() > loss.to();
        return above
                ? String.format(
                        Locale.ROOT,
                        "<path class=\"mark %s\" d=\"M%.1f %.1fl5 9h-10z\"><title>%s</title></path>%n",
                        kind,
                        x,
                        TOP,
                        title)
                : String.format(
                        Locale.ROOT,
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"><title>%s</title></circle>%n",
                        kind,
                        x,
                        y(trial),
                        kind.equals("dropped") ? "3.5" : "4.5",
                        title);
    }

    private double y(Trial trial) {
        return trial.converged() ? loss.at(Math.min(trial.loss(), loss.to())) : TOP;
    }

    private String frame(String title, Scale x) {
        var frame = new StringBuilder(text(x.start(), 40, "start", "title", title));
        for (double tick : loss.ticks()) {
            frame.append(String.format(
                    Locale.ROOT, "<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/>%n", x.start(), loss.at(tick), x.end()));
            frame.append(text(x.start() - 8, loss.at(tick) + 4, "end", "", loss.label(tick)));
        }
        return frame.toString();
    }

    private String legend() {
        var legend = new StringBuilder();
        double x = 64;
        for (var entry : List.of(
                new String[] {"default", "default"},
                new String[] {
                    "survivor",
                    best.map(number -> "went on (best: " + number + ")").orElse("went on")
                },
                new String[] {"dropped", "dropped after the first rung"})) {
            legend.append(String.format(
                    Locale.ROOT, "<circle class=\"%s\" cx=\"%.1f\" cy=\"384\" r=\"4.5\"/>%n", entry[0], x));
            legend.append(text(x + 10, 388, "start", "", entry[1]));
            x += 40 + 7.0 * entry[1].length();
        }
        legend.append("<path class=\"mark dropped\" d=\"M%.1f 379l5 9h-10z\"/>%n".formatted(x));
        return legend.append(text(x + 10, 388, "start", "", "above the axis, or diverged"))
                .toString();
    }

    private static String text(double x, double y, String anchor, String kind, String words) {
        return String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                kind,
                x,
                y,
                anchor,
                words);
    }

    private List<Trial> of(int rung) {
        return trials.stream().filter(trial -> trial.rung() == rung).toList();
    }

    private String kind(Trial trial) {
        if (trial.configuration() == 0) {
            return "default";
        }
        boolean wentOn =
                trials.stream().anyMatch(other -> other.configuration() == trial.configuration() && other.rung() > 0);
        return wentOn ? "survivor" : "dropped";
    }

    /** What is highlighted is drawn last, over the others. */
    private Comparator<Trial> byWeight() {
        return Comparator.comparingInt((Trial trial) ->
                        List.of("dropped", "survivor", "default").indexOf(kind(trial)))
                .thenComparingInt(Trial::configuration);
    }
}
