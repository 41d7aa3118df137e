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
import dev.tandem.workspace.strategy.Approaches;
import dev.tandem.workspace.strategy.HybridOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is compared, and what the winner has to keep. */
final class CompareOptions {
    @Mixin
    private ApproachOptions approaches = new ApproachOptions();

    @Option(
            names = "--test-set",
            paramLabel = "FILE",
            description = "The questions; the workspace's testset.jsonl unless given.")
    private @Nullable Path testSet;

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
            names = "--retrieval-aware",
            description = "Tune the hybrid's model on the examples with what is retrieved for each in --hybrid-prompt.")
    private boolean retrievalAware;

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
        options.approaches = ApproachOptions.with(tuned);
        return options.request(workspace);
    }

    /** All of it, with what the workspace has for what was not given. */
    ComparisonRequest request(Workspace workspace) {
        strategies.stream()
                .filter(name -> !Approaches.ALL.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new MendableException("There is no approach '" + name + "': --strategies takes "
                            + String.join(", ", Approaches.ALL) + ".");
                });
        var models = approaches.models(workspace);
        return new ComparisonRequest(
                RunTrial.testSet(workspace, Optional.ofNullable(testSet)),
                models.training(),
                models.base(),
                models.tuned(),
                methods.stream().distinct().toList(),
                strategies.stream().distinct().toList(),
                models.shots(),
                hybrid(models.hybrid(), models.tuned().isPresent()),
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

    private HybridOptions hybrid(HybridOptions given, boolean tuned) {
        if (given.prompt().isEmpty() && retrievalAware) {
            throw new MendableException(
                    "--retrieval-aware is for a hybrid with a prompt of its own: name one with" + " --hybrid-prompt.");
        }
        if (retrievalAware && tuned) {
            throw new MendableException(
                    "--retrieval-aware tunes a model for the hybrid, and --adapter names one that is"
                            + " tuned: leave one of them out.");
        }
        return new HybridOptions(given.prompt(), given.candidates(), retrievalAware);
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
