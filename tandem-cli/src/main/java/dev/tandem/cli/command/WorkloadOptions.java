package dev.tandem.cli.command;

import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.cost.PriceName;
import dev.tandem.evaluation.cost.TuningMethod;
import dev.tandem.evaluation.cost.Workload;
import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.training.RunHistory;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.WorkspaceStatus;
import dev.tandem.workspace.settings.EmbeddingSettings;
import dev.tandem.workspace.settings.WorkspaceSettings;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is known of the work that costs are counted for: by flags, by a workspace, by a finished training. */
final class WorkloadOptions {
    private static final double GIGABYTE = 1e9;

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Option(
            names = "--tokens-per-query",
            paramLabel = "X",
            description = "Tokens that the model reads and writes for an answer, as measured.")
    private @Nullable Double tokensPerQuery;

    @Option(names = "--documents", paramLabel = "N", description = "Documents in the index.")
    private @Nullable Long documents;

    @Option(names = "--storage-gb", paramLabel = "X", description = "Gigabytes that the index takes.")
    private @Nullable Double gigabytes;

    @Option(names = "--training-seconds", paramLabel = "X", description = "How long one training took.")
    private @Nullable Double trainingSeconds;

    @Option(
            names = "--run",
            paramLabel = "FOLDER",
            description = "What `tandem tune --out` made: its training time and method are taken.")
    private @Nullable Path run;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description = "What --training-seconds was measured of: lora (unless given), qlora, prompt or full.")
    private @Nullable TuningMethod method;

    @Option(
            names = "--hardware-price",
            paramLabel = "X",
            description = "An hour of the machine that trains; as the price book says unless given.")
    private @Nullable Double hardwarePrice;

    @Option(
            names = "--trainings",
            paramLabel = "N",
            description = "Trainings until an adapter is good enough; as the price book says unless given.")
    private @Nullable Long trainings;

    /** Flags first, then what workspace and run tell. */
    Workload workload(Terminal terminal) {
        var counted = workspace.given() ? Optional.of(counted(terminal)) : Optional.<Counted>empty();
        var history = Optional.ofNullable(run).map(RunHistory::of);
        var seconds = optional(trainingSeconds);
        if (history.isPresent() && seconds.isEmpty()) {
            seconds = history.get().number("seconds");
            if (seconds.isEmpty()) {
                throw new MendableException(
                        "The run in " + run + " has no training time, since it did not come to an end:"
                                + " go on with `tandem tune --resume " + run + "`.");
            }
        }
        return new Workload(
                optional(tokensPerQuery),
                documents != null
                        ? OptionalLong.of(documents)
                        : counted.map(Counted::documents).orElse(OptionalLong.empty()),
                gigabytes != null
                        ? OptionalDouble.of(gigabytes)
                        : counted.map(Counted::gigabytes).orElse(OptionalDouble.empty()),
                seconds,
                optional(hardwarePrice),
                method != null ? Optional.of(method) : history.map(WorkloadOptions::method),
                trainings != null ? OptionalLong.of(trainings) : OptionalLong.empty(),
                counted.map(Counted::inProcess).orElse(Set.of()));
    }

    private static TuningMethod method(RunHistory history) {
        return TuningMethod.valueOf(history.job().settings().method().name());
    }

    /** What a workspace tells. */
    private record Counted(OptionalLong documents, OptionalDouble gigabytes, Set<PriceName> inProcess) {}

    private Counted counted(Terminal terminal) {
        var found = workspace.find();
        try (var open = new OpenWorkspace(found)) {
            var status = open.status();
            if (status.isNew()) {
                terminal.remark("The workspace " + found.folder()
                        + " has no documents yet: those of the price book are assumed (`tandem ingest` changes that).");
                return new Counted(OptionalLong.empty(), OptionalDouble.empty(), inProcess(found.settings()));
            }
            terminal.remark(counts(status));
            return new Counted(
                    OptionalLong.of(status.documents()),
                    OptionalDouble.of(status.size().bytes() / GIGABYTE),
                    inProcess(found.settings()));
        }
    }

    private static String counts(WorkspaceStatus status) {
        return String.format(
                java.util.Locale.ROOT,
                "Counted in %s: %,d documents, %,d passages, %s of index.",
                status.folder(),
                status.documents(),
                status.passages(),
                status.size());
    }

    /** The index always is; a flag for the tokens of a query says that a model service is paid all the same. */
    private Set<PriceName> inProcess(WorkspaceSettings settings) {
        var inProcess = EnumSet.of(PriceName.VECTOR_DATABASE);
        if (settings.embedding().provider() == EmbeddingSettings.Provider.EMBEDDED) {
            inProcess.add(PriceName.EMBEDDING_QUESTIONS);
        }
        if (!settings.model().provider().isPaidByToken() && tokensPerQuery == null) {
            inProcess.add(PriceName.MODEL_TOKENS);
        }
        return inProcess;
    }

    private static OptionalDouble optional(@Nullable Double number) {
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
}
