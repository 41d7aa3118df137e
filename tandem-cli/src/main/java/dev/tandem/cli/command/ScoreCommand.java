package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.evaluate.Scores;
import dev.tandem.cli.report.ScoreText;
import dev.tandem.evaluation.judge.EmbeddedAnswerJudge;
import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.llm.LlmAnswerJudge;
import dev.tandem.evaluation.metric.task.AnswerJudge;
import dev.tandem.evaluation.metric.task.ContainsCheck;
import dev.tandem.evaluation.metric.task.JsonSchemaCheck;
import dev.tandem.evaluation.metric.task.JudgedCheck;
import dev.tandem.evaluation.metric.task.LabelCheck;
import dev.tandem.evaluation.metric.task.NumericCheck;
import dev.tandem.evaluation.metric.task.RegexCheck;
import dev.tandem.evaluation.metric.task.TaskCheck;
import dev.tandem.evaluation.metric.text.BleuTokenizer;
import dev.tandem.evaluation.score.ScoreMetric;
import dev.tandem.workspace.AnswerJudges;
import dev.tandem.workspace.OpenWorkspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code tandem score}: predictions that lie in a file, against references. */
@Command(
        name = "score",
        description = {
            "Score predictions against references: BLEU and chrF as sacrebleu, ROUGE as rouge-score, exact",
            "match and F1 as SQuAD, task accuracy, similarity of meaning; with 95%% bootstrap intervals.",
            "",
            "One JSON object a line: {\"id\", \"prediction\"}; {\"id\", \"references\": [\"...\"]} or {\"id\", \"reference\"}.",
            "Exit code 1 if an id is in one file only or a value could not be told; the rest is scored."
        },
        footer = {
            "",
            "Examples:",
            "  tandem score --predictions p.jsonl --references r.jsonl",
            "  tandem score --predictions p.jsonl --references r.jsonl --metrics bleu,chrf --json",
            "  tandem score --predictions p.jsonl --references r.jsonl --per-example scores.jsonl",
            "  tandem score --predictions p.jsonl --references r.jsonl --task numeric --tolerance 0.01",
            "  tandem score --predictions p.jsonl --references r.jsonl --task judge -w my-kb --answer-judge llm",
            "  tandem score --predictions p.jsonl --task json-schema --json-schema answer.schema.json"
        })
public final class ScoreCommand implements Callable<Integer> {
    private static final List<ScoreMetric> WITHOUT_TASK = List.of(
            ScoreMetric.BLEU,
            ScoreMetric.CHRF,
            ScoreMetric.ROUGE_1,
            ScoreMetric.ROUGE_2,
            ScoreMetric.ROUGE_L,
            ScoreMetric.ROUGE_L_SUM,
            ScoreMetric.EXACT_MATCH,
            ScoreMetric.F1);

    /** What makes an answer right. */
    enum Task {
        LABEL,
        NUMERIC,
        CONTAINS,
        REGEX,
        JSON_SCHEMA,
        JUDGE;

