package dev.tandem.evaluation.report;

import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.run.ExampleValues;
import dev.tandem.evaluation.run.RunMetric;
import dev.tandem.foundation.page.IntervalChart;
import dev.tandem.foundation.page.IntervalChart.Bar;
import dev.tandem.foundation.page.IntervalChart.Group;
import dev.tandem.foundation.page.Page;
import dev.tandem.foundation.page.ScatterChart;
import dev.tandem.foundation.page.ScatterChart.Scale;
import dev.tandem.foundation.page.Span;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Quality by question type, quality against what it takes, how long answers took. */
record ReportCharts(List<ReportedRun> runs) {
    private static final List<String> COLOURS = List.of("note", "held-out", "general", "warning");
    private static final List<String> BY_TYPE = List.of("recall@5", "faithfulness", "answer_relevancy", "similarity");
    private static final List<String> GRADUAL = List.of("f1", "similarity", "faithfulness");
    private static final int MOST_BY_TYPE = 4;

    String html() {
        var charts = Stream.of(byType(), against(), LatencyCharts.of(runs).stream())
                .flatMap(each -> each)
                .collect(Collectors.joining());
        return charts.isEmpty()
                ? "<p>There is nothing to draw yet.</p>"
                : (runs.size() == 1 ? "" : legend()) + "<div class=\"charts pairs\">" + charts + "</div>";
    }

    static String colour(int run) {
        return COLOURS.get(run % COLOURS.size());
    }

    private String legend() {
        return IntStream.range(0, runs.size())
                .mapToObj(i -> "<span><i class=\"%s\"></i> %s</span>"
                        .formatted(colour(i), Page.escaped(runs.get(i).label())))
                .collect(Collectors.joining("", "<p class=\"legend\">", "</p>"));
    }

    private Stream<String> byType() {
        return Stream.concat(ReportedRun.headline(runs).stream(), BY_TYPE.stream())
                .distinct()
                .filter(metric ->
                        runs.stream().anyMatch(run -> run.summary(metric, "all").isPresent()))
                .limit(MOST_BY_TYPE)
                .map(this::byType);
    }

    private String byType(String metric) {
        var groups = runs.stream()
                .flatMap(run -> run.run().summaries().stream())
                .map(MetricSummary::type)
                .distinct()
                .map(type -> group(metric, type))
                .filter(group -> !group.bars().isEmpty())
                .toList();
        double most = RunMetric.of(metric)
                .filter(known -> known.scale().isQuality())
                .map(known -> known.scale().most())
                .orElse(0.0);
        return new IntervalChart(
                        ReportNumbers.named(metric) + " by question type, with 95% intervals",
                        most,
                        value -> RunMetric.shown(metric, value),
                        groups)
                .html();
    }

    private Group group(String metric, String type) {
        var bars = IntStream.range(0, runs.size())
                .boxed()
                .flatMap(i -> runs.get(i).summary(metric, type).stream()
                        .map(summary -> new Bar(runs.get(i).label(), colour(i), summary.value(), span(summary))))
                .toList();
        int questions = runs.stream()
                .flatMap(run -> run.summary(metric, type).stream())
                .mapToInt(MetricSummary::examples)
                .max()
                .orElse(0);
        return new Group(type.replace('_', ' ') + " (" + questions + ")", bars);
    }

    private static Optional<Span> span(MetricSummary summary) {
        return summary.interval().map(interval -> new Span(interval.low(), interval.high()));
    }

    private Stream<String> against() {
        if (runs.size() == 1) {
            return examples(runs.getFirst()).stream();
        }
        return ReportedRun.headline(runs).stream()
                .flatMap(quality -> Stream.of("cost", "latency_p50_ms", "latency_p95_ms")
                        .filter(price -> runs.stream()
                                        .allMatch(
                                                run -> run.summary(price, "all").isPresent())
                                && runs.stream()
                                        .anyMatch(run -> run.summary(price, "all")
                                                        .orElseThrow()
                                                        .value()
                                                > 0))
                        .map(price -> against(quality, price)));
    }

    private String against(String quality, String price) {
        var points = IntStream.range(0, runs.size())
                .mapToObj(i -> {
                    var up = runs.get(i).summary(quality, "all").orElseThrow();
                    var across = runs.get(i).summary(price, "all").orElseThrow();
                    return new ScatterChart.Point(runs.get(i).label(), colour(i), across.value(), up.value(), span(up));
                })
                .toList();
        return new ScatterChart(
                        ReportNumbers.named(quality) + " against " + ReportNumbers.named(price),
                        scale(price),
                        scale(quality),
                        true,
                        points)
                .html();
    }

    /** A point a question, where there is one run. */
    private static Optional<String> examples(ReportedRun run) {
        return GRADUAL.stream()
                .filter(metric -> run.examples().stream()
                        .anyMatch(example -> ExampleValues.of(example, metric).isPresent()))
                .findFirst()
                .map(metric -> new ScatterChart(
                                ReportNumbers.named(metric) + " against latency, a point a question",
                                scale("latency_ms"),
                                scale(metric),
                                false,
                                run.examples().stream()
                                        .flatMap(example -> point(example, metric).stream())
                                        .toList())
                        .html());
    }

    private static Optional<ScatterChart.Point> point(ExampleResult example, String metric) {
        OptionalDouble across = ExampleValues.of(example, "latency_ms");
        OptionalDouble up = ExampleValues.of(example, metric);
        return across.isEmpty() || up.isEmpty()
                ? Optional.empty()
                : Optional.of(new ScatterChart.Point(
                        example.testCase().id(), "note", across.getAsDouble(), up.getAsDouble(), Optional.empty()));
    }

    private static Scale scale(String metric) {
        return new Scale(ReportNumbers.named(metric), value -> RunMetric.shown(metric, value));
    }
}
