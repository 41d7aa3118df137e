package dev.tandem.cli.command;

import dev.tandem.cli.evaluate.RunTrial;
import dev.tandem.evaluation.compare.Constraints;
import dev.tandem.evaluation.compare.Constraints.Margins;
import dev.tandem.evaluation.cost.PriceBook;
import dev.tandem.evaluation.run.EvaluationSettings;
import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.search.Budget;
import dev.tandem.tuning.training.TuningSettings.Method;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.compare.ComparisonRequest;
import dev.tandem.workspace.settings.ModelSettings;
import dev.tandem.workspace.strategy.Approaches;
import dev.tandem.workspace.strategy.HybridOptions;
import dev.tandem.workspace.strategy.StrategyModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is compared, and what the winner has to keep. */
final class CompareOptions {
    private static final int MOST_SHOTS = 50;
    private static final int MOST_CANDIDATES = 100;

    @Option(
            names = "--test-set",
            paramLabel = "FILE",
            description = "The questions; the workspace's testset.jsonl unless given.")
    private @Nullable Path testSet;

    @Option(
            names = "--training",
            paramLabel = "FILE",
            description = "Examples to tune on; the workspace's training.jsonl unless given.")
    private @Nullable Path training;

    @Option(
            names = "--base",
            paramLabel = "FOLDER",
            description = "The language model; the one of tandem.yaml unless given, else the starter.")
    private @Nullable Path base;

