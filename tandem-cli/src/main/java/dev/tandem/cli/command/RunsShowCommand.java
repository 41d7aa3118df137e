package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.RunGateText;
import dev.tandem.cli.report.RunShowText;
import dev.tandem.cli.report.RunText;
import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.evaluation.store.RunIds;
import dev.tandem.evaluation.store.RunStore;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem runs show}. */
@Command(
        name = "show",
        description = "Show how a run was configured, what it measured, and which questions failed or went worst.",
        footer = {
            "",
            "Examples:",
            "  tandem runs show last -w my-kb",
            "  tandem runs show k3f9q2 --examples --json -w my-kb",
            "  tandem runs show last --report run.html -w my-kb"
        })
public final class RunsShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Parameters(paramLabel = "ID", description = "The run, as `tandem runs` says.")
    private String id = "";

    @Option(names = "--examples", description = "Show every question with its answer and metrics.")
    private boolean examples;

    @Mixin
    private final GateOptions gate = new GateOptions();

    public RunsShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var found = workspace.find();
        var store = RunStore.openExisting(found.runsPlace());
        var run = RunIds.find(store, id);
        var results = store.examples(run.id());
        var verdict = gate.outputs(found.folder()).of(run, results, gate.baseline(found), terminal::remark);
        if (common.json) {
            var json = new LinkedHashMap<>(RunText.json(run, results, examples));
            verdict.ifPresent(each -> json.put("gate", RunGateText.json(each)));
            terminal.out().println(Json.pretty(json));
        } else {
            terminal.out().println(RunShowText.of(run, results, examples, terminal));
            verdict.ifPresent(each -> terminal.out().println("\n" + RunGateText.of(each, terminal)));
            gate.report().ifPresent(file -> terminal.out().println("\nThe run to look at: " + file));
        }
        return verdict.map(GateOutcome::passed).orElse(true) ? 0 : Failure.MENDABLE;
    }
}
