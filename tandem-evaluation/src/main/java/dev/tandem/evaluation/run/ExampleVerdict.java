package dev.tandem.evaluation.run;

import dev.tandem.evaluation.testset.QuestionType;
import java.util.List;
import java.util.OptionalDouble;

/** What became of one question, in a word. */
public enum ExampleVerdict {
    RIGHT("right", false),
    /** It declined a question that nothing answers. */
    RIGHTLY_DECLINED("rightly declined", false),
    /** Nothing was measured that says whether it is right. */
    UNJUDGED("not judged", false),
    WRONG("wrong", true),
    /** It declined although there is an answer. */
    WRONGLY_DECLINED("wrongly declined", true),
    /** It answered what nothing answers. */
    SHOULD_HAVE_DECLINED("should have declined", true),
    /** The strategy failed. */
    NO_ANSWER("no answer", true);

    /** What tells right from wrong, the surest first. */
    private static final List<String> RIGHTNESS = List.of("task_accuracy", "accuracy", "contained", "exact_match");

    private final String label;
    private final boolean failed;

    ExampleVerdict(String label, boolean failed) {
        this.label = label;
        this.failed = failed;
    }

    /** As people read it. */
    public String label() {
        return label;
    }

    /** Whether somebody should look at it. */
    public boolean isFailed() {
        return failed;
    }

    /**
     * The verdict on an example. Right is one whose accuracy, else whether it contains the expected answer, else exact
     * match, is at least a half. A text can be as good in other words: where only its wording was compared, it is right if that
     * is the expected one, and otherwise not judged.
     */
    public static ExampleVerdict of(ExampleResult example) {
        if (example.answer().isEmpty()) {
            return NO_ANSWER;
        }
        boolean declined = example.answer().get().abstained();
        boolean unanswerable = example.testCase().type() == QuestionType.UNANSWERABLE;
        if (declined) {
            return unanswerable ? RIGHTLY_DECLINED : WRONGLY_DECLINED;
        }
        if (unanswerable) {
            return SHOULD_HAVE_DECLINED;
        }
        boolean text = References.areTexts(example.testCase())
                && ExampleValues.of(example, "task_accuracy").isEmpty()
                && ExampleValues.of(example, "accuracy").isEmpty();
        return RIGHTNESS.stream()
                .map(metric -> ExampleValues.of(example, metric))
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .map(value -> value.getAsDouble() >= 0.5 ? RIGHT : text ? UNJUDGED : WRONG)
                .orElse(UNJUDGED);
    }
}
