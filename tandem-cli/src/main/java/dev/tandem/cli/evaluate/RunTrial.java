package dev.tandem.cli.evaluate;

import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.FaithfulnessModel;
import dev.tandem.evaluation.judge.Judge;
import dev.tandem.evaluation.metric.SemanticSimilarity;
import dev.tandem.evaluation.run.Evaluation;
import dev.tandem.evaluation.run.EvaluationSettings;
import dev.tandem.evaluation.store.LoggedEvaluation;
import dev.tandem.evaluation.store.RunStore;
import dev.tandem.evaluation.testset.AnswerCheck;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.models.embedding.CachedEncoder;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.workspace.AnswerJudges;
import dev.tandem.workspace.OpenRightness;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.strategy.Strategies;
import dev.tandem.workspace.strategy.StrategyModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A workspace's strategy on a test set, kept in the workspace's store.
 *
 * @param models what approaches other than retrieval are made of
 * @param judged whether the embedded judge judges
 * @param check by what answers are right whose question does not say
 * @param answerJudge who judges whether they are, where a question asks for it
 */
public record RunTrial(
        Workspace workspace,
        String strategy,
        Supplier<StrategyModels> models,
        boolean judged,
        AnswerCheck check,
        AnswerJudges answerJudge,
        EvaluationSettings settings,
        LoggedEvaluation.Request request) {
    /** Questions of one test set find the same passages: 100 MB of the judge's vectors are kept. */
    private static final int KEPT_TOKENS = 65_000;

    /**
     * Reads the test set.
     *
     * @param given by the user; the workspace's own without
     */
    public static TestSet testSet(Workspace workspace, Optional<Path> given) {
        var file = given.orElseGet(workspace::testSetFile);
        if (given.isEmpty() && !Files.exists(file)) {
            throw new MendableException("The workspace has no test set (" + file
                    + "): draft one with `tandem testset draft -w " + workspace.folder()
                    + "`, or name one with --test-set.");
        }
        return TestSet.read(file);
    }

    /** Runs it; what need not stop it is told to {@code remark}. */
    public LoggedEvaluation.Outcome run(
            TestSet testSet, Progress progress, Consumer<String> remark, BooleanSupplier cancelled) {
        try (var open = new OpenWorkspace(workspace);
                var tested = Strategies.open(strategy, open, models)) {
            if (tested.retrieves()) {
                remarkUnknownDocuments(open, testSet, remark);
            }
            var store = RunStore.open(workspace.runsPlace());
            // Not the workspace's own model: values of two workspaces would not be comparable.
            try (var encoder = new CachedEncoder(OnnxTextEncoder.bundled(), KEPT_TOKENS)) {
                var judge = judged
                        ? Optional.<Judge>of(new EmbeddedJudge(encoder, FaithfulnessModel.shipped()))
                        : Optional.<Judge>empty();
                try (var rightness = new OpenRightness(open, testSet, check, answerJudge)) {
                    var evaluation =
                            new Evaluation(settings, judge, new SemanticSimilarity(encoder), rightness.rightness());
                    return new LoggedEvaluation(store, evaluation)
                            .evaluate(testSet, tested, request, progress, cancelled);
                }
            }
        }
    }

    /** A path that is spelt otherwise than in the index counts as never found. */
    private static void remarkUnknownDocuments(OpenWorkspace open, TestSet testSet, Consumer<String> remark) {
        try (var snapshot = open.index().snapshot()) {
            var known = snapshot.documents().stream().map(IndexedDocument::path).collect(Collectors.toSet());
            var asking = testSet.cases().stream()
                    .filter(testCase -> !known.containsAll(testCase.documents()))
                    .toList();
            if (!asking.isEmpty()) {
                var first = asking.getFirst();
                remark.accept(asking.size() + (asking.size() == 1 ? " question names" : " questions name")
                        + " documents that the workspace does not have, which count as not found; the first is "
                        + first.id() + " with "
                        + first.documents().stream()
                                .filter(document -> !known.contains(document))
                                .findFirst()
                                .orElseThrow()
                        + ". Write them as `tandem search` shows them, or ingest them.");
            }
        }
    }
}
