package dev.tandem.cli.command;

import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.advice.Answers;
import dev.tandem.evaluation.advice.Question;
import dev.tandem.foundation.MendableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the decision questions one by one; Enter leaves one to its assumption. Questions go to stderr, so that results can be piped. */
final class Interview {
    private final BufferedReader in;
    private final Terminal terminal;

    Interview(Reader in, Terminal terminal) {
        this.in = new BufferedReader(in);
        this.terminal = terminal;
    }

    /** Whether a person reads the questions and can answer; the launcher says where there is a terminal. */
    static boolean isPossible(Terminal terminal) {
        return terminal.interactiveErr()
                && System.getProperty("tandem.terminal", "").contains("in");
    }

    /**
     * The answers.
     *
     * @throws MendableException if the input ends before the last question
     */
    Answers answers() {
        terminal.remark("Enter takes the answer in brackets, Ctrl-C leaves.\n");
        return new Answers(
                yesNo(Question.KNOWLEDGE_CHANGES),
                yesNo(Question.NEW_BEHAVIOUR),
                yesNo(Question.ATTRIBUTION),
                latency(),
                budget(),
                OptionalInt.empty(),
                Optional.empty());
    }

    private Optional<Boolean> yesNo(Question question) {
        return ask(question, "yes or no", line -> switch (line.toLowerCase(Locale.ROOT)) {
            case "yes", "y" -> Optional.of(true);
            case "no", "n" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** In milliseconds; who answers the question itself by yes means the half second that it names. */
    private OptionalInt latency() {
        var answer = ask(
                Question.LATENCY,
                "yes or milliseconds",
                line -> Optional.of(line.toLowerCase(Locale.ROOT).matches("yes|y") ? "500" : line)
                        .filter(text -> text.matches("[1-9]\\d{0,8}"))
                        .map(Integer::valueOf));
        return answer.isPresent() ? OptionalInt.of(answer.get()) : OptionalInt.empty();
    }

    private OptionalDouble budget() {
        var answer = ask(
                Question.BUDGET,
                "an amount",
                line -> Optional.of(line.replaceAll("[, _]", ""))
                        .filter(text -> text.matches("\\d{1,12}(\\.\\d+)?"))
                        .map(Double::valueOf));
        return answer.isPresent() ? OptionalDouble.of(answer.get()) : OptionalDouble.empty();
    }

    /** Asks until the answer can be read; empty for Enter. */
    private <T> Optional<T> ask(Question question, String kind, Function<String, Optional<T>> reading) {
        var questions = List.of(Question.values());
        terminal.remark((questions.indexOf(question) + 1) + "/" + questions.size() + "  " + question.text());
        terminal.remark("     " + question.hint());
        while (true) {
            terminal.err().print("     " + kind + " [" + question.assumed() + "]: ");
            terminal.err().flush();
            var line = line();
            if (line.isBlank()) {
                return Optional.empty();
            }
            var answer = reading.apply(line.strip());
            if (answer.isPresent()) {
                return answer;
            }
            terminal.remark("     \"" + line.strip() + "\" is not " + kind + ".");
        }
    }

    private String line() {
        try {
            @Nullable String line = in.readLine();
            if (line == null) {
                throw new MendableException(
                        "\nThe input ended before the last question: nothing is recommended. Answer all of"
                                + " them (Enter is an answer), or use flags (`tandem advise --help`).");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
