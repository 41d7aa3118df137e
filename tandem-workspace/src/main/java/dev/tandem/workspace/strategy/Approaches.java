package dev.tandem.workspace.strategy;

import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.training.FileHash;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ModelSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The approaches between which a team decides, over one workspace: the untouched model, the same with examples, retrieval, a tuned
 * model, and retrieval with a tuned model. The workspace stays the caller's; training prompts are encoded once for all that need
 * them. For one thread.
 *
 * <p>A hybrid goes one of three ways, which its configuration names under {@code hybrid}:
 *
 * <ul>
 *   <li>{@code grounded}, where tandem.yaml names a model of this process, which reads passages: retrieved passages in the prompt, and
 *       the adapter on the model;
 *   <li>{@code routed}, everywhere else, as with the embedded defaults: the tuned model answers prompts of the kind that it was tuned on, the
 *       documents answer the rest; see {@link TrainingPrompts#isOfTheirKind};
 *   <li>{@code prompted}, with a prompt of the user's own: what was retrieved is put into it and the tuned model answers.
 * </ul>
 */
public final class Approaches {
    public static final String BASE = "base";
    public static final String FEW_SHOT = "few-shot";
    public static final String RAG = RagStrategy.NAME;
    public static final String FINE_TUNED = "fine-tuned";
    public static final String HYBRID = "hybrid";

    /** In the order in which they are shown. */
    public static final List<String> ALL = List.of(BASE, FEW_SHOT, RAG, FINE_TUNED, HYBRID);

    private final OpenWorkspace workspace;
    private final StrategyModels models;
    private Optional<TrainingPrompts> prompts;

    public Approaches(OpenWorkspace workspace, StrategyModels models) {
        this(workspace, models, Optional.empty());
    }

    private Approaches(OpenWorkspace workspace, StrategyModels models, Optional<TrainingPrompts> prompts) {
        this.workspace = workspace;
        this.models = models;
        this.prompts = prompts;
    }

    /** The same with what a tuning made. */
    public Approaches withTuned(Path folder) {
        return new Approaches(workspace, models.withTuned(folder), prompts);
    }

    /** The same over another workspace with the same embedding model. */
    public Approaches over(OpenWorkspace other) {
        return new Approaches(other, models, prompts);
    }

    /** Whether an approach needs a tuned model. */
    public static boolean isTuned(String name) {
        return name.equals(FINE_TUNED) || name.equals(HYBRID);
    }

    /**
     * Puts an approach together; it is the caller's to close, before the workspace.
     *
     * @throws MendableException if there is none of this name, or what it needs is missing
     */
    public Strategy open(String name) {
        return switch (name) {
            case BASE -> new ModelStrategy(BASE, model(Optional.empty()), Optional.empty());
            case FEW_SHOT -> fewShot();
            case RagStrategy.NAME -> documents();
            case FINE_TUNED -> new ModelStrategy(FINE_TUNED, model(Optional.of(tuned())), system());
            case HYBRID -> hybrid();
            default ->
                throw new MendableException("There is no approach '" + name + "': use " + String.join(", ", ALL) + ".");
        };
    }

    private Strategy fewShot() {
        var examples = prompts();
        return new FewShotStrategy(model(Optional.empty()), examples, models.shots(), trainingHash());
    }

    private Strategy hybrid() {
        var settings = model();
        if (models.hybrid().prompt().isPresent()) {
            return new PromptedHybrid(
                    filledPrompt(models.hybrid().prompt().get()),
                    Configuration.ofRetrieval(workspace),
                    model(Optional.of(tuned())),
                    system(),
                    models.hybrid().candidates() == 1
                            ? Optional.empty()
                            : Optional.of(new FactChoice(
                                    ProductSheets.check(workspace.index()),
                                    models.hybrid().candidates())));
        }
        if (settings.provider() == ModelSettings.Provider.IN_PROCESS) {
            boolean adapter = LocalModel.isAdapter(tuned());
            var folder = Optional.of(tuned().toAbsolutePath().toString());
            return GroundedStrategy.open(
                    HYBRID,
                    with(settings.withModel(adapter ? settings.name() : folder, adapter ? folder : Optional.empty())));
        }
        var examples = prompts();
        var documents = documents();
        try {
            return new RoutedHybrid(examples, trainingHash(), open(FINE_TUNED), documents);
        } catch (RuntimeException | Error e) {
            documents.close();
            throw e;
        }
    }

    /** The hybrid's prompt with what this workspace has for it. */
    public FilledPrompt filledPrompt(Path template) {
        return new FilledPrompt(
                workspace.retriever(),
                workspace.workspace().settings().answer().passages(),
                HybridPrompt.read(template));
    }

    /** Retrieval with the untouched model, even where tandem.yaml puts an adapter on it. */
    private Strategy documents() {
        var settings = model();
        return settings.adapter().isPresent()
                ? GroundedStrategy.open(RAG, with(settings.withModel(settings.name(), Optional.empty())))
                : new RagStrategy(workspace);
    }

    private OpenWorkspace with(ModelSettings other) {
        var known = workspace.workspace();
        return new OpenWorkspace(new Workspace(known.folder(), known.settings().withModel(other)));
    }

    private ModelSettings model() {
        return workspace.workspace().settings().model();
    }

    private LocalModel model(Optional<Path> tuned) {
        return LocalModel.open(models.base(), tuned, model());
    }

    private Path tuned() {
        return models.tuned()
                .orElseThrow(() -> new MendableException("There is no tuned model: name one with --adapter, or examples"
                        + " to tune on with --training."));
    }

    private Optional<String> system() {
        return models.training().flatMap(file -> prompts().system());
    }

    private TrainingPrompts prompts() {
        if (prompts.isEmpty()) {
            prompts = Optional.of(TrainingPrompts.read(training(), workspace.encoder()));
        }
        return prompts.get();
    }

    private Path training() {
        return models.training()
                .orElseThrow(() -> new MendableException("There are no training examples: name them with --training."));
    }

    private String trainingHash() {
        return FileHash.of(training());
    }
}
