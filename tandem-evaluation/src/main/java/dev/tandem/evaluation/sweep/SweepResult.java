package dev.tandem.evaluation.sweep;

import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.testset.TestCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a sweep found: the configuration that is best on the first half of the questions, and what it gains on the second
 * half, which had no part in choosing it. Immutable.
 *
 * @param metric the measure's name, such as {@code ndcg@10}
 * @param choosing how many questions the choice rests on
 * @param reporting how many questions the gain is measured on
 * @param present the configuration of the settings
 * @param chosen the best on the first half; the present one where none is better
 * @param rows every configuration measured, best on the first half first
 * @param gain the mean of chosen minus present on the second half
 * @param interval the 95% interval of the gain, by paired bootstrap
 * @param leftOut what was asked for but not measured
 */
public record SweepResult(
        String metric,
        int choosing,
        int reporting,
        Configuration present,
        Configuration chosen,
        List<Row> rows,
        double gain,
        BootstrapInterval interval,
        List<Configuration> leftOut) {
    /** With fewer questions than this the halves tell too little to change settings by. */
    public static final int ENOUGH_QUESTIONS = 20;

    public SweepResult {
        rows = List.copyOf(rows);
        leftOut = List.copyOf(leftOut);
    }

    /** A configuration and its mean on each half. */
    public record Row(Configuration configuration, double choosing, double reporting) {}

    /** Whether there are questions enough to believe the gain. */
    public boolean enough() {
        return choosing + reporting >= ENOUGH_QUESTIONS;
    }

    /** Whether another configuration than the present one is surely better on questions that did not choose it. */
    public boolean surelyBetter() {
        return !chosen.equals(present) && interval.low() > 0;
    }

    /**
     * Chooses on the first half and measures on the second.
     *
     * @param values configuration to question id to value; the present one among them
     */
    public static SweepResult of(
            String metric,
            Halves halves,
            Map<Configuration, Map<String, Double>> values,
            Configuration present,
            List<Configuration> leftOut,
            long seed) {
        var rows = new ArrayList<Row>();
        values.forEach((configuration, own) ->
                rows.add(new Row(configuration, mean(of(own, halves.choosing())), mean(of(own, halves.reporting())))));
        // Of equals the present one stands first, then the order of trial: the sort is stable.
        rows.sort(Comparator.comparingDouble(Row::choosing)
                .reversed()
                .thenComparing(row -> !row.configuration().equals(present)));
        var chosen = rows.getFirst().configuration();
        var before = of(Objects.requireNonNull(values.get(present)), halves.reporting());
        var after = of(Objects.requireNonNull(values.get(chosen)), halves.reporting());
        return new SweepResult(
                metric,
                halves.choosing().size(),
                halves.reporting().size(),
                present,
                chosen,
                rows,
                mean(after) - mean(before),
                BootstrapInterval.ofDifference(before, after, seed),
                leftOut);
    }

    private static double[] of(Map<String, Double> values, List<TestCase> questions) {
        return questions.stream()
                .mapToDouble(question -> Objects.requireNonNull(values.get(question.id())))
                .toArray();
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElse(0);
    }
}
