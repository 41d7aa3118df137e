package dev.tandem.tuning.report;

import dev.tandem.foundation.page.LineChart;
import dev.tandem.foundation.page.LineChart.Curve;
import dev.tandem.foundation.page.LineChart.Mark;
import dev.tandem.foundation.page.LineChart.Point;
import dev.tandem.tuning.training.RunHistory;
import dev.tandem.tuning.training.RunHistory.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What a run measured, as curves over its updates. */
final class RunCurves {
    /** A mean is taken over a twentieth of the run: enough to see where noise goes, too little to hide a turn. */
    private static final int STRETCHES = 20;

    private final RunHistory run;
    private final List<Point> training;
    private final List<Point> smooth;
    private final List<Point> heldOut;

    RunCurves(RunHistory run) {
        this.run = run;
        training = points(Line::loss);
        smooth = smooth(training);
        heldOut = fromBase("base_loss", Line::heldOut);
    }

    /** Training, held-out and general loss, the lowest held-out loss marked. */
    LineChart losses() {
        var curves = new ArrayList<Curve>();
        curves.add(new Curve("training, each update", "training", true, training));
        curves.add(new Curve("training, mean", "training", false, smooth));
        curves.add(new Curve("held out", "held-out", false, heldOut));
        curves.add(new Curve("general", "general", false, fromBase("general_base_loss", Line::general)));
        return new LineChart("Loss", "loss a token", false, curves, gap(), best().map(RunCurves::mark));
    }

    /** Learning rate, gradient, speed and memory, each in a chart of its own; those that were measured. */
    String others() {
        return List.of(
                        chart("Learning rate", "rate", points(Line::learningRate)),
                        chart("Length of the gradient, before it is clipped", "norm", points(Line::gradientNorm)),
                        chart("Speed", "tokens a second", points(Line::tokensPerSecond)),
                        chart("Memory of the process", "MB", points(Line::megabytes)))
                .stream()
                .filter(chart -> !chart.curves().isEmpty())
                .map(LineChart::small)
                .collect(Collectors.joining());
    }

    private static LineChart chart(String title, String unit, List<Point> points) {
        return new LineChart(
                title,
                unit,
                true,
                List.of(new Curve(title, "training", false, points)),
                Optional.empty(),
                Optional.empty());
    }

    /** The lowest held-out loss that was measured, if it is lower than the base's. */
    private Optional<Point> best() {
        double base = run.number("base_loss").orElse(Double.POSITIVE_INFINITY);
        return heldOut.stream()
                .min(Comparator.comparingDouble(Point::y))
                .filter(point -> point.x() > 0 && point.y() < base);
    }

    private static Mark mark(Point best) {
        return new Mark(best, String.format(Locale.ROOT, "best: %.3f, update %,.0f", best.y(), best.x()), "held-out");
    }

    /** How far the held-out loss is above the training loss where it is best, in a sentence. */
    String gapAtBest() {
        var at = best();
        if (at.isEmpty()) {
            return "";
        }
        double best = at.get().y();
        double trained = trainingAt(at.get().x());
        double last = heldOut.getLast().y();
        return String.format(
                        Locale.ROOT,
                        "Where it is best, the held-out loss is %.3f and the training loss about %.3f: a gap of %.3f.",
                        best,
                        trained,
                        best - trained)
                + (last > best
                        ? String.format(
                                Locale.ROOT,
                                " Afterwards the held-out loss rose to %.3f: the weights from before are kept.",
                                last)
                        : "");
    }

    /** Where the held-out loss, in a straight line between two measurements, is above the training loss. */
    private Optional<LineChart.Band> gap() {
        var above = new ArrayList<Point>();
        var below = new ArrayList<Point>();
        int next = 0;
        for (var trained : smooth) {
            while (next < heldOut.size() && heldOut.get(next).x() < trained.x()) {
                next++;
            }
            if (next > 0 && next < heldOut.size()) {
                var from = heldOut.get(next - 1);
                var to = heldOut.get(next);
                double share = (trained.x() - from.x()) / (to.x() - from.x());
                double loss = from.y() + share * (to.y() - from.y());
                above.add(new Point(trained.x(), loss));
                below.add(new Point(trained.x(), Math.min(loss, trained.y())));
            }
        }
        return above.size() < 2
                ? Optional.empty()
                : Optional.of(new LineChart.Band("held out above training", "held-out", above, below));
    }

    /** The mean training loss at an update; that of the update before where the log has a hole. */
    private double trainingAt(double update) {
        int low = 0;
        int high = smooth.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (smooth.get(middle).x() <= update) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return smooth.isEmpty() ? Double.NaN : smooth.get(low).y();
    }

    private List<Point> fromBase(String key, ToDoubleFunction<Line> value) {
        var points = new ArrayList<Point>();
        OptionalDouble base = run.number(key);
        if (base.isPresent() && Double.isFinite(base.getAsDouble())) {
            points.add(new Point(0, base.getAsDouble()));
        }
        points.addAll(points(value));
        return points;
    }

    private List<Point> points(ToDoubleFunction<Line> value) {
        return run.updates().stream()
                .filter(line -> Double.isFinite(value.applyAsDouble(line)))
                .map(line -> new Point(line.update(), value.applyAsDouble(line)))
                .toList();
    }

    /** Means over as many updates before as after, so that the curve does not lag behind the held-out loss. */
    static List<Point> smooth(List<Point> points) {
        int count = points.size();
        var sums = new double[count + 1];
        for (int i = 0; i < count; i++) {
            sums[i + 1] = sums[i] + points.get(i).y();
        }
        int half = Math.max(1, count / STRETCHES / 2);
        var means = new ArrayList<Point>(count);
        for (int i = 0; i < count; i++) {
            // Fewer towards the ends, so that these do not lag; of long runs still enough to be smooth.
            int reach = Math.max(half / 8, Math.min(half, Math.min(i, count - 1 - i)));
            int from = Math.max(0, i - reach);
            int to = Math.min(count, i + reach + 1);
            means.add(new Point(points.get(i).x(), (sums[to] - sums[from]) / (to - from)));
        }
        return means;
    }
}
