package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.foundation.MendableException;
import dev.tandem.stores.StoreProvider;
import dev.tandem.stores.migration.StoreComparison;
import dev.tandem.stores.migration.StoreMigration;
import dev.tandem.workspace.ConfiguredStore;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem store migrate}: the index moved, without embedding anything again. */
@Command(
        name = "migrate",
        description = {
            "Copy the index from one store to another, vectors and all: nothing is embedded again.",
            "A move that was cut off goes on where it was. Afterwards both are compared: counts, passages to the last bit, and what they find. Servers are",
            "reached as `store` in tandem.yaml says; set store.provider to the new one once the move is done."
        },
        footer = {
            "",
            "Examples:",
            "  tandem store migrate --from lucene --to pgvector -w my-kb",
            "  tandem store migrate --from pgvector --to lucene -w my-kb --json"
        })
public final class StoreMigrateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Option(names = "--from", paramLabel = "STORE", required = true, description = "Where the index is.")
    private String from = "";

    @Option(names = "--to", paramLabel = "STORE", required = true, description = "Where it goes.")
    private String to = "";

    @Option(names = "--from-url", paramLabel = "URL", description = "Where the first store is, if not at store.url.")
    private @Nullable String fromUrl;

    @Option(names = "--to-url", paramLabel = "URL", description = "Where the second store is, if not at store.url.")
    private @Nullable String toUrl;

    @Option(names = "--replace", description = "Replace an index that another embedding model made.")
    private boolean replace;

    public StoreMigrateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var first = provider("--from", from);
        var second = provider("--to", to);
        if (first == second && fromUrl == null && toUrl == null) {
            throw new MendableException("--from and --to are the same store: name two.");
        }
        var place = workspace.find();
        var progress = new TerminalProgress(terminal);
        try (var source = ConfiguredStore.open(place, first, Optional.ofNullable(fromUrl));
                var target = ConfiguredStore.open(place, second, Optional.ofNullable(toUrl))) {
            var moved = new StoreMigration(source, target).run(replace, progress);
            var agreement = StoreComparison.of(source, target, progress);
            terminal.out().println(common.json ? Json.pretty(json(moved, agreement)) : text(second, moved, agreement));
            return agreement.holds() ? 0 : Failure.MENDABLE;
        }
    }

    private static StoreProvider provider(String option, String name) {
        return Arrays.stream(StoreProvider.values())
                .filter(provider -> provider.key().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new MendableException(option + " must be one of "
                        + Arrays.stream(StoreProvider.values())
                                .map(StoreProvider::key)
                                .collect(Collectors.joining(", "))
                        + ", not " + name + "."));
    }

    private String text(StoreProvider target, StoreMigration.Moved moved, StoreComparison.Agreement agreement) {
        var lines = "%,d documents, %,d passages in %s: %,d copied, %,d were there, %,d removed.%n"
                        .formatted(
                                moved.documents(),
                                moved.passages(),
                                target.key(),
                                moved.copied(),
                                moved.there(),
                                moved.removed())
                + "Compared: counts %s; %d of %d sampled passages stored alike; of the ten best, %.1f %% the same by words, %.1f %% by vector.%n"
                        .formatted(
                                agreement.sameCounts() ? "the same" : "differ",
                                agreement.sameStored(),
                                agreement.samples(),
                                100 * agreement.words(),
                                100 * agreement.vectors());
        return lines
                + (agreement.holds()
                        ? "Set `store: {provider: " + target.key() + "}` in tandem.yaml to use it."
                        : terminal.warning("They do not agree: run the same command again, or ingest with --rebuild."));
    }

    private Map<String, Object> json(StoreMigration.Moved moved, StoreComparison.Agreement agreement) {
        return Json.object(
                "from", from,
                "to", to,
                "documents", moved.documents(),
                "passages", moved.passages(),
                "copied", moved.copied(),
                "already_there", moved.there(),
                "removed", moved.removed(),
                "same_counts", agreement.sameCounts(),
                "sampled", agreement.samples(),
                "stored_alike", agreement.sameStored(),
                "words_agreement", Json.rounded(agreement.words()),
                "vectors_agreement", Json.rounded(agreement.vectors()),
                "verified", agreement.holds());
    }
}