        private static Optional<Task> named(String name) {
            for (var task : values()) {
                if (task.label().equals(name)) {
                    return Optional.of(task);
                }
            }
            return Optional.empty();
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Option(names = "--predictions", paramLabel = "FILE", required = true, description = "What was answered.")
    private Path predictions = Path.of("");

    @Option(names = "--references", paramLabel = "FILE", description = "What should have been.")
    private @Nullable Path references;

    @Option(
            names = "--metrics",
            paramLabel = "NAME",
            split = ",",
            converter = Metrics.class,
            description = "bleu, chrf, chrf++, rouge (rouge1, rouge2, rougeL, rougeLsum), exact_match, f1, accuracy,"
                    + " similarity; separated by commas. Without it: bleu, chrf, rouge, exact_match and f1, or"
                    + " accuracy alone with a --task.")
    private List<Named> metrics = new ArrayList<>();

    @Option(
            names = "--task",
            paramLabel = "KIND",
            converter = TaskName.class,
            description =
                    "What accuracy is: label (the same, but for case and punctuation around it), numeric (the last"
                            + " number), contains (the reference's words, side by side), regex (the reference is an expression"
                            + " that is found), json-schema, judge (somebody says whether it says the same as a reference).")
    private @Nullable Task task;

    @Option(
            names = "--answer-judge",
            paramLabel = "NAME",
            description = "Who judges --task judge: auto (the language model of -w where its tandem.yaml names one,"
                    + " else the embedded judge; unless given), embedded or llm.")
    private AnswerJudges answerJudge = AnswerJudges.AUTO;

    @Option(
            names = "--tolerance",
            paramLabel = "SHARE",
            description = "How far numbers may be off, as a share of the reference: 0.01 is 1%% (${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(names = "--json-schema", paramLabel = "FILE", description = "The schema of --task json-schema.")
    private @Nullable Path schema;

    @Option(
            names = "--tokenize",
            paramLabel = "NAME",
            converter = Tokenizer.class,
            description = "How BLEU cuts words: 13a, intl, char or none; 13a unless given.")
    private BleuTokenizer tokenizer = BleuTokenizer.V13A;

    @Option(names = "--lowercase", description = "BLEU and chrF pass over case.")
    private boolean lowercase;

    @Option(names = "--stem", description = "ROUGE compares stems: rouge-score's use_stemmer.")
    private boolean stem;

    @Option(
            names = "--per-example",
            paramLabel = "FILE",
            description = "Also write every prediction's own scores, one JSON object a line.")
    private @Nullable Path perExample;

    @Option(names = "--force", description = "Replace a file of --per-example that is there.")
    private boolean force;

    public ScoreCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var chosen = metrics.stream()
                .flatMap(named -> named.metrics.stream())
                .collect(Collectors.toCollection(ArrayList::new));
        if (task != null) {
            chosen.add(ScoreMetric.ACCURACY);
        } else if (chosen.isEmpty()) {
            chosen.addAll(WITHOUT_TASK);
        }
        if (task == Task.JUDGE) {
            return judged(chosen);
        }
        return score(
                chosen, chosen.contains(ScoreMetric.ACCURACY) ? Optional.of(check()) : Optional.<TaskCheck>empty());
    }

    /** With a judge, who is asked whether it can judge before anything is scored. */
    private int judged(List<ScoreMetric> chosen) {
        if (answerJudge != AnswerJudges.LLM && !workspace.given()) {
            try (var judge = new EmbeddedAnswerJudge(EmbeddedJudge.open())) {
                return judged(chosen, judge);
            }
        }
        try (var open = new OpenWorkspace(workspace.find());
                var judge = answerJudge.open(open)) {
            if (judge instanceof LlmAnswerJudge model) {
                model.control();
            }
            return judged(chosen, judge);
        }
    }

    private int judged(List<ScoreMetric> chosen, AnswerJudge judge) {
        var check = new JudgedCheck(judge);
        int code = score(chosen, Optional.of(check));
        check.failure().ifPresent(why -> terminal.remark("The judge failed, the first time because: " + why));
        return code;
    }

    private int score(List<ScoreMetric> chosen, Optional<TaskCheck> check) {
        if (references == null) {
            chosen.stream()
                    .filter(metric -> metric != ScoreMetric.ACCURACY
                            || check.orElseThrow().needsReferences())
                    .findFirst()
                    .ifPresent(metric -> {
                        throw wrong("--references is missing: " + metric.label() + " needs them");
                    });
        }
        var scores = new Scores(chosen, tokenizer, lowercase, stem, check, new TerminalProgress(terminal));
        var report = scores.of(
                predictions,
                Optional.ofNullable(references),
                workspace.given() ? Optional.of(workspace.find()) : Optional.empty(),
                Optional.ofNullable(perExample),
                force);
        terminal.out().println(common.json ? Json.pretty(ScoreText.json(report)) : ScoreText.of(report, terminal));
        return report.isComplete() ? 0 : Failure.MENDABLE;
    }

    private TaskCheck check() {
        if (schema != null && task != Task.JSON_SCHEMA) {
            throw wrong("--json-schema goes with --task json-schema");
        }
        return switch (task) {
            case LABEL -> new LabelCheck();
            case NUMERIC -> numeric();
            case CONTAINS -> new ContainsCheck();
            case REGEX -> new RegexCheck();
            case JSON_SCHEMA -> {
                if (schema == null) {
                    throw wrong("--json-schema is missing: it names the schema of --task json-schema");
                }
                yield JsonSchemaCheck.read(schema);
            }
            case JUDGE -> throw new IllegalStateException("A judge is opened elsewhere");
            case null ->
                throw wrong(
                        "Say by what answers are right: --task label, numeric, contains, regex, json-schema or judge");
        };
    }

    private TaskCheck numeric() {
        if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
            throw wrong("--tolerance is " + tolerance + ": it is a share of the reference, at least 0");
        }
        return new NumericCheck(tolerance);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec == null ? new CommandLine(this) : spec.commandLine(), message);
    }

    /** What one name means, which may be several metrics. */
    record Named(List<ScoreMetric> metrics) {}

    /** A metric as a person names it. */
    static final class Metrics implements ITypeConverter<Named> {
        @Override
        public Named convert(String name) {
            var metrics = ScoreMetric.named(name.strip());
            if (metrics.isEmpty()) {
                throw new TypeConversionException("'" + name + "' is not " + ScoreMetric.names());
            }
            return new Named(metrics);
        }
    }

    /** A task as a person names it. */
    static final class TaskName implements ITypeConverter<Task> {
        @Override
        public Task convert(String name) {
            return Task.named(name)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + name + "' is not label, numeric, contains, regex, json-schema or judge"));
        }
    }

    /** A tokenizer by sacrebleu's name. */
    static final class Tokenizer implements ITypeConverter<BleuTokenizer> {
        @Override
        public BleuTokenizer convert(String name) {
            return BleuTokenizer.named(name)
                    .orElseThrow(() -> new TypeConversionException("'" + name + "' is not 13a, intl, char or none"));
        }
    }
}
