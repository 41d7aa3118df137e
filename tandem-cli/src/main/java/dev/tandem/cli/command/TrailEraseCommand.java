package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem trail erase}: one person's questions and answers are removed. */
@Command(
        name = "erase",
        description = {
            "Remove what a person asked and was answered from the audit trail, for good.",
            "That there was something, and when, stays; the trail verifies as before."
        },
        footer = {"", "Example:", "  tandem trail erase -w my-kb --who anna"})
public final class TrailEraseCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Option(
            names = "--who",
            paramLabel = "NAME",
            required = true,
            description = "Whose, as `tandem trail show` names them.")
    private String who = "";

    public TrailEraseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int erased = workspace.find().trail().erase(who);
        terminal.out()
                .println(
                        common.json
                                ? Json.pretty(Json.object("who", who, "erased", erased))
                                : erased == 0
                                        ? "The trail holds nothing of " + Terminal.printable(who) + "."
                                        : "Erased " + erased + " records of " + Terminal.printable(who)
                                                + ". That they were there stays in the chain.");
        return 0;
    }
}
