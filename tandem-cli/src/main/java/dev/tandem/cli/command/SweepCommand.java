package dev.tandem.cli.command;

import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.SweepText;
import dev.tandem.evaluation.sweep.SweepResult;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.page.Page;
import dev.tandem.tuning.search.Budget;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.SettingsEdit;
import dev.tandem.workspace.settings.SettingsEdit.Change;
import dev.tandem.workspace.sweep.Sweep;
import dev.tandem.workspace.sweep.SweepRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem sweep}: the retrieval configuration that suits a team's own questions. */
@Command(
        name = "sweep",
        description = {
            "Search chunk size, overlap, fusion and re-ranking on the workspace's test set.",
            "The best is chosen on one half of the questions and measured on the other; --apply writes it only if it is"
                    + " surely better there."
        },
        footer = {
            "",
            "Examples:",
            "  tandem sweep -w shop --chunk-size 200,400,800 --overlap 0,10% --reranker on,off",
            "  tandem sweep -w shop --chunk-size 128,256 --fusion balanced,light --budget 20m --report sweep.html",
            "  tandem sweep -w shop --chunk-size 200,400 --apply"
        })
public final class SweepCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Mixin
    private final TestSetOption testSet = new TestSetOption();

    @Mixin
    private final SweepSpace space = new SweepSpace();

    @Option(names = "--metric", paramLabel = "NAME", description = "What is best; ndcg@10 unless given.")
    private String metric = "ndcg@10";

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            converter = TuneCommand.Time.class,
            description = "How long it may take, as 20m or 1h30m; what does not fit is left out and told.")
    private @Nullable Budget budget;

    @Option(names = "--seed", paramLabel = "N", description = "Divides the questions; 1 unless given.")
    private long seed = 1;

    @Option(names = "--apply", description = "Put the best into tandem.yaml if it is surely better.")
    private boolean apply;

    @Option(names = "--force", description = "Let --apply rest on fewer than 20 questions.")
    private boolean force;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write the results as an HTML page.")
    private @Nullable Path report;

    public SweepCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Sweep.measure(metric);
        var found = workspace.find();
        var questions = TestSet.read(testSet.existing(found));
        try (var interrupt = Interrupt.watch();
                var open = new OpenWorkspace(found)) {
            var configurations =
                    space.configurations(Sweep.present(found), open.encoder().maxTokens(), terminal::remark);
            var request = new SweepRequest(
                    configurations,
                    questions,
                    metric,
                    Optional.ofNullable(budget).map(Budget::time),
                    seed);
            var result = new Sweep(open, request, new TerminalProgress(terminal), interrupt::asked).run();
            // Whoever stops a sweep has not seen what would be written.
            boolean written = apply && !interrupt.asked() && applied(found, result);
            if (report != null) {
                Page.write(report, SweepText.page(result));
            }
            terminal.out()
                    .println(
                            common.json
                                    ? Json.pretty(SweepText.json(result, written))
                                    : SweepText.of(result, apply, written, terminal));
            return 0;
        }
    }

    private boolean applied(Workspace found, SweepResult result) {
        if (!result.surelyBetter() || !result.enough() && !force) {
            return false;
        }
        var chosen = result.chosen();
        SettingsEdit.setAll(
                found.folder().resolve(Workspace.SETTINGS_FILE),
                List.of(
                        new Change("passages", "tokens", Integer.toString(chosen.tokens())),
                        new Change("passages", "overlap", Integer.toString(chosen.overlap())),
                        new Change("retrieval", "fusion", chosen.fusion().key())),
                settings -> settings.passages().tokens() == chosen.tokens()
                        && settings.passages().overlap() == chosen.overlap()
                        && settings.retrieval().fusion() == chosen.fusion());
        return true;
    }
}