    @Option(
            names = "--adapter",
            paramLabel = "FOLDER",
            description = "What `tandem tune --out` made; then nothing is tuned.")
    private @Nullable Path adapter;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            split = ",",
            description = "Ways to tune: lora (unless given), qlora, prompt, full; each is an approach of its own.")
    private List<Method> methods = new ArrayList<>(List.of(Method.LORA));

    @Option(
            names = "--strategies",
            paramLabel = "NAME",
            split = ",",
            description = "What is compared; base, few-shot, rag, fine-tuned and hybrid unless given.")
    private List<String> strategies = new ArrayList<>(Approaches.ALL);

    @Option(
            names = "--shots",
            paramLabel = "N",
            description = "Training examples that few-shot shows (${DEFAULT-VALUE}).")
    private int shots = StrategyModels.DEFAULT_SHOTS;

    @Option(
            names = "--hybrid-prompt",
            paramLabel = "FILE",
            description = "A prompt with {question} and {passages} or {attributes} for the hybrid's tuned model.")
    private @Nullable Path hybridPrompt;

    @Option(
            names = "--retrieval-aware",
            description = "Tune the hybrid's model on the examples with what is retrieved for each in --hybrid-prompt.")
    private boolean retrievalAware;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            description =
                    "Where the hybrid's answer does not say the retrieved attributes, draw up to N - 1 more and take the one"
                            + " that says them best (${DEFAULT-VALUE}: the first answer).")
    private int candidates = 1;

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            converter = TuneCommand.Time.class,
            description = "How long it may take, as 20m or 1h30m; what does not fit is left out and told.")
    private @Nullable Budget budget;

    @Option(
            names = "--max-latency-ms",
            paramLabel = "X",
            description = "The winner gives 95 of 100 answers within this time.")
    private @Nullable Double maxLatency;

    @Option(names = "--monthly-budget", paramLabel = "X", description = "The winner costs no more a month.")
    private @Nullable Double monthlyBudget;

    @Option(names = "--set-up-budget", paramLabel = "X", description = "The winner costs no more to set up.")
    private @Nullable Double setUpBudget;

    @Option(
            names = "--min-attribution",
            paramLabel = "X",
            description = "Share of the winner's answers that name a source, from 0 to 1.")
    private @Nullable Double minAttribution;

    @Option(names = "--queries", paramLabel = "N", description = "Queries a month, for costs (10000).")
    private @Nullable Long queries;

    @Option(names = "--price-book", paramLabel = "FILE", description = "Your own prices; see tandem cost.")
    private @Nullable Path priceBook;

    @Option(
            names = "--fresh-fact",
            negatable = true,
            fallbackValue = "true",
            defaultValue = "true",
            description = "Change a fact in a copy of the documents and see who knows it, and when (on).")
    private boolean freshFact = true;

    @Option(names = "--allow-leakage", description = "Go on even if the training examples give questions away.")
    private boolean allowLeakage;

    @Option(names = "--new", description = "Measure anew what was measured before.")
    private boolean anew;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the order of questions and of the draws behind the intervals (${DEFAULT-VALUE}).")
    private long seed = EvaluationSettings.DEFAULT.seed();

    /** The defaults, with a model that was tuned before. */
    static ComparisonRequest ofDemo(Workspace workspace, Path tuned) {
        var options = new CompareOptions();
        options.adapter = tuned;
        return options.request(workspace);
    }

    /** All of it, with what the workspace has for what was not given. */
    ComparisonRequest request(Workspace workspace) {
        if (shots < 1 || shots > MOST_SHOTS) {
            throw new MendableException("--shots must be from 1 to " + MOST_SHOTS + ", not " + shots + ".");
        }
        strategies.stream()
                .filter(name -> !Approaches.ALL.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new MendableException("There is no approach '" + name + "': --strategies takes "
                            + String.join(", ", Approaches.ALL) + ".");
                });
        return new ComparisonRequest(
                RunTrial.testSet(workspace, Optional.ofNullable(testSet)),
                training(workspace),
                base(workspace),
                Optional.ofNullable(adapter),
                methods.stream().distinct().toList(),
                strategies.stream().distinct().toList(),
                shots,
                hybrid(),
                Optional.ofNullable(budget).map(Budget::time),
                constraints(),
                priceBook == null ? PriceBook.shipped() : PriceBook.read(priceBook),
                queries == null ? OptionalLong.empty() : OptionalLong.of(queries),
                allowLeakage,
                freshFact,
                anew,
                seed,
                VersionCommand.tandem());
    }

    private HybridOptions hybrid() {
        if (candidates < 1 || candidates > MOST_CANDIDATES) {
            throw new MendableException(
                    "--candidates must be from 1 to " + MOST_CANDIDATES + ", not " + candidates + ".");
        }
        if (hybridPrompt == null && (retrievalAware || candidates > 1)) {
            throw new MendableException((retrievalAware ? "--retrieval-aware" : "--candidates")
                    + " is for a hybrid with a prompt of its own: name one with --hybrid-prompt.");
        }
        if (retrievalAware && adapter != null) {
            throw new MendableException(
                    "--retrieval-aware tunes a model for the hybrid, and --adapter names one that is"
                            + " tuned: leave one of them out.");
        }
        return new HybridOptions(Optional.ofNullable(hybridPrompt), candidates, retrievalAware);
    }

    private Optional<Path> training(Workspace workspace) {
        if (training != null) {
            if (!Files.isRegularFile(training)) {
                throw new MendableException("There is no file " + training + ": name the examples to tune on.");
            }
            return Optional.of(training);
        }
        return Optional.of(workspace.folder().resolve("training.jsonl")).filter(Files::isRegularFile);
    }

    /** Everything that is compared stands on one model, so there cannot be two. */
    private Path base(Workspace workspace) {
        var model = workspace.settings().model();
        if (model.provider() == ModelSettings.Provider.IN_PROCESS
                && model.name().isPresent()) {
            if (base != null) {
                throw new MendableException(
                        "tandem.yaml names the model " + model.name().get()
                                + " already, which retrieval answers with: leave --base out, or change model.name.");
            }
            return workspace.resolve(model.name().get());
        }
        return base == null ? ModelFolder.starter() : ModelFolder.of(base);
    }

    private Constraints constraints() {
        return new Constraints(
                checked("--max-latency-ms", maxLatency, Double.MAX_VALUE),
                checked("--monthly-budget", monthlyBudget, Double.MAX_VALUE),
                checked("--set-up-budget", setUpBudget, Double.MAX_VALUE),
                checked("--min-attribution", minAttribution, 1),
                Margins.DEFAULT);
    }

    private static Optional<Double> checked(String option, @Nullable Double value, double most) {
        if (value != null && !(value >= 0 && value <= most)) {
            throw new MendableException(
                    option + " must be " + (most == 1 ? "from 0 to 1" : "0 or more") + ", not " + value + ".");
        }
        return Optional.ofNullable(value);
    }
}
