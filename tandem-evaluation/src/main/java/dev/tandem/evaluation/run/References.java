package dev.tandem.evaluation.run;

import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import java.util.List;

/** What a test case says of the right answer, as the metrics take it. */
final class References {
    /** From so many words on an answer is a text, whose wording can be compared; a shorter one is a fact. */
    private static final int WORDS_OF_A_TEXT = 8;

    private References() {}

    /** Whether there is a right answer to compare with. */
    static boolean areTold(TestCase testCase) {
        return testCase.type() != QuestionType.UNANSWERABLE
                && testCase.answers().stream().anyMatch(answer -> !answer.isBlank());
    }

    /** Whether the answers are texts: all long enough, or the question asks for a style. */
    static boolean areTexts(TestCase testCase) {
        return areTold(testCase)
                && (testCase.type() == QuestionType.STYLE
                        || whole(testCase).stream()
                                .allMatch(answer -> answer.strip().split("\\s+", -1).length >= WORDS_OF_A_TEXT));
    }

    /** The right answers, any of which will do: the parts that all belong into one stand in one text. */
    static List<String> whole(TestCase testCase) {
        return testCase.type() == QuestionType.SEVERAL_DOCUMENTS
                ? List.of(String.join(" ", testCase.answers()))
                : testCase.answers();
    }
}
