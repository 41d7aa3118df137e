package dev.tandem.cli.batch;

import dev.tandem.answering.answer.Answerer;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.AnswerText;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.filter.Filter;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/**
 * A batch of questions: read one by one, answered in their order, written one by one. A file is checked whole before its
 * first question is answered, so a mistake in its last line costs no hour; stdin cannot be.
 *
 * @param filter of every question that has none of its own
 */
public record Batch(Terminal terminal, Filter filter, Progress progress) {
    private static final Path STANDARD = Path.of("-");

    /** How many were answered, and how many of them declined. */
    public record Outcome(int questions, int abstained) {}

    /** Checks the questions as far as that is possible before they are answered. */
    public long check(Path questions) {
        if (questions.equals(STANDARD)) {
            return Progress.UNKNOWN;
        }
        try (var lines = QuestionLines.of(questions)) {
            return lines.count();
        }
    }

    /**
     * Answers all questions.
     *
     * @param total what {@link #check} returned
     * @param questions a file, or {@code -} for stdin
     * @param answers a file, or {@code -} for stdout
     */
    public Outcome answer(Answerer answerer, long total, Path questions, InputStream in, Path answers) {
        if (answers.equals(STANDARD)) {
            try (var written = AnswerLines.to(terminal.out())) {
                return answer(answerer, total, questions, in, written);
            }
        }
        var partial = AnswerLines.partial(answers);
        var outcome = answerInto(partial, answerer, total, questions, in);
        AnswerLines.finish(partial, answers);
        return outcome;
    }

    private Outcome answerInto(Path partial, Answerer answerer, long total, Path questions, InputStream in) {
        boolean whole = false;
        try (var written = AnswerLines.to(partial)) {
            var outcome = answer(answerer, total, questions, in, written);
            whole = true;
            return outcome;
        } finally {
            if (!whole) {
                terminal.remark("The answers so far are in " + partial + ".");
            }
        }
    }

    private Outcome answer(Answerer answerer, long total, Path questions, InputStream in, AnswerLines written) {
        int count = 0;
        int abstained = 0;
        try (var lines = questions.equals(STANDARD) ? QuestionLines.of(in) : QuestionLines.of(questions);
                var task = progress.start("Answering", total, "questions")) {
            for (var next = lines.next(); next.isPresent(); next = lines.next()) {
                var question = next.get();
                var answer =
                        answerer.answer(question.question(), question.filter().orElse(filter), piece -> {});
                var line = new LinkedHashMap<String, Object>();
                line.put("id", question.id());
                line.putAll(AnswerText.json(question.question(), answer));
                written.write(Json.line(line));
                task.step(1);
                count++;
                abstained += answer.abstained() ? 1 : 0;
            }
        }
        return new Outcome(count, abstained);
    }
}
