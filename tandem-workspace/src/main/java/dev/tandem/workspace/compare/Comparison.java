package dev.tandem.workspace.compare;

import dev.tandem.evaluation.compare.ApproachKind;
import dev.tandem.evaluation.metric.SemanticSimilarity;
import dev.tandem.evaluation.run.Evaluation;
import dev.tandem.evaluation.run.EvaluationSettings;
import dev.tandem.evaluation.store.RunStore;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.testset.AnswerCheck;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.models.embedding.CachedEncoder;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.tuning.training.TuningSettings.Method;
import dev.tandem.workspace.AnswerJudges;
import dev.tandem.workspace.OpenRightness;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.compare.LeftOut.Reason;
import dev.tandem.workspace.strategy.Approaches;
import dev.tandem.workspace.strategy.StrategyModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Measures approaches on one test set, one after the other, and reaches a verdict. Each is a run of the workspace's store, named
 * after it and a hash of all that decides it: what is there already is not measured again, so that a comparison that was stopped
 * goes on, and ends with the same verdict. One that fails is told and left out, and the others are kept. For one thread.
 */
public final class Comparison {
    /** A tuning takes longer than asking: so many shares of a budget. */
    private static final int SHARES_OF_TUNING = 3;

    /** Vectors of expected answers that all approaches are compared with. */
    private static final int KEPT_TOKENS = 20_000;

    private final OpenWorkspace workspace;
    private final ComparisonRequest request;
    private final Progress progress;
    private final Consumer<String> remark;
    private final BudgetClock clock;
    private final List<ApproachRun> runs = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final List<Tuned> tuned = new ArrayList<>();

    /**
     * @param remark is told what need not stop it
     * @param cancelled asked all the time
     */
    public Comparison(
            OpenWorkspace workspace,
            ComparisonRequest request,
            Progress progress,
            Consumer<String> remark,
            BooleanSupplier cancelled) {
        this.workspace = workspace;
        this.request = request;
        this.progress = progress;
        this.remark = remark;
        this.clock = new BudgetClock(request.budget(), cancelled, shares(request));
    }

    private static int shares(ComparisonRequest request) {
        int plain = (int) request.strategies().stream()
                .filter(name -> !name.equals(Approaches.FINE_TUNED))
                .count();
        int methods = Math.max(1, request.methods().size());
        boolean fineTuned = request.strategies().contains(Approaches.FINE_TUNED);
        boolean tunes =
                request.adapter().isEmpty() && request.strategies().stream().anyMatch(Approaches::isTuned);
        return plain
                + (fineTuned ? methods : 0)
                + (tunes ? methods * SHARES_OF_TUNING : 0)
                + (request.hybrid().retrievalAware() ? SHARES_OF_TUNING : 0)
                + (request.freshFact() ? 1 : 0);
    }

    /**
     * Compares.
     *
     * @throws MendableException if training examples give test cases away and that is not allowed
     */
    public ComparisonResult run() {
        refuseLeakage();
        var models = new StrategyModels(
                request.base(), request.adapter(), request.training(), request.shots(), request.hybrid());
        var approaches = new Approaches(workspace, models);
        try (var encoder = new CachedEncoder(OnnxTextEncoder.bundled(), KEPT_TOKENS);
                var rightness =
                        new OpenRightness(workspace, request.testSet(), AnswerCheck.CONTAINS, AnswerJudges.AUTO)) {
            var settings = new EvaluationSettings(EvaluationSettings.DEFAULT.k(), 1, request.seed(), Optional.empty());
            var measuring = new ApproachMeasuring(
                    RunStore.open(workspace.workspace().runsPlace()),
                    new Evaluation(settings, Optional.empty(), new SemanticSimilarity(encoder), rightness.rightness()),
                    request);
            request.strategies().stream()
                    .filter(name -> !Approaches.isTuned(name))
                    .forEach(name ->
                            measure(measuring, name, kind(name), Optional.empty(), () -> approaches.open(name)));
            tunedApproaches(measuring, approaches);
        }
        var fresh = freshFact(approaches);
        var result = new ComparisonConclusion(workspace, request, inOrder(), leftOut, tuned, fresh).result();
        OutcomeFile.write(workspace.workspace(), result);
        return result;
    }

