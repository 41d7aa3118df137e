package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.testset.TestSetFile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem testset drop}. */
@Command(
        name = "drop",
        description = "Take questions out of the test set.",
        footer = {"", "Examples:", "  tandem testset drop -w my-kb d-0a1b2c3d4e", "  tandem testset drop -w my-kb --all"
        })
public final class TestSetDropCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Mixin
    private final TestSetOption testSet = new TestSetOption();

    @Mixin
    private final ChosenQuestions questions = new ChosenQuestions();

    public TestSetDropCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var file = new TestSetFile(testSet.existing(workspace.find()));
        var chosen = questions.of(file);
        file.drop(chosen);
        terminal.out()
                .println(
                        common.json
                                ? Json.pretty(Json.object("file", file.path(), "dropped", List.copyOf(chosen)))
                                : "Dropped " + chosen.size() + " questions of " + file.path() + ".");
        return 0;
    }
}
