package dev.tandem.evaluation.report;

import dev.tandem.evaluation.run.ExampleValues;
import dev.tandem.evaluation.run.RunMetric;
import dev.tandem.foundation.page.BarChart;
import dev.tandem.foundation.page.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** How many answers took how long, in classes that grow with the time and are the same for every run. */
final class LatencyCharts {
    /** Where classes end, of every power of ten. */
    private static final double[] WIDE = {1, 2, 5};

    private static final double[] CLOSE = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8};
    private static final int FEW = 6;

    private LatencyCharts() {}

    /** A chart a run; none where nothing has a time. */
    static List<String> of(List<ReportedRun> runs) {
        var all = runs.stream().flatMapToDouble(LatencyCharts::latencies).summaryStatistics();
        if (all.getCount() == 0) {
            return List.of();
        }
        var edges = edges(all.getMin(), all.getMax());
        var charts = new ArrayList<String>();
        for (int i = 0; i < runs.size(); i++) {
            charts.add(chart(runs.get(i), ReportCharts.colour(i), edges, runs.size() > 1));
        }
        return charts;
    }

    private static DoubleStream latencies(ReportedRun run) {
        return run.examples().stream().flatMapToDouble(example -> ExampleValues.of(example, "latency_ms").stream());
    }

    /** The first at most the least, the last above the most; closer together where that makes few. */
    private static List<Double> edges(double least, double most) {
        var wide = edges(least, most, WIDE);
        return wide.size() > FEW ? wide : edges(least, most, CLOSE);
    }

    private static List<Double> edges(double least, double most, double[] steps) {
        var edges = new ArrayList<Double>();
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(least, 0.1))));
        while (edges.isEmpty() || edges.getLast() <= most) {
            for (double step : steps) {
                if (edges.isEmpty() || edges.getLast() <= most) {
                    edges.add(step * power);
                }
            }
            power *= 10;
        }
        while (edges.size() > 2 && edges.get(1) <= least) {
            edges.removeFirst();
        }
        return edges;
    }

    private static String chart(ReportedRun run, String colour, List<Double> edges, boolean named) {
        var latencies = latencies(run).toArray();
        var rows = new ArrayList<BarChart.Row>();
        for (int i = 0; i + 1 < edges.size(); i++) {
            double from = i == 0 ? 0 : edges.get(i);
            double to = edges.get(i + 1);
            int count = (int) DoubleStream.of(latencies)
                    .filter(latency -> latency >= from && latency < to)
                    .count();
            rows.add(new BarChart.Row(edge(edges.get(i)) + " to " + edge(to) + " ms", count, colour));
        }
        var percentiles = Stream.of("p50", "p95", "p99")
                .flatMap(percentile -> run.summary("latency_" + percentile + "_ms", "all").stream()
                        .map(summary -> percentile + " " + RunMetric.shown(summary.metric(), summary.value())))
                .toList();
        var title = "How long answers took" + (named ? ", " + run.label() : "");
        return "<div>" + BarChart.titled(title, rows) + "<p class=\"about\">"
                + Page.escaped(String.join(", ", percentiles)) + "</p></div>";
    }

    private static String edge(double value) {
        return value < 10 && value != Math.rint(value)
                ? String.format(Locale.ROOT, "%.1f", value)
                : Page.number(Math.round(value));
    }
}
