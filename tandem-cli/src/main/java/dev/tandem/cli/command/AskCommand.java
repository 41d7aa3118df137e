package dev.tandem.cli.command;

import dev.tandem.answering.answer.Answer;
import dev.tandem.answering.answer.Answerer;
import dev.tandem.cli.batch.Batch;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.PassingText;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.console.TerminalProgress;
import dev.tandem.cli.report.AnswerText;
import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.RecordedAnswers;
import dev.tandem.workspace.settings.TrailSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem ask}: a question answered from the documents, or a file of them. */
@Command(
        name = "ask",
        description =
                "Answer a question from the workspace's documents, with citations, or say that they do not answer it.",
        footer = {
            "",
            "Examples:",
            "  tandem ask -w my-kb \"How many days of parental leave do I get?\"",
            "  tandem ask -w my-kb --filter 'department = \"hr\" and updated >= 2025-01-01' \"...\"",
            "  tandem ask -w my-kb --questions q.jsonl --out a.jsonl",
            "",
            "A line of q.jsonl is {\"id\": \"q1\", \"question\": \"...\"}, and may hold a \"filter\" of its own."
        })
public final class AskCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Mixin
    private final FilterOption filter = new FilterOption();

    @Mixin
    private final RetrievalOptions retrieval = new RetrievalOptions();

    @Parameters(paramLabel = "QUESTION", arity = "0..*", description = "The question.")
    private List<String> words = List.of();

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            description = "Answer the questions in this file, one JSON object a line; - for stdin.")
    private @Nullable Path questions;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the answers to --questions go, one JSON object a line; stdout unless given, or -.")
    private Path out = Path.of("-");

    public AskCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return questions == null ? one() : batch(questions);
    }

    private int one() {
        var question = Question.of(words);
        var condition = filter.parse();
        try (var open = new OpenWorkspace(retrieval.applied(workspace.find()))) {
            var answer = answer(recorded(open), question, condition);
            terminal.out()
                    .println(
                            common.json
                                    ? Json.pretty(AnswerText.json(question, answer))
                                    : AnswerText.of(answer, terminal));
            return 0;
        }
    }

    /** Writes to the audit trail, where the settings have `ask` do so. */
    private static Answerer recorded(OpenWorkspace open) {
        return open.workspace().settings().trail().record() == TrailSettings.Recorded.ALL
                ? RecordedAnswers.of(open, "ask", System.getProperty("user.name", "unknown"))
                : open.answerer();
    }

    private Answer answer(Answerer answerer, String question, Filter condition) {
        var passing = new PassingText(terminal);
        try {
            return answerer.answer(question, condition, passing::add);
        } finally {
            passing.clear();
        }
    }

    private int batch(Path file) {
        if (!words.isEmpty()) {
            throw new MendableException("Give a question or --questions, not both.");
        }
        var batch = new Batch(terminal, filter.parse(), new TerminalProgress(terminal));
        long total = batch.check(file);
        try (var open = new OpenWorkspace(retrieval.applied(workspace.find()))) {
            var outcome = batch.answer(recorded(open), total, file, System.in, out);
            var summary =
                    "Answered " + outcome.questions() + " questions, " + outcome.abstained() + " of them declined.";
            if (out.equals(Path.of("-"))) {
                terminal.remark(summary);
            } else {
                terminal.out()
                        .println(
                                common.json
                                        ? Json.pretty(Json.object(
                                                "questions", outcome.questions(),
                                                "abstained", outcome.abstained(),
                                                "out", out))
                                        : summary + " They are in " + out + ".");
            }
            return 0;
        }
    }
}
