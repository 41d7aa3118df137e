package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.testset.TestSetFile;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem testset accept}. */
@Command(
        name = "accept",
        description = "Accept questions, as a person who has read them with their answers.",
        footer = {
            "",
            "Examples:",
            "  tandem testset accept -w my-kb d-0a1b2c3d4e",
            "  tandem testset accept -w my-kb --all"
        })
public final class TestSetAcceptCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Mixin
    private final TestSetOption testSet = new TestSetOption();

    @Mixin
    private final ChosenQuestions questions = new ChosenQuestions();

    public TestSetAcceptCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var file = new TestSetFile(testSet.existing(workspace.find()));
        var chosen = questions.of(file);
        file.accept(chosen);
        terminal.out()
                .println(
                        common.json
                                ? Json.pretty(Json.object("file", file.path(), "accepted", List.copyOf(chosen)))
                                : "Accepted " + chosen.size() + " questions of " + file.path() + ".");
        return 0;
    }
}
