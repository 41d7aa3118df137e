package dev.tandem.cli.command;

import dev.tandem.cli.console.Failure;
import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.evaluate.ExampleLines;
import dev.tandem.cli.evaluate.RunTrial;
import dev.tandem.cli.report.RunGateText;
import dev.tandem.cli.report.RunText;
import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.evaluation.run.EvaluationSettings;
import dev.tandem.evaluation.run.Price;
import dev.tandem.evaluation.store.LoggedEvaluation;
import dev.tandem.evaluation.testset.AnswerCheck;
import dev.tandem.foundation.MendableException;
import dev.tandem.server.watch.GateAlert;
import dev.tandem.workspace.AnswerJudges;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.strategy.Approaches;
import dev.tandem.workspace.strategy.Strategies;
import dev.tandem.workspace.strategy.StrategyModels;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code tandem evaluate}: a test set asked of a workspace, measured and kept. */
@Command(
        name = "evaluate",
        description = {
            "Ask a workspace every question of a test set, measure the answers and keep the run; see `tandem runs`.",
            "Each question is kept as soon as it is measured: the same command goes on with a run that was stopped.",
            "A line of a test set is {\"id\", \"question\", \"answers\": [...], \"documents\": [...], \"type\"}.",
            "Ends with 1 if a question could not be answered or judged, or if the gate fails; the others are measured."
        },
        subcommands = {EvaluateRetrievalCommand.class, EvaluateFusionCommand.class, EvaluateDecliningCommand.class},
        footer = {
            "",
            "Examples:",
            "  tandem evaluate -w my-kb",
            "  tandem evaluate -w my-kb --test-set q.jsonl --name baseline --out examples.jsonl",
            "  tandem evaluate -w my-kb --repeat 3 --json",
            "  tandem evaluate -w my-kb --strategy fine-tuned --adapter adapters/voice",
            "  tandem evaluate -w my-kb --task judge --answer-judge embedded",
            "  tandem evaluate -w my-kb --report run.html",
            "  tandem evaluate -w my-kb --gate --baseline baseline --junit gate.xml --markdown gate.md",
            "  tandem evaluate retrieval --beir ~/beir/scifact",
            "  tandem evaluate fusion -w my-kb --questions q.jsonl",
            "  tandem evaluate declining -w my-kb --report declining.html"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final int MOST_REPEATS = 100;

    private final Terminal terminal;

    /** Who judges faithfulness. */
    enum Kind {
        EMBEDDED,
        NONE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description =
                    "What is asked: rag, as `tandem ask` answers (unless given); base, the language model alone; few-shot,"
                            + " with training examples before the question; fine-tuned; hybrid.")
    private String strategy = Strategies.DEFAULT;

    @Mixin
    private final ApproachOptions approaches = new ApproachOptions();

    @Option(
            names = "--test-set",
            paramLabel = "FILE",
            description = "The questions; the workspace's testset.jsonl unless given.")
    private @Nullable Path testSet;

    @Option(
            names = "--k",
            paramLabel = "NUMBER",
            description = "How many documents recall@k and the like look at (${DEFAULT-VALUE}).")
    private int k = EvaluationSettings.DEFAULT.k();

    @Option(
            names = "--judge",
            paramLabel = "NAME",
            description = "Who judges faithfulness and relevancy: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private Kind judge = Kind.EMBEDDED;

    @Option(
            names = "--task",
            paramLabel = "KIND",
            converter = Check.class,
            description = "By what an answer is right whose question has no \"check\": contains (unless given), label,"
                    + " numeric, regex, or judge: somebody says whether it says the same as an expected answer.")
    private AnswerCheck task = AnswerCheck.CONTAINS;

    @Option(
            names = "--answer-judge",
            paramLabel = "NAME",
            description = "Who says so: auto (the language model of tandem.yaml where it names one, else the embedded"
                    + " judge; unless given), embedded or llm.")
    private AnswerJudges answerJudge = AnswerJudges.AUTO;

    @Option(
            names = "--repeat",
            paramLabel = "NUMBER",
            description = "How often each question is asked, to measure consistency (${DEFAULT-VALUE}).")
    private int repeat = EvaluationSettings.DEFAULT.repeat();

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Of the draws behind the intervals (${DEFAULT-VALUE}).")
    private long seed = EvaluationSettings.DEFAULT.seed();

    @Option(
            names = "--price",
            paramLabel = "READ,WRITTEN",
            split = ",",
            arity = "1",
            description =
                    "What a language model costs: a million tokens that it reads, and that it writes, in one currency.")
    private double @Nullable [] price;

    @Option(names = "--name", paramLabel = "NAME", description = "The run's id, such as baseline; drawn unless given.")
    private @Nullable String name;

    @Option(names = "--new", description = "Begin a new run, even if one like it was stopped.")
    private boolean fresh;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Also write every example with its answer, passages and metrics, one JSON object a line.")
    private @Nullable Path out;

    @Mixin
    private final GateOptions gate = new GateOptions();

    public EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Strategies.check(strategy);
        var found = workspace.find();
        var settings = settings();
        var outputs = gate.outputs(found.folder());
        var baseline = gate.baseline(found);
        var questions = RunTrial.testSet(found, Optional.ofNullable(testSet));
        var request = new LoggedEvaluation.Request(Optional.ofNullable(name), fresh, VersionCommand.tandem());
        var trial = new RunTrial(
                found, strategy, () -> models(found), judge == Kind.EMBEDDED, task, answerJudge, settings, request);
        try (var interrupt = Interrupt.watch()) {
            var outcome = trial.run(questions, new TerminalProgress(terminal), terminal::remark, interrupt::asked);
            outcome.remarks().forEach(terminal::remark);
            if (out != null) {
                ExampleLines.write(outcome.examples(), out);
            }
            if (outcome.run().finished().isEmpty()) {
                print(outcome, Optional.empty());
                terminal.remark("Stopped after " + outcome.examples().size() + " of "
                        + questions.cases().size() + " questions: the same command goes on.");
                return 130;
            }
            var verdict = outputs.of(outcome.run(), outcome.examples(), baseline, terminal::remark);
            print(outcome, verdict);
            verdict.ifPresent(each -> tell(found, each));
            boolean passed = verdict.map(GateOutcome::passed).orElse(true);
            return passed && outcome.failed() == 0 ? 0 : Failure.MENDABLE;
        }
    }

    /** What cannot be told changes no verdict. */
    private void tell(Workspace found, GateOutcome verdict) {
        try {
            GateAlert.tell(found, verdict, System.getenv(), terminal::remark);
        } catch (MendableException e) {
            terminal.remark("Nobody was told of the gate: " + e.getMessage());
        }
    }

    private StrategyModels models(Workspace found) {
        var models = approaches.knownModels(found);
        if (Approaches.isTuned(strategy)) {
            models.tuned().ifPresent(tuned -> terminal.remark("The tuned model is " + tuned + "."));
        }
        return models;
    }

    private void print(LoggedEvaluation.Outcome outcome, Optional<GateOutcome> verdict) {
        if (common.json) {
            var json = new LinkedHashMap<>(RunText.json(outcome.run(), outcome.examples(), false));
            verdict.ifPresent(each -> json.put("gate", RunGateText.json(each)));
            terminal.out().println(Json.pretty(json));
            return;
        }
        terminal.out().println(RunText.of(outcome, terminal));
        verdict.ifPresent(each -> terminal.out().println("\n" + RunGateText.of(each, terminal)));
        gate.report()
                .filter(file -> outcome.run().finished().isPresent())
                .ifPresent(file -> terminal.out().println("\nThe run to look at: " + file));
    }

    /** A check as a person names it. */
    static final class Check implements ITypeConverter<AnswerCheck> {
        @Override
        public AnswerCheck convert(String name) {
            return AnswerCheck.of(name)
                    .orElseThrow(
                            () -> new TypeConversionException("'" + name + "' is not one of " + AnswerCheck.keys()));
        }
    }

    private EvaluationSettings settings() {
        if (repeat < 1 || repeat > MOST_REPEATS) {
            throw new MendableException("--repeat must be from 1 to " + MOST_REPEATS + ", not " + repeat + ".");
        }
        return new EvaluationSettings(Question.count(k), repeat, seed, price());
    }

    private Optional<Price> price() {
        if (price == null) {
            return Optional.empty();
        }
        if (price.length != 2 || !(price[0] >= 0) || !(price[1] >= 0)) {
            throw new MendableException(
                    "--price takes two numbers, what a million tokens cost that are read and that are"
                            + " written, as in --price 0.5,1.5.");
        }
        return Optional.of(new Price(price[0], price[1]));
    }
}
