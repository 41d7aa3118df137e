package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.Message;
import dev.tandem.tuning.example.near.Words;
import java.util.stream.Collectors;

/**
 * An example's words, hashed. What a system message says is left out: it is the same for most examples and would make all
 * of them alike.
 *
 * @param line of the example
 * @param question words in their order
 * @param answer words in their order
 * @param questionPrint equal for questions that differ in case, punctuation and spaces only; 0 where there is no question
 * @param answerPrint the same of the answer
 */
public record ExampleWords(int line, int[] question, int[] answer, long questionPrint, long answerPrint) {

    /** Those of an example. */
    public static ExampleWords of(Example example) {
        var asked = asked(example);
        var question = Words.of(asked);
        var answer = Words.of(example.answer());
        return new ExampleWords(
                example.line(),
                question,
                answer,
                asked.isBlank() ? 0 : Words.fingerprint(asked, question),
                Words.fingerprint(example.answer(), answer));
    }

    /** What is asked: all turns before the last answer that are not the system's. */
    public static String asked(Example example) {
        return example.messages().stream()
                .limit(Math.max(0, example.messages().size() - 1))
                .filter(message -> message.role() != Message.Role.SYSTEM)
                .map(Message::content)
                .collect(Collectors.joining("\n"));
    }

    /** Question and answer one after the other. */
    public int[] both() {
        var both = java.util.Arrays.copyOf(question, question.length + answer.length);
        System.arraycopy(answer, 0, both, question.length, answer.length);
        return both;
    }

    /** Equal for examples whose question and answer differ in case, punctuation and spaces only. */
    public long print() {
        return 31 * questionPrint + answerPrint;
    }
}
