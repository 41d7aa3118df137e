package dev.tandem.cli.command;

import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.evaluate.DecliningTrial;
import dev.tandem.cli.report.DecliningText;
import dev.tandem.evaluation.declining.DecliningPage;
import dev.tandem.evaluation.testset.TestSet;
import dev.tandem.foundation.page.Page;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.SettingsEdit;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem evaluate declining}: how readily questions should be declined. */
@Command(
        name = "declining",
        description = {
            "Show what answer.strictness does on a test set: answerable questions answered, unanswerable ones declined.",
            "Another one is recommended only if leave-one-out says that it is better beyond chance. --write puts it into tandem.yaml."
        },
        footer = {
            "",
            "Examples:",
            "  tandem evaluate declining -w my-kb",
            "  tandem evaluate declining -w my-kb --write --report declining.html"
        })
public final class EvaluateDecliningCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Mixin
    private final TestSetOption testSet = new TestSetOption();

    @Option(names = "--write", description = "Put what is chosen into the workspace's tandem.yaml.")
    private boolean write;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the curve as a page to look at.")
    private @Nullable Path report;

    public EvaluateDecliningCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var found = workspace.find();
        var questions = TestSet.read(testSet.existing(found));
        try (var interrupt = Interrupt.watch()) {
            var curve = new DecliningTrial(new TerminalProgress(terminal)).run(found, questions, interrupt::asked);
            boolean whole = curve.questions().size() == questions.cases().size();
            boolean written = write && whole && curve.decided();
            if (written) {
                double best = curve.best().strictness();
                SettingsEdit.set(
                        found.folder().resolve(Workspace.SETTINGS_FILE),
                        "answer",
                        "strictness",
                        String.format(Locale.ROOT, "%.2f", best),
                        settings -> Math.abs(settings.answer().strictness() - best) < 1e-9);
            }
            if (report != null) {
                Page.write(report, new DecliningPage(curve, questions.file().toString()).html());
            }
            if (common.json) {
                terminal.out().println(Json.pretty(DecliningText.json(curve, written)));
            } else {
                terminal.out().println(DecliningText.of(curve, terminal));
                if (written) {
                    terminal.out().println("Written to " + found.folder().resolve(Workspace.SETTINGS_FILE) + ".");
                }
            }
            return whole ? 0 : 130;
        }
    }
}
