package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.workspace.OpenWorkspace;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem store test}: whether the configured store works. */
@Command(
        name = "test",
        description = {
            "Reach the store that the workspace names and read from it, and begin a write and give it up.",
            "What is wrong is said with what to do, and the exit code is 1."
        },
        footer = {"", "Example:", "  tandem store test -w my-kb"})
public final class StoreTestCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    public StoreTestCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var open = new OpenWorkspace(workspace.find())) {
            var provider = open.workspace().settings().store().provider();
            long began = System.nanoTime();
            int passages;
            try (var snapshot = open.index().snapshot()) {
                passages = snapshot.passageCount();
            }
            double reading = (System.nanoTime() - began) / 1e6;
            // Whoever may begin a write may make the tables and hold the lock.
            open.index().write().close();
            terminal.out()
                    .println(
                            common.json
                                    ? Json.pretty(Json.object(
                                            "provider",
                                            provider.key(),
                                            "works",
                                            true,
                                            "passages",
                                            passages,
                                            "milliseconds",
                                            Json.rounded(reading)))
                                    : "%s works: %,d passages, reached in %.0f ms, may be written."
                                            .formatted(provider.key(), passages, reading));
            return 0;
        }
    }
}
