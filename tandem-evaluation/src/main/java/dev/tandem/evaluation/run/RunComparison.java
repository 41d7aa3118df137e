package dev.tandem.evaluation.run;

import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Two runs side by side, over the questions that both were asked.
 *
 * @param common how many questions those are; of the others nothing here speaks
 * @param metrics each over the questions that have it in both runs
 * @param configuration what differs
 * @param better questions that the second run does better, the greatest gain first
 * @param worse questions that it does worse, the greatest loss first
 */
public record RunComparison(
        EvaluationRun first,
        EvaluationRun second,
        int common,
        List<MetricDifference> metrics,
        List<ConfigurationDifference> configuration,
        List<ExampleDifference> better,
        List<ExampleDifference> worse) {
    /** By which an example is better or worse: the first of these that both have and that differs. */
    private static final List<String> DECIDING =
            List.of("accuracy", "f1", "chrf", "faithfulness", "citation_recall", "citation_precision");

    private static final double EQUAL = 1e-9;

    public RunComparison {
        metrics = List.copyOf(metrics);
        configuration = List.copyOf(configuration);
        better = List.copyOf(better);
        worse = List.copyOf(worse);
    }

    /**
     * One metric.
     *
     * @param first the mean in the first run
     * @param second the mean in the second run
     * @param interval 95%, of the mean difference; drawn by pairs. Empty for one example
     * @param examples that have it in both runs
     */
    public record MetricDifference(
            String metric, double first, double second, Optional<BootstrapInterval> interval, int examples) {
        /** The second less the first. */
        public double difference() {
            return second - first;
        }

        /** Whether chance alone would hardly make the difference: zero is outside of the interval. */
        public boolean isBeyondChance() {
            return interval.map(each -> each.low() > 0 || each.high() < 0).orElse(false);
        }
    }

    /** A key whose values differ; empty where a run has it not. */
    public record ConfigurationDifference(String key, Optional<String> first, Optional<String> second) {}

    /**
     * A question that one run does better.
     *
     * @param metric that says so; {@code answered} where one run failed
     * @param difference of it, the second less the first
     */
    public record ExampleDifference(ExampleResult first, ExampleResult second, String metric, double difference) {}

    /**
     * Compares.
     *
     * @param seed of the bootstrap's draws
     * @throws MendableException if the runs have no question in common
     */
    public static RunComparison of(
            EvaluationRun first,
            List<ExampleResult> ofFirst,
            EvaluationRun second,
            List<ExampleResult> ofSecond,
            long seed) {
        var pairs = pairs(ofFirst, ofSecond);
        if (pairs.isEmpty()) {
            throw new MendableException(
                    "The runs " + first.id() + " (" + first.testSet() + ") and " + second.id() + " ("
                            + second.testSet()
                            + ") have no question in common, so that nothing of them can be compared: run one"
                            + " of them on the other's test set.");
        }
        var differences = new ArrayList<ExampleDifference>();
        pairs.forEach(pair -> difference(pair).ifPresent(differences::add));
        return new RunComparison(
                first,
                second,
                pairs.size(),
                metrics(pairs, seed),
                configuration(first, second),
                differences.stream()
                        .filter(each -> each.difference() > 0)
                        .sorted(Comparator.comparingDouble(ExampleDifference::difference)
                                .reversed())
                        .toList(),
                differences.stream()
                        .filter(each -> each.difference() < 0)
                        .sorted(Comparator.comparingDouble(ExampleDifference::difference))
                        .toList());
    }

    private record Pair(ExampleResult first, ExampleResult second) {
        boolean both(String metric) {
            return first.metrics().containsKey(metric) && second.metrics().containsKey(metric);
        }

        double first(String metric) {
            return first.metrics().getOrDefault(metric, 0.0);
        }

        double second(String metric) {
            return second.metrics().getOrDefault(metric, 0.0);
        }
    }

    /** An id alone is not enough: an edited test set asks other things under it. */
    private static List<Pair> pairs(List<ExampleResult> first, List<ExampleResult> second) {
        var byId = new LinkedHashMap<String, ExampleResult>();
        first.forEach(result -> byId.put(result.testCase().id(), result));
        var pairs = new ArrayList<Pair>();
        for (var result : second) {
            var other = byId.get(result.testCase().id());
            if (other != null
                    && other.testCase().question().equals(result.testCase().question())) {
                pairs.add(new Pair(other, result));
            }
        }
        return pairs;
    }

    private static List<MetricDifference> metrics(List<Pair> pairs, long seed) {
        var names = new LinkedHashSet<String>();
        pairs.forEach(pair -> names.addAll(pair.first.metrics().keySet()));
        var differences = new ArrayList<MetricDifference>();
        for (var metric :
                names.stream().sorted(Comparator.comparingInt(Measure::place)).toList()) {
            var with = pairs.stream().filter(pair -> pair.both(metric)).toList();
            if (with.isEmpty()) {
                continue;
            }
            double[] first =
                    with.stream().mapToDouble(pair -> pair.first(metric)).toArray();
            double[] second =
                    with.stream().mapToDouble(pair -> pair.second(metric)).toArray();
            differences.add(new MetricDifference(
                    metric,
                    mean(first),
                    mean(second),
                    with.size() == 1
                            ? Optional.empty()
                            : Optional.of(BootstrapInterval.ofDifference(first, second, seed)),
                    with.size()));
        }
        return differences;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static List<ConfigurationDifference> configuration(EvaluationRun first, EvaluationRun second) {
        var one = described(first);
        var other = described(second);
        var keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys.stream()
                .map(key -> new ConfigurationDifference(
                        key, Optional.ofNullable(one.get(key)), Optional.ofNullable(other.get(key))))
                .filter(each -> !each.first().equals(each.second()))
                .toList();
    }

    private static Map<String, String> described(EvaluationRun run) {
        var all = new LinkedHashMap<>(run.configuration());
        all.put("strategy", run.strategy());
        all.put("test_set", run.testSet());
        all.put("test_set_hash", run.testSetHash());
        all.put("seed", Long.toString(run.seed()));
        all.put("tandem_version", run.tandemVersion());
        return all;
    }

    private static Optional<ExampleDifference> difference(Pair pair) {
        boolean first = pair.first.answer().isPresent();
        boolean second = pair.second.answer().isPresent();
        if (first != second) {
            return Optional.of(new ExampleDifference(pair.first, pair.second, "answered", second ? 1 : -1));
        }
        return DECIDING.stream()
                .filter(pair::both)
                .filter(metric -> Math.abs(pair.second(metric) - pair.first(metric)) > EQUAL)
                .findFirst()
                .map(metric -> new ExampleDifference(
                        pair.first, pair.second, metric, pair.second(metric) - pair.first(metric)));
    }
}
