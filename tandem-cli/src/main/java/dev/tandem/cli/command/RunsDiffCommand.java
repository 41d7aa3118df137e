package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.RunDiffText;
import dev.tandem.evaluation.run.EvaluationSettings;
import dev.tandem.evaluation.run.RunComparison;
import dev.tandem.evaluation.store.RunIds;
import dev.tandem.evaluation.store.RunStore;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem runs diff}. */
@Command(
        name = "diff",
        description = {
            "Compare two runs question by question: metrics with the interval of their difference, what is configured",
            "differently, and which questions the second does better or worse. Questions count that both were asked."
        },
        footer = {
            "",
            "Examples:",
            "  tandem runs diff last~1 last -w my-kb",
            "  tandem runs diff baseline last --examples -w my-kb"
        })
public final class RunsDiffCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Parameters(index = "0", paramLabel = "FIRST", description = "The run to compare with.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "SECOND", description = "The run that may be better or worse.")
    private String second = "";

    @Option(names = "--examples", description = "Show every question that differs.")
    private boolean examples;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Of the draws behind the intervals (${DEFAULT-VALUE}).")
    private long seed = EvaluationSettings.DEFAULT.seed();

    public RunsDiffCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var store = RunStore.openExisting(workspace.find().runsPlace());
        var before = RunIds.find(store, first);
        var after = RunIds.find(store, second);
        var comparison = RunComparison.of(before, store.examples(before.id()), after, store.examples(after.id()), seed);
        terminal.out()
                .println(
                        common.json
                                ? Json.pretty(RunDiffText.json(comparison))
                                : RunDiffText.of(comparison, examples, terminal));
        return 0;
    }
}
