package dev.tandem.cli.command;

import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.TestSetText;
import dev.tandem.evaluation.testset.TestSetFile;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.testset.Drafting;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem testset draft}: questions made from the documents. */
@Command(
        name = "draft",
        description = {
            "Draft questions from the indexed documents and add them to the test set, to be reviewed by a person.",
            "Needs no language model; English documents only. Answers stand in the documents word for word.",
            "Near-duplicates of each other and of what the test set has are left out. docs/testset.md names the rules."
        },
        footer = {
            "",
            "Examples:",
            "  tandem testset draft -w my-kb --n 100",
            "  tandem testset draft -w my-kb --n 50 --with-model --out drafts.jsonl"
        })
public final class TestSetDraftCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Option(names = "--n", paramLabel = "N", description = "How many questions to draft (${DEFAULT-VALUE}).")
    private int count = 100;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where they are added; without it, testset.jsonl in the workspace.")
    private @Nullable Path out;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Another seed chooses other questions (${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--with-model", description = "Let the workspace's language model write the questions.")
    private boolean withModel;

    public TestSetDraftCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var found = workspace.find();
        var file = new TestSetFile(out == null ? found.folder().resolve(TestSetOption.DEFAULT) : out);
        try (var interrupt = Interrupt.watch();
                var open = new OpenWorkspace(found)) {
            var report = new Drafting(file, count, seed, withModel, interrupt::asked)
                    .run(open, new TerminalProgress(terminal));
            terminal.out().println(common.json ? Json.pretty(TestSetText.json(report)) : TestSetText.of(report, count));
            return interrupt.asked() ? 130 : 0;
        }
    }
}
