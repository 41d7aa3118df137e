package dev.tandem.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem testset}: the questions that everything is measured on. */
@Command(
        name = "testset",
        description = "Make a test set from the workspace's documents, review it, and find what is wrong with it.",
        subcommands = {
            TestSetDraftCommand.class,
            TestSetReviewCommand.class,
            TestSetAcceptCommand.class,
            TestSetDropCommand.class,
            TestSetCheckCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  tandem testset draft -w my-kb --n 100",
            "  tandem testset review -w my-kb",
            "  tandem testset check -w my-kb --training train.jsonl --report check.html"
        })
public final class TestSetCommand implements Callable<Integer> {
    @Mixin
    private final GroupOptions group = new GroupOptions();

    @Override
    public Integer call() {
        throw group.nothingSaid();
    }
}
