package dev.tandem.cli.command;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.demo.Sample;
import dev.tandem.cli.report.AnswerText;
import dev.tandem.cli.report.IngestText;
import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem demo}: the shipped sample, ingested, asked, tuned on, and compared on. */
@Command(
        name = "demo",
        description =
                "Ingest the shipped sample, a shop's handbook, answer questions from it, tune the starter model on the shop's"
                        + " messages, and compare all approaches on a test set. No key, no download.",
        footer = {"", "Example:", "  tandem demo"})
public final class DemoCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "Where the demo's workspace is made; ./tandem-demo unless given.")
    private Path folder = Path.of("tandem-demo");

    @Option(
            names = "--every",
            paramLabel = "N",
            description =
                    "Compare on every Nth of the sample's 90 questions, which is faster and less sure; 1 unless given.")
    private int every = 1;

    public DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (every < 1) {
            throw new MendableException("--every must be at least 1, not " + every + ".");
        }
        var sample = Sample.find();
        var documents = folder.resolve("documents");
        sample.copyDocuments(documents);
        var workspace =
                Files.exists(folder.resolve(Workspace.SETTINGS_FILE)) ? Workspace.at(folder) : Workspace.create(folder);
        terminal.remark("The demo's workspace is " + workspace.folder() + "; remove that folder to undo everything.");
        try (var open = new OpenWorkspace(workspace)) {
            var report = open.ingest(List.of(documents), false, new TerminalProgress(terminal));
            if (!common.json) {
                terminal.out().println(IngestText.of(report, terminal));
                terminal.out().flush();
            }
            var answers = ask(open, sample.questions());
            var tuned = new DemoTuning(terminal, common.json).run(sample.messages(), folder.resolve("adapters/voice"));
            var comparison = new DemoComparison(terminal, common.json, every)
                    .run(sample, open, folder.resolve("adapters/voice"));
            if (common.json) {
                terminal.out()
                        .println(Json.pretty(Json.object(
                                "workspace",
                                workspace.folder(),
                                "ingest",
                                IngestText.json(report),
                                "answers",
                                answers,
                                "tuning",
                                tuned,
                                "comparison",
                                comparison)));
            } else {
                sayWhatNext(sample.questions());
            }
            return 0;
        }
    }

    private List<Map<String, Object>> ask(OpenWorkspace open, List<String> questions) {
        var answerer = open.answerer();
        var answers = new ArrayList<Map<String, Object>>();
        for (var question : questions) {
            var answer = answerer.answer(question, new Filter.All(), piece -> {});
            answers.add(AnswerText.json(question, answer));
            if (!common.json) {
                var rule = terminal.dim("─".repeat(terminal.width()));
                terminal.out().println();
                terminal.out().println(rule);
                terminal.out().println(terminal.bold(Terminal.printable(question)));
                terminal.out().println();
                terminal.out().println(AnswerText.of(answer, terminal));
                terminal.out().flush();
            }
        }
        return answers;
    }

    private void sayWhatNext(List<String> questions) {
        var command = System.getProperty("tandem.command", "tandem");
        var example = questions.isEmpty() ? "..." : questions.getFirst();
        terminal.out().println();
        terminal.out().println("Next:");
        terminal.out().println("  " + command + " ask -w " + folder + " \"" + example + "\"");
        terminal.out().println("  " + command + " search -w " + folder + " --k 5 \"" + example + "\"");
        terminal.out()
                .println("  " + command + " generate --base starter --adapter " + folder.resolve("adapters/voice")
                        + " --prompt \"refund(name=Ada; item=Ulv boots; amount=129; day=Friday)\"");
        terminal.out().println("  " + command + " init my-kb && " + command + " ingest ~/docs -w my-kb");
    }
}
