package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.TrailText;
import dev.tandem.foundation.MendableException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem trail show}: the newest records, and the anchor. */
@Command(
        name = "show",
        description = {
            "Show what was asked and answered, the newest last, and the trail's anchor.",
            "Keep the anchor elsewhere: whoever has it can prove later that nothing before it was changed or cut off."
        },
        footer = {
            "",
            "Examples:",
            "  tandem trail show -w my-kb --last 20",
            "  tandem trail show -w my-kb --who anna --json"
        })
public final class TrailShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Option(names = "--last", paramLabel = "COUNT", description = "How many records; 10 unless given.")
    private int last = 10;

    @Option(names = "--who", paramLabel = "NAME", description = "Only what this person asked.")
    private @Nullable String who;

    public TrailShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (last < 1) {
            throw new MendableException("--last must be at least 1, not " + last + ".");
        }
        var trail = workspace.find().trail();
        var chosen = trail.records().stream()
                .filter(record -> who == null
                        || record.entry()
                                .filter(entry -> entry.who().equals(who))
                                .isPresent())
                .toList();
        var shown = chosen.subList(Math.max(0, chosen.size() - last), chosen.size());
        var anchor = trail.anchor();
        terminal.out()
                .println(
                        common.json
                                ? Json.pretty(TrailText.json(shown, anchor))
                                : TrailText.of(shown, anchor, terminal));
        return 0;
    }
}