    private void refuseLeakage() {
        if (!request.allowLeakage()) {
            request.training()
                    .ifPresent(file -> ComparedCases.leakage(file, request.testSet())
                            .refuse(file, request.testSet().file(), "--allow-leakage"));
        }
    }

    static ApproachKind kind(String name) {
        return switch (name) {
            case Approaches.BASE -> ApproachKind.BASE;
            case Approaches.FEW_SHOT -> ApproachKind.FEW_SHOT;
            case Approaches.FINE_TUNED -> ApproachKind.FINE_TUNED;
            case Approaches.HYBRID -> ApproachKind.HYBRID;
            default -> ApproachKind.RAG;
        };
    }

    /** Each method's model once by itself, and the first that could be tuned in the hybrid. */
    private void tunedApproaches(ApproachMeasuring measuring, Approaches approaches) {
        boolean alone = request.strategies().contains(Approaches.FINE_TUNED);
        boolean hybrid = request.strategies().contains(Approaches.HYBRID);
        if (!alone && !hybrid) {
            return;
        }
        var models = request.adapter().isPresent()
                ? given(request.adapter().get())
                : alone || !readsRetrieved() ? tune(alone) : List.<Tuned>of();
        // Not by how many could be tuned: a comparison that goes on must find its runs by the same names.
        boolean single = request.adapter().isPresent() || request.methods().size() == 1;
        if (alone) {
            models.forEach(model -> measure(
                    measuring,
                    single
                            ? Approaches.FINE_TUNED
                            : Approaches.FINE_TUNED + "-"
                                    + model.method().map(Tunings::label).orElse("given"),
                    ApproachKind.FINE_TUNED,
                    Optional.of(model),
                    () -> approaches.withTuned(model.folder()).open(Approaches.FINE_TUNED)));
        }
        if (hybrid) {
            var ofHybrid = readsRetrieved()
                    ? retrievalAware(approaches)
                    : models.stream().findFirst();
            ofHybrid.filter(model -> !models.contains(model)).ifPresent(tuned::add);
            ofHybrid.ifPresent(model -> measure(
                    measuring,
                    Approaches.HYBRID,
                    ApproachKind.HYBRID,
                    Optional.of(model),
                    () -> approaches.withTuned(model.folder()).open(Approaches.HYBRID)));
        }
        tuned.addAll(models);
    }

    /** Whether the hybrid's model learns from examples of its own. */
    private boolean readsRetrieved() {
        return request.hybrid().retrievalAware()
                && request.hybrid().prompt().isPresent()
                && request.training().isPresent();
    }

    private Optional<Tuned> retrievalAware(Approaches approaches) {
        var name = "tuning for the hybrid";
        var model = attempt(name, () -> {
            var file = new RetrievalAwareExamples(
                            approaches.filledPrompt(request.hybrid().prompt().get()))
                    .write(request.training().get(), adapters(), progress);
            return tuned(
                    new Tunings(adapters(), request.base(), file),
                    request.methods().getFirst());
        });
        if (model.isEmpty()) {
            leftOut.add(new LeftOut(
                    Approaches.HYBRID,
                    leftOut.getLast().reason(),
                    Approaches.HYBRID + " is left out: there is no tuned model."));
        }
        return model;
    }

    private Path adapters() {
        return workspace.workspace().folder().resolve("adapters");
    }

    private List<Tuned> given(Path folder) {
        return attempt(Approaches.FINE_TUNED, () -> Optional.of(Tunings.of(folder, true))).stream()
                .toList();
    }

