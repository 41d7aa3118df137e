package dev.tandem.evaluation.store;

import dev.tandem.evaluation.run.Evaluation;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Evaluations that are kept. Each example is written when it is measured; an evaluation of the same strategy, configuration, test set and
 * seed as one that was stopped goes on with it, and ends with what it would have ended with unbroken. Examples that failed are asked again
 * then.
 */
public record LoggedEvaluation(RunStore store, Evaluation evaluation) {
    /**
     * What to do.
     *
     * @param name the run's id; drawn without one
     * @param fresh whether to begin anew even if a run like it was stopped
     * @param tandemVersion of this program
     */
    public record Request(Optional<String> name, boolean fresh, String tandemVersion) {}

    /**
     * How it went.
     *
     * @param run finished, unless it was cancelled
     * @param examples what there is of them
     * @param before how many of them an earlier process measured
     * @param remarks what of the run as a whole could not be measured, and why
     */
    public record Outcome(EvaluationRun run, List<ExampleResult> examples, int before, List<String> remarks) {
        public Outcome {
            examples = List.copyOf(examples);
            remarks = List.copyOf(remarks);
        }

        /** How many questions have no answer, or an answer that could not be judged. */
        public long failed() {
            return examples.stream().filter(each -> each.failure().isPresent()).count();
        }
    }

    /** Evaluates; see {@link Evaluation#evaluate} for the errors. */
    public Outcome evaluate(
            TestSet testSet, Strategy strategy, Request request, Progress progress, BooleanSupplier cancelled) {
        var wanted = wanted(testSet, strategy, request);
        var before = request.fresh() ? Optional.<EvaluationRun>empty() : goingOn(wanted, request);
        if (before.isEmpty()) {
            store.begin(wanted);
        }
        var run = before.orElse(wanted);
        var done = before.map(EvaluationRun::id).map(store::examples).orElse(List.of()).stream()
                .filter(result -> result.failure().isEmpty())
                .map(result -> result.testCase().id())
                .collect(Collectors.toSet());
        evaluation.evaluate(
                testSet,
                strategy,
                done,
                (position, result) -> store.add(run.id(), position, result),
                progress,
                cancelled);
        var examples = store.examples(run.id());
        boolean whole = examples.size() == testSet.cases().size() && !cancelled.getAsBoolean();
        if (!whole) {
            return new Outcome(run, examples, done.size(), List.of());
        }
        var remarks = new ArrayList<String>();
        var summaries = new ArrayList<>(evaluation.summaries(examples, strategy));
        summaries.addAll(perplexity(testSet, strategy, progress, remarks));
        return new Outcome(finished(run, summaries), examples, done.size(), remarks);
    }

    /** What fails of it is told and missing, and fails nothing else. */
    private static List<MetricSummary> perplexity(
            TestSet testSet, Strategy strategy, Progress progress, List<String> remarks) {
        var expected = Evaluation.expected(testSet);
        if (expected.isEmpty()) {
            return List.of();
        }
        try {
            return strategy.perplexity(expected, progress)
                    .map(perplexity -> Evaluation.summaries(perplexity, expected.size()))
                    .orElse(List.of());
        } catch (MendableException e) {
            remarks.add("The perplexity of the expected answers was not measured: " + e.getMessage());
            return List.of();
        }
    }

    private EvaluationRun wanted(TestSet testSet, Strategy strategy, Request request) {
        var configuration = new HashMap<>(evaluation.configuration());
        configuration.putAll(strategy.configuration());
        return new EvaluationRun(
                request.name().map(RunIds::named).orElseGet(RunIds::drawn),
                strategy.name(),
                testSet.file().toString(),
                testSet.hash(),
                configuration,
                evaluation.seed(),
                request.tandemVersion(),
                now(),
                Optional.empty(),
                List.of());
    }

    private Optional<EvaluationRun> goingOn(EvaluationRun wanted, Request request) {
        var stopped = store.unfinished(wanted);
        if (request.name().isEmpty()) {
            return stopped.stream().findFirst();
        }
        var own = stopped.stream().filter(run -> run.id().equals(wanted.id())).findFirst();
        if (own.isEmpty() && store.run(wanted.id()).isPresent()) {
            throw new MendableException("There is a run " + wanted.id()
                    + " already, which is finished or of another configuration: choose another --name.");
        }
        return own;
    }

    private EvaluationRun finished(EvaluationRun run, List<MetricSummary> summaries) {
        var finished = new EvaluationRun(
                run.id(),
                run.strategy(),
                run.testSet(),
                run.testSetHash(),
                run.configuration(),
                run.seed(),
                run.tandemVersion(),
                run.started(),
                Optional.of(now()),
                summaries);
        store.finish(finished);
        return finished;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
