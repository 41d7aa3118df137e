package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.ModelUse;
import dev.tandem.cli.report.PreferenceText;
import dev.tandem.evaluation.judge.llm.JudgeOptions;
import dev.tandem.evaluation.judge.llm.PreferenceJudge;
import dev.tandem.evaluation.judge.run.PreferenceRun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem judge preference}: which of two answers is better. */
@Command(
        name = "preference",
        description = {
            "Let a language model say which of two answers is better, in both orders; what changes with the order is a"
                    + " tie.",
            "A line of --input is {\"id\", \"question\", \"answer_1\", \"answer_2\", \"label\"}; the label, 1 or 2, may be left"
                    + " out, and where there is one, agreement is shown.",
            "A line of --out is {\"id\", \"preference\", \"reason\"}: 1, 2, or 0 for a tie.",
            "What --out holds already is not judged again. Ends with 1 if a pair could not be judged."
        },
        footer = {
            "",
            "Examples:",
            "  tandem judge preference --input pairs.jsonl --out verdicts.jsonl -w shop",
            "  tandem judge preference --input pairs.jsonl --out verdicts.jsonl \\",
            "    --model-url https://api.openai.com/v1 --model-name gpt-4o-mini \\",
            "    --api-key-variable OPENAI_API_KEY --price 0.15,0.60"
        })
public final class JudgePreferenceCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Mixin
    private final JudgeModelOptions model = new JudgeModelOptions();

    @Option(names = "--input", paramLabel = "FILE", required = true, description = "The pairs of answers.")
    private Path input = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the preferences go.")
    private Path out = Path.of("");

    @Option(names = "--overwrite", description = "Begin --out anew.")
    private boolean overwrite;

    public JudgePreferenceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        int parallel = model.parallel(true, this::wrong);
        var options = model.options(JudgeOptions.DEFAULT.metrics(), this::wrong);
        var price = model.price(this::wrong);
        try (var opened = model.open(workspace, this::wrong);
                var judge = new PreferenceJudge(opened.chat(), opened.name(), options)) {
            int right = judge.control();
            try (var interrupt = Interrupt.watch()) {
                var summary = new PreferenceRun(input, out, overwrite, parallel)
                        .compare(judge, new TerminalProgress(terminal), terminal::remark, interrupt::asked);
                var use = new ModelUse(judge.usage(), right, price);
                terminal.out()
                        .println(
                                common.json
                                        ? Json.pretty(PreferenceText.json(summary, judge.name(), out, use))
                                        : PreferenceText.of(summary, out, use));
                if (interrupt.asked()) {
                    return 130;
                }
                return summary.failed() > 0 ? Failure.MENDABLE : 0;
            }
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec == null ? new CommandLine(this) : spec.commandLine(), message);
    }
}
