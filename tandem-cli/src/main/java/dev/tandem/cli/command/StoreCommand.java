package dev.tandem.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem store}: where the index is kept. */
@Command(
        name = "store",
        description = "Move the index between a folder and servers, and try whether its server works (docs/stores.md).",
        subcommands = {StoreMigrateCommand.class, StoreTestCommand.class},
        footer = {
            "",
            "Examples:",
            "  tandem store test -w my-kb",
            "  tandem store migrate --from lucene --to pgvector -w my-kb"
        })
public final class StoreCommand implements Callable<Integer> {
    @Mixin
    private final GroupOptions group = new GroupOptions();

    @Override
    public Integer call() {
        throw group.nothingSaid();
    }
}
