package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.CompareJson;
import dev.tandem.cli.report.CompareText;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.compare.Comparison;
import dev.tandem.workspace.compare.ComparisonPage;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem compare}: every approach on one test set, and a verdict. */
@Command(
        name = "compare",
        description = {
            "Measure the untouched model, the same with examples, retrieval, fine-tuning, and both, on one test set, and decide.",
            "What has to be tuned is tuned first. Each answer is kept as soon as it is there: the same command goes on with a",
            "comparison that was stopped, and does not measure again what is measured. docs/decision.md tells how it decides."
        },
        footer = {
            "",
            "Examples:",
            "  tandem compare -w shop",
            "  tandem compare -w shop --budget 20m --report report.html",
            "  tandem compare -w shop --strategies rag,hybrid --adapter adapters/voice --max-latency-ms 800 --json",
            "  tandem compare -w shop --base models/Qwen2.5-0.5B-Instruct --method lora,prompt",
            "",
            "Ends with 1 if an approach could not be measured; the others are."
        })
public final class CompareCommand implements Callable<Integer> {
    /** As shells give it to what Ctrl-C ended. */
    private static final int CANCELLED = 130;

    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Mixin
    private final CompareOptions options = new CompareOptions();

    @Option(names = "--report", paramLabel = "FILE", description = "Write a page to look at, in one HTML file.")
    private @Nullable Path report;

    public CompareCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return run(workspace.find());
    }

    private int run(Workspace found) {
        var request = options.request(found);
        try (var interrupt = Interrupt.watch();
                var open = new OpenWorkspace(found)) {
            var comparison =
                    new Comparison(open, request, new TerminalProgress(terminal), terminal::remark, interrupt::asked);
            var result = comparison.run();
            if (report != null) {
                ComparisonPage.write(result, report);
            }
            terminal.out()
                    .println(
                            common.json
                                    ? Json.pretty(CompareJson.of(result))
                                    : CompareText.of(result, found.folder(), terminal));
            if (report != null && !common.json) {
                terminal.out().println("\nThe report is in " + report + ".");
            }
            if (result.isStopped()) {
                terminal.remark("Stopped: the same command goes on.");
                return CANCELLED;
            }
            return result.hasFailed() || result.found().isEmpty() ? Failure.MENDABLE : 0;
        }
    }
}
