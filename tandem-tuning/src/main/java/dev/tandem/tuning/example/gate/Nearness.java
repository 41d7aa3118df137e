package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.near.Bag;
import dev.tandem.tuning.example.near.BagIndex;
import dev.tandem.tuning.example.near.WordWeights;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which test examples are nearly training examples. Likeness is of words by weight without their order ({@link Bag#likeness}),
 * so that words moved, exchanged or left out count by what they tell.
 */
final class Nearness {
    /** Least likeness that is ever called a near copy. */
    static final double LEAST = 0.75;

    /** Where ordinary neighbours are so alike, only the same words in another order count as a copy. */
    static final double MOST = 0.95;

    /** Question and answer so alike at once are a copy, however alike the examples are. */
    static final double MOST_OF_BOTH = 0.85;

    private static final double SAME_WORDS = 0.9999;

    /** Likeness by words alone from which texts are looked at: a copy that lost half of its weight has it. */
    private static final double CANDIDATE = 0.7;

    /** Share of the training file's own examples whose nearest neighbours stay below a threshold. */
    static final double ORDINARY = 0.995;

    private static final double ABOVE = 0.005;
    private static final int SAMPLE = 1_000;
    private static final int WORDS = 5;

    private final List<ExampleWords> tests;
    private final List<ExampleWords> sample;
    private final WordWeights weights;
    private final List<Bag> questions;
    private final List<Bag> answers;
    private final BagIndex questionIndex;
    private final BagIndex answerIndex;
    private final Map<Leak.Part, AtomicLongArray> best = new EnumMap<>(Leak.Part.class);
    private final ContainedTexts contained;

    private Nearness(List<ExampleWords> tests, List<ExampleWords> sample, WordWeights weights) {
        this.tests = tests;
        this.sample = sample;
        this.weights = weights;
        questions = Stream.concat(tests.stream(), sample.stream())
                .map(this::question)
                .toList();
        answers =
                Stream.concat(tests.stream(), sample.stream()).map(this::answer).toList();
        questionIndex = new BagIndex(questions, CANDIDATE);
        answerIndex = new BagIndex(answers, CANDIDATE);
        for (var part : Leak.Part.values()) {
            best.put(part, new AtomicLongArray(questions.size()));
        }
        contained = new ContainedTexts(tests);
    }

    private AtomicLongArray best(Leak.Part part) {
        return Objects.requireNonNull(best.get(part));
    }

    private Bag question(ExampleWords example) {
        return bag(example.question(), WORDS);
    }

    private Bag answer(ExampleWords example) {
        return bag(example.answer(), Leakage.TELLING_ANSWER);
    }

    private Bag bag(int[] words, int least) {
        return Bag.of(words.length < least ? new int[0] : words, weights);
    }

    /** Reads the training examples once: what words weigh, and a sample of the examples. */
    static Nearness prepare(Examples training, List<ExampleWords> tests) {
        var weights = new WordWeights();
        var sample = new ArrayList<ExampleWords>();
        var random = new SplittableRandom(1);
        var seen = new int[1];
        InBatches.inOrder(training, ExampleWords::of, example -> {
            weights.count(Bag.words(example.both()));
            int place = random.nextInt(++seen[0]);
            if (sample.size() < SAMPLE) {
                sample.add(example);
            } else if (place < SAMPLE) {
                sample.set(place, example);
            }
        });
        tests.forEach(test -> weights.count(Bag.words(test.both())));
        return new Nearness(tests, sample, weights);
    }

    /** Compares a training example with the tests and with the sample; safe for many threads. */
    void compare(ExampleWords example) {
        var question = question(example);
        var answer = answer(example);
        questionIndex.search(question, (number, likeness) -> {
            found(Leak.Part.QUESTION, number, likeness, example);
            double both = Math.min(likeness, answers.get(number).copied(answer));
            if (both > 0) {
                found(Leak.Part.BOTH, number, both, example);
            }
        });
        answerIndex.search(answer, (number, likeness) -> found(Leak.Part.ANSWER, number, likeness, example));
        contained.compare(example.question(), example.answer(), example.line());
    }

    private void found(Leak.Part part, int number, double likeness, ExampleWords example) {
        if (number < tests.size() || isOther(sample.get(number - tests.size()), example)) {
            best(part).accumulateAndGet(number, Best.of(likeness, example.line()), Math::max);
        }
    }

    /** Answers to one question are alike as they should be; that says nothing of different examples. */
    private static boolean isOther(ExampleWords sampled, ExampleWords example) {
        return sampled.line() != example.line()
                && (sampled.questionPrint() != example.questionPrint() || sampled.questionPrint() == 0)
                && sampled.print() != example.print();
    }

    /** How alike each part of a near copy is, once all training examples were compared; without those that tell nothing. */
    Map<Leak.Part, Double> thresholds() {
        var thresholds = new EnumMap<Leak.Part, Double>(Leak.Part.class);
        for (var part : Leak.Part.values()) {
            double ordinary = ordinary(part);
            if (part == Leak.Part.BOTH) {
                thresholds.put(part, Math.clamp(ordinary + ABOVE, LEAST, MOST_OF_BOTH));
            } else if (ordinary < MOST) {
                thresholds.put(part, Math.max(ordinary + ABOVE, LEAST));
            } else if (part == Leak.Part.QUESTION) {
                thresholds.put(part, SAME_WORDS);
            }
        }
        return thresholds;
    }

    /** Likeness that few of the sampled examples have to the nearest other one. */
    private double ordinary(Leak.Part part) {
        var nearest = IntStream.range(tests.size(), questions.size())
                .filter(number -> tells(part, number))
                .mapToDouble(number -> Best.likeness(best(part).get(number)))
                .sorted()
                .toArray();
        return nearest.length == 0 ? 0 : nearest[(int) Math.min(nearest.length - 1.0, nearest.length * ORDINARY)];
    }

    private boolean tells(Leak.Part part, int number) {
        return switch (part) {
            case QUESTION -> questions.get(number).total() > 0;
            case ANSWER -> answers.get(number).total() > 0;
            case BOTH ->
                questions.get(number).total() > 0 && answers.get(number).total() > 0;
        };
    }

    /** The plainest leak of a test example. */
    Optional<Leak> leak(int number, Map<Leak.Part, Double> thresholds) {
        return thresholds.entrySet().stream()
                .flatMap(part -> near(number, part.getKey(), part.getValue()).stream())
                .max(java.util.Comparator.comparingDouble(Leak::likeness))
                .or(() -> contained.leak(number, thresholds.containsKey(Leak.Part.ANSWER)));
    }

    private Optional<Leak> near(int number, Leak.Part part, double threshold) {
        long found = best(part).get(number);
        return found == 0 || Best.likeness(found) < threshold
                ? Optional.empty()
                : Optional.of(new Leak(
                        tests.get(number).line(), part, Leak.Kind.NEAR, Best.line(found), Best.likeness(found)));
    }
}
