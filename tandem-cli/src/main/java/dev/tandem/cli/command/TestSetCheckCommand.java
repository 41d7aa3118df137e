package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.TestSetText;
import dev.tandem.foundation.page.Page;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.testset.TestSetCheck;
import dev.tandem.workspace.testset.TestSetPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem testset check}: what is wrong with a test set. */
@Command(
        name = "check",
        description = {
            "Look for what makes a test set say less than it seems to: questions asked twice, given away by training data,",
            "without their document or answer, unanswerable ones that are answered; what it covers, and what it can tell apart.",
            "Exit code 1 if something serious is found. Changes nothing."
        },
        footer = {
            "",
            "Examples:",
            "  tandem testset check -w my-kb",
            "  tandem testset check -w my-kb --training train.jsonl --report check.html"
        })
public final class TestSetCheckCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Mixin
    private final TestSetOption testSet = new TestSetOption();

    @Option(
            names = "--training",
            paramLabel = "FILE",
            description = "Training examples that may give nothing of the test set away; may be given often.")
    private List<Path> training = new ArrayList<>();

    @Option(names = "--report", paramLabel = "FILE", description = "Write a page to look at, in one HTML file.")
    private @Nullable Path report;

    public TestSetCheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var found = workspace.find();
        var check = new TestSetCheck(testSet.existing(found), training);
        try (var open = new OpenWorkspace(found)) {
            var result = check.run(open, new TerminalProgress(terminal));
            if (report != null) {
                Page.write(report, TestSetPage.of(result));
            }
            terminal.out().println(common.json ? Json.pretty(TestSetText.json(result)) : TestSetText.of(result));
            return result.serious() ? Failure.MENDABLE : 0;
        }
    }
}
