package dev.tandem.tuning.example.gate;

import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.example.near.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a training file gives away of a test file: the same questions and answers, copies with some words exchanged, moved or
 * left out, and what stands word for word in something longer. Question, answer and both together are compared apart.
 *
 * <p>How alike a copy must be is measured, not fixed: {@link Nearness} takes examples of the training file and looks how
 * alike the nearest other ones with another question are. Where 99.5% are less alike than {@link Nearness#LEAST} that is
 * the threshold; where different examples are naturally alike, as sentences made from the same few slots, it is higher. Where the answer is the
 * same too, a label or a text, only as many examples with another answer must be less alike as chance allows.
 *
 * @param examples of the test file
 * @param leaks at most one a test example: the plainest
 * @param thresholds likeness from which a part counts as a near copy; a part that is not there never does by itself
 */
public record Leakage(int examples, List<Leak> leaks, Map<Leak.Part, Double> thresholds) {
    /** Words that an answer must have to give anything away by itself: short ones are labels. */
    static final int TELLING_ANSWER = 12;

    /** Words that a question must have to give anything away by itself. */
    static final int TELLING_QUESTION = 3;

    /** Words below which a text is no passage of anything. */
    static final int PASSAGE = 13;

    /** Share of a text's runs of words that must stand in a longer text, as PaLM's authors count contamination. */
    static final double CONTAINED = 0.7;

    public Leakage {
        leaks = List.copyOf(leaks);
        thresholds = Map.copyOf(thresholds);
    }

    /** What training examples give away of test examples; the training examples are read twice, one by one. */
    public static Leakage between(Examples training, Examples against) {
        var tests = tests(against);
        var nearness = Nearness.prepare(training, tests);
        var exact = new ExactCopies(tests);
        InBatches.of(training, example -> {
            var words = ExampleWords.of(example);
            nearness.compare(words);
            exact.compare(words);
        });
        var thresholds = nearness.thresholds();
        boolean answersTell = thresholds.containsKey(Leak.Part.ANSWER);
        var leaks = new ArrayList<Leak>();
        for (int number = 0; number < tests.size(); number++) {
            var near = nearness.leak(number, thresholds);
            exact.leak(number, answersTell).or(() -> near).ifPresent(leaks::add);
        }
        return new Leakage(tests.size(), leaks, thresholds);
    }

    /**
     * What documents give away of test examples: questions and answers of which most stands there word for word.
     *
     * @param documents texts on which a model was or will be trained beside the examples
     */
    public static Leakage inDocuments(Iterable<? extends CharSequence> documents, Examples against) {
        var tests = tests(against);
        var contained = new ContainedTexts(tests);
        int number = 0;
        for (var document : documents) {
            number++;
            contained.compare(Words.of(document), Words.of(document), number);
        }
        var leaks = new ArrayList<Leak>();
        for (int i = 0; i < tests.size(); i++) {
            contained.leak(i, true).ifPresent(leaks::add);
        }
        return new Leakage(tests.size(), leaks, Map.of());
    }

    /** Whether anything leaks. */
    public boolean found() {
        return !leaks.isEmpty();
    }

    /**
     * Refuses to go on if anything leaks.
     *
     * @param training what the user called the training file
     * @param test what the user called the test file
     * @param way how to go on all the same, such as "--allow-leakage"
     */
    public void refuse(Object training, Object test, String way) {
        if (!found()) {
            return;
        }
        var first = leaks.getFirst();
        throw new MendableException(String.format(
                java.util.Locale.ROOT,
                "%d of the %d examples of %s are in %s too, or nearly so (line %d is line %d there): what is measured on them"
                        + " would say nothing. See all with `tandem dataset check %s --against %s`, leave them out with its"
                        + " --fix, or go on with %s.",
                leaks.size(),
                examples,
                test,
                training,
                first.line(),
                first.trainingLine(),
                training,
                test,
                way));
    }

    private static List<ExampleWords> tests(Examples against) {
        var tests = new ArrayList<ExampleWords>();
        InBatches.inOrder(against, ExampleWords::of, tests::add);
        return tests;
    }

    /** Test examples whose question, answer or both are a training example's but for case and punctuation. */
    private static final class ExactCopies {
        private static final int NONE = Integer.MAX_VALUE;

        private final List<ExampleWords> tests;
        private final Map<Long, Integer> questions = new ConcurrentHashMap<>();
        private final Map<Long, Integer> answers = new ConcurrentHashMap<>();
        private final Map<Long, Integer> both = new ConcurrentHashMap<>();

        ExactCopies(List<ExampleWords> tests) {
            this.tests = tests;
            tests.forEach(test -> {
                questions.put(test.questionPrint(), NONE);
                answers.put(test.answerPrint(), NONE);
                both.put(test.print(), NONE);
            });
        }

        void compare(ExampleWords example) {
            questions.computeIfPresent(example.questionPrint(), (print, line) -> Math.min(line, example.line()));
            answers.computeIfPresent(example.answerPrint(), (print, line) -> Math.min(line, example.line()));
            both.computeIfPresent(example.print(), (print, line) -> Math.min(line, example.line()));
        }

        Optional<Leak> leak(int number, boolean answersTell) {
            var test = tests.get(number);
            int bothLine = line(both, test.print());
            if (bothLine != NONE) {
                return Optional.of(exact(test, Leak.Part.BOTH, bothLine));
            }
            int questionLine = line(questions, test.questionPrint());
            if (test.question().length >= TELLING_QUESTION && questionLine != NONE) {
                return Optional.of(exact(test, Leak.Part.QUESTION, questionLine));
            }
            int answerLine = line(answers, test.answerPrint());
            return answersTell && test.answer().length >= TELLING_ANSWER && answerLine != NONE
                    ? Optional.of(exact(test, Leak.Part.ANSWER, answerLine))
                    : Optional.empty();
        }

        private static int line(Map<Long, Integer> prints, long print) {
            return prints.getOrDefault(print, NONE);
        }

        private static Leak exact(ExampleWords test, Leak.Part part, int line) {
            return new Leak(test.line(), part, Leak.Kind.EXACT, line, 1);
        }
    }
}
