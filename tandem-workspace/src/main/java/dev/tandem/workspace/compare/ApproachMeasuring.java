package dev.tandem.workspace.compare;

import dev.tandem.evaluation.compare.ApproachKind;
import dev.tandem.evaluation.run.Evaluation;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.store.LoggedEvaluation;
import dev.tandem.evaluation.store.RunStore;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.Progress;
import dev.tandem.workspace.strategy.ContentHash;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Makes the run of an approach, or finds the one that was made of the same before. */
final class ApproachMeasuring {
    private static final int HASH_CHARS = 8;
    private static final int LONGEST_NAME = 20;

    private final RunStore store;
    private final Evaluation evaluation;
    private final ComparisonRequest request;
    private final TestSet drawn;
    private final Map<String, Integer> places = new HashMap<>();

    ApproachMeasuring(RunStore store, Evaluation evaluation, ComparisonRequest request) {
        this.store = store;
        this.evaluation = evaluation;
        this.request = request;
        drawn = ComparedCases.drawn(request.testSet(), request.seed());
        for (var testCase : request.testSet().cases()) {
            places.put(testCase.id(), places.size());
        }
    }

    /** Asks what was not asked before; what is measured when {@code stop} says so is kept. */
    ApproachRun measure(
            String name,
            ApproachKind kind,
            Optional<Tuned> model,
            Strategy strategy,
            Progress progress,
            BooleanSupplier stop) {
        var id = id(name, strategy);
        var finished = store.run(id).filter(run -> run.finished().isPresent());
        if (finished.isPresent()) {
            return new ApproachRun(name, kind, finished.get(), inOrder(store.examples(id)), model);
        }
        var outcome = new LoggedEvaluation(store, evaluation)
                .evaluate(
                        drawn,
                        strategy,
                        new LoggedEvaluation.Request(Optional.of(id), false, request.tandemVersion()),
                        (label, total, unit) -> progress.start("Asking " + name, total, unit),
                        stop);
        return new ApproachRun(
                name, kind, summed(outcome.run(), outcome.examples(), strategy), inOrder(outcome.examples()), model);
    }

    /** The name of the run of exactly this, or the next free one if it is to be made anew. */
    private String id(String name, Strategy strategy) {
        var decides = new TreeMap<>(evaluation.configuration());
        decides.putAll(strategy.configuration());
        var hash = ContentHash.ofText(decides + request.testSet().hash() + request.seed() + request.tandemVersion());
        var id = "compare-" + name.substring(0, Math.min(LONGEST_NAME, name.length())) + "-"
                + hash.substring(0, HASH_CHARS);
        if (!request.anew()) {
            return id;
        }
        var next = id;
        for (int i = 2;
                store.run(next).filter(run -> run.finished().isPresent()).isPresent();
                i++) {
            next = id + "-" + i;
        }
        return next;
    }

    /** A run that was stopped is summed up as far as it came. */
    private EvaluationRun summed(EvaluationRun run, List<ExampleResult> examples, Strategy strategy) {
        if (run.finished().isPresent()) {
            return run;
        }
        return new EvaluationRun(
                run.id(),
                run.strategy(),
                run.testSet(),
                run.testSetHash(),
                run.configuration(),
                run.seed(),
                run.tandemVersion(),
                run.started(),
                run.finished(),
                examples.isEmpty() ? List.of() : evaluation.summaries(examples, strategy));
    }

    private List<ExampleResult> inOrder(List<ExampleResult> examples) {
        return examples.stream()
                .sorted(Comparator.comparingInt(
                        example -> places.getOrDefault(example.testCase().id(), Integer.MAX_VALUE)))
                .toList();
    }
}
