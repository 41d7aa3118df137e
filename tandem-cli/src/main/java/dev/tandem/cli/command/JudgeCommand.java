package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.JudgeText;
import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.run.JudgeRun;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem judge}: answers scored against their contexts. */
@Command(
        name = "judge",
        description = {
            "Score how faithful answers are to their context, and how relevant they are to their question.",
            "A line of --input is {\"id\", \"context\": [\"...\"], \"answer\", \"question\"}; the question may be left out.",
            "A line of --out is {\"id\", \"faithfulness\", \"answer_relevancy\", \"context_relevancy\", \"unsupported\"}.",
            "What --out holds already is not judged again. Ends with 1 if a record could not be judged."
        },
        footer = {
            "",
            "Examples:",
            "  tandem judge --input pairs.jsonl --out scores.jsonl",
            "  tandem judge --input pairs.jsonl --out scores.jsonl --overwrite --json"
        })
public final class JudgeCommand implements Callable<Integer> {
    private final Terminal terminal;

    /** The judges that there are. */
    enum Kind {
        EMBEDDED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "The answers with their contexts.")
    private Path input = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the scores go.")
    private Path out = Path.of("");

    @Option(
            names = "--judge",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES}: needs no language model and no key (${DEFAULT-VALUE}).")
    private Kind kind = Kind.EMBEDDED;

    @Option(names = "--overwrite", description = "Begin --out anew.")
    private boolean overwrite;

    public JudgeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (var interrupt = Interrupt.watch();
                var judge = switch (kind) {
                    case EMBEDDED -> EmbeddedJudge.open();
                }) {
            var summary = new JudgeRun(input, out, overwrite)
                    .judge(judge, new TerminalProgress(terminal), terminal::remark, interrupt::asked);
            terminal.out()
                    .println(
                            common.json
                                    ? Json.pretty(JudgeText.json(summary, judge.name(), out))
                                    : JudgeText.of(summary, out));
            if (interrupt.asked()) {
                return 130;
            }
            return summary.failed() > 0 ? Failure.MENDABLE : 0;
        }
    }
}
