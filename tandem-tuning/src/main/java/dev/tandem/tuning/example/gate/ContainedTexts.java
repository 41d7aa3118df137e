package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.near.Passages;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;

/** Questions and answers of a test set of which most stands word for word in something longer. Safe for many threads. */
final class ContainedTexts {
    private final List<ExampleWords> tests;
    private final Passages questions;
    private final Passages answers;
    private final AtomicLongArray questionPlaces;
    private final AtomicLongArray answerPlaces;

    ContainedTexts(List<ExampleWords> tests) {
        this.tests = tests;
        questions = new Passages(tests.stream().map(ExampleWords::question).toList(), Leakage.PASSAGE);
        answers = new Passages(tests.stream().map(ExampleWords::answer).toList(), Leakage.PASSAGE);
        questionPlaces = new AtomicLongArray(tests.size());
        answerPlaces = new AtomicLongArray(tests.size());
    }

    void compare(int[] inQuestions, int[] inAnswers, int place) {
        questions.search(
                inQuestions,
                Leakage.CONTAINED,
                (number, share) -> questionPlaces.accumulateAndGet(number, Best.of(share, place), Math::max));
        answers.search(
                inAnswers,
                Leakage.CONTAINED,
                (number, share) -> answerPlaces.accumulateAndGet(number, Best.of(share, place), Math::max));
    }

    /** @param answersTell whether an answer gives anything away by itself */
    Optional<Leak> leak(int number, boolean answersTell) {
        return leak(number, questionPlaces.get(number), Leak.Part.QUESTION)
                .or(() -> answersTell ? leak(number, answerPlaces.get(number), Leak.Part.ANSWER) : Optional.empty());
    }

    private Optional<Leak> leak(int number, long best, Leak.Part part) {
        return best == 0
                ? Optional.empty()
                : Optional.of(new Leak(
                        tests.get(number).line(), part, Leak.Kind.CONTAINED, Best.line(best), Best.likeness(best)));
    }
}