    private List<Tuned> tune(boolean alone) {
        if (request.training().isEmpty()) {
            wanted(alone)
                    .forEach(name -> leftOut.add(new LeftOut(
                            name,
                            Reason.NOT_POSSIBLE,
                            name + " is left out: there are no training examples. Put them into "
                                    + workspace.workspace().folder().resolve("training.jsonl")
                                    + ", name them with --training, or name a tuned model with --adapter.")));
            return List.of();
        }
        var tunings = new Tunings(adapters(), request.base(), request.training().get());
        var models = new ArrayList<Tuned>();
        // A hybrid alone needs the first method alone.
        for (var method : alone ? request.methods() : request.methods().subList(0, 1)) {
            var name = "tuning by " + Tunings.label(method);
            attempt(name, () -> tuned(tunings, method)).ifPresent(models::add);
        }
        if (models.isEmpty()) {
            wanted(alone)
                    .forEach(name -> leftOut.add(new LeftOut(
                            name, leftOut.getLast().reason(), name + " is left out: there is no tuned model.")));
        }
        return models;
    }

    private Stream<String> wanted(boolean alone) {
        return Stream.of(Approaches.FINE_TUNED, Approaches.HYBRID)
                .filter(name -> request.strategies().contains(name))
                .filter(name -> alone || name.equals(Approaches.HYBRID));
    }

    private Optional<Tuned> tuned(Tunings tunings, Method method) {
        var model = tunings.tuned(method, progress, remark, clock.next(SHARES_OF_TUNING));
        if (model.isEmpty()) {
            ended("tuning by " + Tunings.label(method), "has not come to its end");
        }
        return model;
    }

    private void measure(
            ApproachMeasuring measuring,
            String name,
            ApproachKind kind,
            Optional<Tuned> model,
            Supplier<Strategy> opening) {
        var stop = clock.next(1);
        if (stop.getAsBoolean()) {
            ended(name, "was not measured");
            return;
        }
        attempt(name, () -> {
                    try (var strategy = opening.get()) {
                        return Optional.of(measuring.measure(name, kind, model, strategy, progress, stop));
                    }
                })
                .ifPresent(run -> {
                    runs.add(run);
                    int all = request.testSet().cases().size();
                    if (run.examples().size() < all) {
                        ended(name, "was asked " + run.examples().size() + " of " + all + " questions");
                    }
                });
    }

    /** What fails is told and kept apart. */
    private <T> Optional<T> attempt(String name, Supplier<Optional<T>> work) {
        try {
            return work.get();
        } catch (MendableException e) {
            leftOut.add(new LeftOut(name, Reason.FAILED, name + " failed: " + e.getMessage()));
            return Optional.empty();
        }
    }

    private void ended(String name, String how) {
        boolean stopped = clock.cancelled();
        leftOut.add(new LeftOut(
                name,
                stopped ? Reason.STOPPED : Reason.BUDGET,
                name + " " + how + (stopped ? ": it was stopped." : ": the budget was used up.")));
    }

    private Optional<FreshFact> freshFact(Approaches approaches) {
        boolean reads =
                runs.stream().anyMatch(run -> run.kind() == ApproachKind.RAG || run.kind() == ApproachKind.HYBRID);
        if (!request.freshFact() || !reads) {
            return Optional.empty();
        }
        if (clock.cancelled() || clock.usedUp()) {
            ended("fresh fact", "was not tried");
            return Optional.empty();
        }
        try {
            return Optional.of(new FreshFactTrial(workspace, approaches, inOrder()).run(progress, clock::cancelled));
        } catch (MendableException e) {
            leftOut.add(new LeftOut("fresh fact", Reason.NOT_POSSIBLE, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** As they were asked for, and not as they were measured. */
    private List<ApproachRun> inOrder() {
        return request.strategies().stream()
                .flatMap(name -> runs.stream().filter(run -> run.kind() == kind(name)))
                .toList();
    }
}
