package dev.tandem.evaluation.gate;

import dev.tandem.evaluation.gate.GateCheck.Kind;
import dev.tandem.evaluation.gate.GateSettings.Regressions;
import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.run.ExampleValues;
import dev.tandem.evaluation.run.RunMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a run lost against a baseline, question by question: a metric fails if its mean is worse by more than its tolerance and
 * the paired bootstrap interval of the difference leaves out zero. Only questions that both were asked, with the same expected
 * answers, and that both have a value for are compared.
 */
record RegressionChecks(Regressions settings, Baseline baseline) {
    /** A question in both runs. */
    private record Pair(ExampleResult before, ExampleResult after) {}

    List<GateCheck> of(EvaluationRun run, List<ExampleResult> examples) {
        var pairs = pairs(examples);
        if (pairs.size() < 2) {
            return List.of(incomparable());
        }
        var checks = new ArrayList<GateCheck>();
        if (settings.metrics().isEmpty()) {
            metricsOf(pairs).forEach(metric -> checks.add(check(run, metric, settings.tolerance(), pairs)));
        } else {
            settings.metrics()
                    .forEach((name, tolerance) ->
                            RunMetric.of(name).ifPresent(metric -> checks.add(check(run, metric, tolerance, pairs))));
        }
        return checks;
    }

    private List<Pair> pairs(List<ExampleResult> examples) {
        Map<String, ExampleResult> before = baseline.examples().stream()
                .collect(
                        Collectors.toMap(example -> example.testCase().id(), Function.identity(), (one, other) -> one));
        var pairs = new ArrayList<Pair>();
        for (var after : examples) {
            var same = before.get(after.testCase().id());
            if (same != null
                    && same.testCase().question().equals(after.testCase().question())
                    && same.testCase().answers().equals(after.testCase().answers())
                    && same.testCase().documents().equals(after.testCase().documents())) {
                pairs.add(new Pair(same, after));
            }
        }
        return pairs;
    }

    /** The baseline's metrics of quality, in the order of their names; one that is no longer measured is said to be so. */
    private static List<RunMetric> metricsOf(List<Pair> pairs) {
        return pairs.stream()
                .flatMap(pair -> pair.before().metrics().keySet().stream())
                .sorted()
                .distinct()
                .flatMap(name -> RunMetric.of(name).stream())
                .filter(metric -> metric.scale().isQuality())
                .toList();
    }

    private GateCheck check(EvaluationRun run, RunMetric metric, double tolerance, List<Pair> pairs) {
        var both = pairs.stream()
                .filter(pair -> ExampleValues.of(pair.before(), metric.name()).isPresent()
                        && ExampleValues.of(pair.after(), metric.name()).isPresent())
                .toList();
        double[] before = values(both, Pair::before, metric);
        double[] after = values(both, Pair::after, metric);
        double mean = mean(before);
        double allowed = tolerance
                * switch (metric.scale()) {
                    case SHARE, COSINE -> 1;
                    case MILLISECONDS, TOKENS, COST, PERPLEXITY -> mean;
                };
        var name = metric.name() + " against " + baseline.run().id();
        if (both.size() < 2) {
            return new GateCheck(
                    name,
                    Kind.REGRESSION,
                    metric.name(),
                    "not worse",
                    Optional.empty(),
                    Optional.empty(),
                    GateStatus.NOT_MEASURED,
                    name + " was not compared: " + Gate.questions(both.size()) + " of both runs have values of it.");
        }
        var interval = BootstrapInterval.ofDifference(before, after, run.seed());
        double difference = mean(after) - mean;
        double worse = metric.higherIsBetter() ? -difference : difference;
        boolean certain = metric.higherIsBetter() ? interval.high() < 0 : interval.low() > 0;
        boolean failed = worse > allowed + 1e-9 && certain;
        return new GateCheck(
                name,
                Kind.REGRESSION,
                metric.name(),
                "at most " + metric.shown(allowed) + " worse",
                Optional.of(difference),
                Optional.of(interval),
                failed ? GateStatus.FAILED : GateStatus.PASSED,
                sentence(metric, before, after, interval, worse > allowed + 1e-9, certain));
    }

    private String sentence(
            RunMetric metric,
            double[] before,
            double[] after,
            BootstrapInterval interval,
            boolean beyond,
            boolean certain) {
        double difference = mean(after) - mean(before);
        var change = difference == 0 ? "stayed at " : (difference < 0 ? "fell" : "rose") + " from ";
        return metric.name() + " " + change + metric.shown(mean(before))
                + (difference == 0
                        ? ""
                        : " to " + metric.shown(mean(after)) + ", by " + metric.shown(Math.abs(difference)))
                + ", on " + Gate.questions(before.length) + " that "
                + baseline.run().id() + " was asked too; difference"
                + Gate.interval(metric.name(), interval)
                + (beyond && certain
                        ? ": a regression."
                        : beyond ? ": not told from chance." : ": no regression beyond the tolerance.");
    }

    private GateCheck incomparable() {
        var id = baseline.run().id();
        return new GateCheck(
                "comparison with " + id,
                Kind.REGRESSION,
                "comparison",
                "not worse",
                Optional.empty(),
                Optional.empty(),
                GateStatus.FAILED,
                "The run shares no two questions with its baseline " + id + " (of "
                        + baseline.run().testSet() + "): name a baseline that was asked the same test set.");
    }

    private static double[] values(List<Pair> pairs, Function<Pair, ExampleResult> side, RunMetric metric) {
        return pairs.stream()
                .mapToDouble(pair ->
                        ExampleValues.of(side.apply(pair), metric.name()).orElseThrow())
                .toArray();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / Math.max(1, values.length);
    }
}
