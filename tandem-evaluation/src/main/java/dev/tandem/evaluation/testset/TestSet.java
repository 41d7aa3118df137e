package dev.tandem.evaluation.testset;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A team's questions with their answers: a JSON lines file, {@code {"id", "question", "answers": [...], "documents": [...],
 * "type", "filter", "difficulty", "topic", "check", "origin", "reviewed"}}. Only id and question must be there; a question without
 * documents and answers is {@code unanswerable} unless its type says otherwise, one with is {@code answerable}. Immutable.
 *
 * @param file where it was read from
 * @param cases in the order of the file, at least one
 * @param hash SHA-256 of the file in hex: two runs with equal hashes were asked the same
 */
public record TestSet(Path file, List<TestCase> cases, String hash) {
    public TestSet {
        cases = List.copyOf(cases);
    }

    /**
     * Reads a file.
     *
     * @throws MendableException with file and line where something is wrong, or if it is empty
     */
    public static TestSet read(Path file) {
        var cases = new ArrayList<TestCase>();
        try (var records = new IdentifiedRecords(file)) {
            for (var next = records.next(); next.isPresent(); next = records.next()) {
                cases.add(testCase(next.get()));
            }
        }
        if (cases.isEmpty()) {
            throw new MendableException(file + " is empty: write one question a line,"
                    + " {\"id\", \"question\", \"answers\": [...], \"documents\": [...]}.");
        }
        return new TestSet(file, cases, hash(file));
    }

    private static TestCase testCase(IdentifiedRecords.Fields fields) {
        var question = fields.text("question");
        if (question.isBlank()) {
            throw fields.error("the question is empty", "write it, or leave the record out");
        }
        var answers = fields.optionalTexts("answers");
        var documents = fields.optionalTexts("documents");
        var type = fields.optionalText("type")
                .map(key -> QuestionType.of(key)
                        .orElseThrow(() -> fields.error(
                                "the type '" + Shortened.of(key) + "' is none",
                                "write answerable, changed, style, several_documents or unanswerable")))
                .orElse(answers.isEmpty() && documents.isEmpty() ? QuestionType.UNANSWERABLE : QuestionType.ANSWERABLE);
        var difficulty = fields.optionalText("difficulty")
                .map(key -> Difficulty.of(key)
                        .orElseThrow(() -> fields.error(
                                "the difficulty '" + Shortened.of(key) + "' is none", "write easy, medium or hard")));
        return new TestCase(
                fields.id(),
                question,
                answers,
                documents,
                type,
                fields.optionalText("filter"),
                difficulty,
                fields.optionalText("topic"),
                check(fields, answers),
                fields.optionalText("origin"),
                fields.flag("reviewed"));
    }

    private static Optional<AnswerCheck> check(IdentifiedRecords.Fields fields, List<String> answers) {
        var check = fields.optionalText("check")
                .map(key -> AnswerCheck.of(key)
                        .orElseThrow(() -> fields.error(
                                "the check '" + Shortened.of(key) + "' is none", "write " + AnswerCheck.keys())));
        check.flatMap(AnswerCheck::check)
                .ifPresent(task -> answers.forEach(answer -> task.fault(answer).ifPresent(fault -> {
                    throw fields.error(
                            "the answer '" + Shortened.of(answer) + "' " + fault, "mend it, or name another check");
                })));
        return check;
    }

    private static String hash(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new MendableException("Cannot read " + file + " (" + e + "): check that it is still there.", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
