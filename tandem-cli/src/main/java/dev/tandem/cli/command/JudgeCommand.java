package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.JudgeText;
import dev.tandem.cli.report.ModelUse;
import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.Judge;
import dev.tandem.evaluation.judge.llm.JudgedMetric;
import dev.tandem.evaluation.judge.llm.LlmJudge;
import dev.tandem.evaluation.judge.run.JudgeRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem judge}: answers scored against their contexts. */
@Command(
        name = "judge",
        description = {
            "Score how faithful answers are to their context, and how relevant they are to their question.",
            "A line of --input is {\"id\", \"context\": [\"...\"], \"answer\", \"question\", \"reference\", \"label\"}; the last"
                    + " three may be left out.",
            "A line of --out is {\"id\", \"faithfulness\", \"answer_relevancy\", \"context_relevancy\", \"unsupported\"}, with"
                    + " a language model also context_precision and context_recall.",
            "What --out holds already is not judged again. Ends with 1 if a record could not be judged in all."
        },
        subcommands = JudgePreferenceCommand.class,
        footer = {
            "",
            "Examples:",
            "  tandem judge --input pairs.jsonl --out scores.jsonl",
            "  tandem judge --input labelled.jsonl --out scores.jsonl --labels --overwrite --json",
            "  tandem judge --input pairs.jsonl --out scores.jsonl --judge llm -w shop",
            "  tandem judge --input pairs.jsonl --out scores.jsonl --judge llm --metrics faithfulness \\",
            "    --model-url http://localhost:8000/v1 --model-name Qwen2.5-7B-Instruct --parallel 8",
            "  tandem judge preference --input pairs.jsonl --out verdicts.jsonl -w shop"
        })
public final class JudgeCommand implements Callable<Integer> {
    private final Terminal terminal;

    /** The judges that there are. */
    enum Kind {
        EMBEDDED,
        LLM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Mixin
    private final JudgeModelOptions model = new JudgeModelOptions();

    // Not required for picocli, which would ask for them before a subcommand, too.
    @Option(names = "--input", paramLabel = "FILE", description = "The answers with their contexts; required.")
    private @Nullable Path input;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the scores go; required.")
    private @Nullable Path out;

    @Option(
            names = "--judge",
            paramLabel = "NAME",
            description =
                    "embedded needs no language model and no key; llm asks a language model, that of the workspace"
                            + " or of --model-url (${DEFAULT-VALUE}).")
    private Kind kind = Kind.EMBEDDED;

    @Option(
            names = "--metrics",
            paramLabel = "NAME",
            split = ",",
            converter = JudgeModelOptions.Metric.class,
            description = "What a language model judges, each at a cost: faithfulness, answer_relevancy,"
                    + " context_relevancy, context_precision, context_recall; all unless given.")
    private List<JudgedMetric> metrics = new ArrayList<>();

    @Option(
            names = "--labels",
            description =
                    "Show how far faithfulness agrees with people: \"label\" is true or 1 where they found the whole"
                            + " answer supported.")
    private boolean labels;

    @Option(names = "--overwrite", description = "Begin --out anew.")
    private boolean overwrite;

    public JudgeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var from = required(input, "--input");
        var to = required(out, "--out");
        int parallel = model.parallel(kind == Kind.LLM, this::wrong);
        var run = new JudgeRun(from, to, overwrite, parallel, labels);
        if (kind == Kind.EMBEDDED) {
            model.given()
                    .or(() -> metrics.isEmpty() ? Optional.empty() : Optional.of("--metrics"))
                    .ifPresent(option -> {
                        throw wrong(option + " goes with --judge llm");
                    });
            try (var judge = EmbeddedJudge.open()) {
                return judge(run, judge, Optional::empty);
            }
        }
        var options = model.options(JudgeModelOptions.chosen(metrics), this::wrong);
        var price = model.price(this::wrong);
        try (var opened = model.open(workspace, this::wrong);
                var judge = new LlmJudge(opened.chat(), opened.name(), opened.encoder(), options)) {
            int right = judge.control();
            return judge(run, judge, () -> Optional.of(new ModelUse(judge.usage(), right, price)));
        }
    }

    private int judge(JudgeRun run, Judge judge, Supplier<Optional<ModelUse>> use) {
        try (var interrupt = Interrupt.watch()) {
            var summary = run.judge(judge, new TerminalProgress(terminal), terminal::remark, interrupt::asked);
            if (labels && summary.agreement().isEmpty()) {
                terminal.remark("No answer has both a \"label\" and a faithfulness: there is no agreement to show.");
            }
            terminal.out()
                    .println(
                            common.json
                                    ? Json.pretty(JudgeText.json(summary, judge.name(), run.output(), use.get()))
                                    : JudgeText.of(summary, run.output(), use.get()));
            if (interrupt.asked()) {
                return 130;
            }
            return summary.isComplete() ? 0 : Failure.MENDABLE;
        }
    }

    private Path required(@Nullable Path file, String option) {
        if (file == null) {
            throw wrong("Missing required option: '" + option + "=FILE'");
        }
        return file;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec == null ? new CommandLine(this) : spec.commandLine(), message);
    }
}
