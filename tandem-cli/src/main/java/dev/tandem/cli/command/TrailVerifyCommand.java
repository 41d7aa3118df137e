package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.TrailText;
import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.trail.Anchor;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem trail verify}: whether the trail is as it was written. */
@Command(
        name = "verify",
        description = {
            "Look for anything in the audit trail that was changed, left out, put elsewhere or cut off.",
            "Ends with exit code 1 if there is any."
        },
        footer = {
            "",
            "Examples:",
            "  tandem trail verify -w my-kb",
            "  tandem trail verify -w my-kb --anchor 17:5f3a..."
        })
public final class TrailVerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Option(
            names = "--anchor",
            paramLabel = "ANCHOR",
            description = "An anchor that `tandem trail show` gave once and you kept; may be given several times.")
    private List<String> anchors = List.of();

    public TrailVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var kept = anchors.stream()
                .map(
                        text -> Anchor.parse(text)
                                .orElseThrow(
                                        () -> new MendableException(
                                                "--anchor " + text
                                                        + " is no anchor: give one as `tandem trail show` writes it, a number, a colon and 64 digits.")))
                .collect(Collectors.toSet());
        var found = workspace.find().trail().verify(kept);
        terminal.out().println(common.json ? Json.pretty(TrailText.json(found)) : TrailText.of(found, terminal));
        return found.sound() ? 0 : Failure.MENDABLE;
    }
}
