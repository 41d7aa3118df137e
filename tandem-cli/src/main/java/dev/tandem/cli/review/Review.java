package dev.tandem.cli.review;

import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestSetFile;
import dev.tandem.foundation.MendableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a person about each question that is not reviewed, and saves every answer before the next. The end of the input ends
 * the review like q. For one thread.
 */
public final class Review {
    private final TestSetFile file;
    private final BufferedReader in;
    private final Terminal terminal;
    private final Optional<String> editor;
    private int accepted;
    private int dropped;

    /** What was decided, and how many questions are still not reviewed. */
    public record Done(int accepted, int dropped, int left) {}

    /** @param editor the command that edits a file; without it, question and answers are typed anew */
    public Review(TestSetFile file, BufferedReader in, Terminal terminal, Optional<String> editor) {
        this.file = file;
        this.in = in;
        this.terminal = terminal;
        this.editor = editor;
    }

    /** The editor that the environment names. */
    public static Optional<String> editor() {
        return Optional.ofNullable(System.getenv("EDITOR")).filter(command -> !command.isBlank());
    }

    /** Asks until all are decided or the person stops. */
    public Done run() {
        var waiting =
                file.cases().stream().filter(testCase -> !testCase.reviewed()).toList();
        int number = 0;
        for (var testCase : waiting) {
            number++;
            if (!decide(testCase, number, waiting.size())) {
                break;
            }
        }
        long left =
                file.cases().stream().filter(testCase -> !testCase.reviewed()).count();
        return new Done(accepted, dropped, (int) left);
    }

    /** Asks about one; false to stop. */
    private boolean decide(TestCase shown, int number, int of) {
        var testCase = shown;
        show(testCase, number, of);
        while (true) {
            terminal.err().print("accept a, edit e, drop d, skip s, quit q> ");
            terminal.err().flush();
            switch (line().map(typed -> typed.strip().toLowerCase(Locale.ROOT)).orElse("q")) {
                case "a", "accept" -> {
                    file.accept(Set.of(testCase.id()));
                    accepted++;
                    return true;
                }
                case "e", "edit" -> {
                    testCase = edited(testCase);
                    file.replace(testCase);
                    show(testCase, number, of);
                }
                case "d", "drop" -> {
                    file.drop(Set.of(testCase.id()));
                    dropped++;
                    return true;
                }
                case "s", "skip" -> {
                    return true;
                }
                case "q", "quit" -> {
                    return false;
                }
                default -> terminal.remark("Type one of the letters a, e, d, s, q.");
            }
        }
    }

    private void show(TestCase testCase, int number, int of) {
        var place = testCase.documents().isEmpty() ? "" : "  " + String.join(", ", testCase.documents());
        terminal.remark("");
        terminal.remark(number + " of " + of + "  " + testCase.id() + "  "
                + testCase.type().key()
                + testCase.origin().map(origin -> "  " + origin).orElse("") + place);
        terminal.remark("  " + testCase.question());
        testCase.answers().forEach(answer -> terminal.remark("  = " + answer));
        if (testCase.type() == QuestionType.UNANSWERABLE) {
            terminal.remark("  = (the documents do not answer it)");
        }
    }

    private TestCase edited(TestCase testCase) {
        return editor.map(command -> inEditor(command, testCase)).orElseGet(() -> typed(testCase));
    }

    private TestCase typed(TestCase testCase) {
        var question = ask("question", testCase.question());
        var answers = ask("answers, apart by |", String.join(" | ", testCase.answers()));
        return changed(testCase, question, Arrays.asList(answers.split("\\|", -1)));
    }

    private String ask(String name, String now) {
        terminal.err().print(name + " [" + Terminal.printable(now) + "]> ");
        terminal.err().flush();
        return line().map(String::strip).filter(typed -> !typed.isEmpty()).orElse(now);
    }

    /** The question on the first line, an answer on each further one. */
    private TestCase inEditor(String command, TestCase testCase) {
        try {
            var draft = Files.createTempFile("tandem-question", ".txt");
            try {
                Files.writeString(draft, testCase.question() + "\n" + String.join("\n", testCase.answers()) + "\n");
                var process = new ProcessBuilder("sh", "-c", command + " \"$1\"", "sh", draft.toString())
                        .inheritIO()
                        .start();
                int code = process.waitFor();
                var lines = Files.readString(draft)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList();
                if (code != 0 || lines.isEmpty()) {
                    terminal.remark("The editor ended without a question: nothing is changed.");
                    return testCase;
                }
                return changed(testCase, lines.getFirst().strip(), lines.subList(1, lines.size()));
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new MendableException(
                    "The editor '" + command + "' does not start (" + e.getMessage()
                            + "): set EDITOR to another, or to nothing to type.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return testCase;
        }
    }

    private static TestCase changed(TestCase testCase, String question, List<String> answers) {
        return new TestCase(
                testCase.id(),
                question,
                answers.stream()
                        .map(String::strip)
                        .filter(answer -> !answer.isEmpty())
                        .toList(),
                testCase.documents(),
                testCase.type(),
                testCase.filter(),
                testCase.difficulty(),
                testCase.topic(),
                testCase.check(),
                testCase.origin(),
                testCase.reviewed());
    }

    private Optional<String> line() {
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw new MendableException(
                    "The terminal cannot be read (" + e.getMessage()
                            + "): start the review again; every decision is saved.",
                    e);
        }
    }
}
