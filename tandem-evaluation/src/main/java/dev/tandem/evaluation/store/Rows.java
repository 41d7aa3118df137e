package dev.tandem.evaluation.store;

import dev.tandem.evaluation.metric.BootstrapInterval;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.TestCase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The rows of the tables, component for column; public because JDBI reads and binds nothing else. */
final class Rows {
    private Rows() {}

    /** A row of {@code run}. */
    public record RunRow(
            String id,
            String strategy,
            String testSet,
            String testSetHash,
            String configuration,
            long seed,
            String tandemVersion,
            String started,
            Optional<String> finished) {
        static RunRow of(EvaluationRun run) {
            return new RunRow(
                    run.id(),
                    run.strategy(),
                    run.testSet(),
                    run.testSetHash(),
                    configuration(run.configuration()),
                    run.seed(),
                    run.tandemVersion(),
                    run.started().toString(),
                    run.finished().map(Instant::toString));
        }

        /** Equal maps are equal texts. */
        static String configuration(Map<String, String> configuration) {
            return StoredJson.write(new java.util.TreeMap<>(configuration));
        }

        EvaluationRun toRun(List<MetricSummary> summaries) {
            return new EvaluationRun(
                    id,
                    strategy,
                    testSet,
                    testSetHash,
                    StoredJson.readTexts(configuration),
                    seed,
                    tandemVersion,
                    Instant.parse(started),
                    finished.map(Instant::parse),
                    summaries);
        }
    }

    /** A row of {@code example}. */
    public record ExampleRow(
            String run,
            int position,
            String caseId,
            String type,
            String testCase,
            Optional<String> answer,
            Optional<String> failure,
            String metrics,
            String unsupported) {
        static ExampleRow of(String run, int position, ExampleResult result) {
            return new ExampleRow(
                    run,
                    position,
                    result.testCase().id(),
                    result.testCase().type().key(),
                    StoredJson.write(result.testCase()),
                    result.answer().map(StoredJson::write),
                    result.failure(),
                    StoredJson.write(new java.util.TreeMap<>(result.metrics())),
                    StoredJson.write(result.unsupported()));
        }

        ExampleResult toResult() {
            return new ExampleResult(
                    StoredJson.read(testCase, TestCase.class),
                    answer.map(json -> StoredJson.read(json, StrategyAnswer.class)),
                    failure,
                    StoredJson.readNumbers(metrics),
                    StoredJson.readList(unsupported));
        }
    }

    /** A row of {@code summary}. */
    public record SummaryRow(
            String run,
            int position,
            String metric,
            String type,
            double value,
            OptionalDouble low,
            OptionalDouble high,
            OptionalDouble confidence,
            Optional<Integer> samples,
            Optional<Long> seed,
            int examples,
            int missing) {
        static SummaryRow of(String run, int position, MetricSummary summary) {
            var interval = summary.interval();
            return new SummaryRow(
                    run,
                    position,
                    summary.metric(),
                    summary.type(),
                    summary.value(),
                    number(interval.map(BootstrapInterval::low)),
                    number(interval.map(BootstrapInterval::high)),
                    number(interval.map(BootstrapInterval::confidence)),
                    interval.map(BootstrapInterval::samples),
                    interval.map(BootstrapInterval::seed),
                    summary.examples(),
                    summary.missing());
        }

        MetricSummary toSummary() {
            var interval = low.isPresent()
                    ? Optional.of(new BootstrapInterval(
                            low.getAsDouble(),
                            high.orElseThrow(),
                            confidence.orElseThrow(),
                            samples.orElseThrow(),
                            seed.orElseThrow()))
                    : Optional.<BootstrapInterval>empty();
            return new MetricSummary(metric, type, value, interval, examples, missing);
        }

        private static OptionalDouble number(Optional<Double> value) {
            return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
        }
    }
}
