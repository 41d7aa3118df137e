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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which test examples are nearly training examples. Likeness is of words by weight without their order ({@link Bag#likeness}),
 * so that words moved, exchanged or left out count by what they tell. Where the answer is the same, a question of whose words
 * a fifth was exchanged is a copy even among questions that are naturally alike.
 */
final class Nearness {
    /** Least likeness that is ever called a near copy. */
    static final double LEAST = 0.75;

    /** Where ordinary neighbours are so alike, only the same words in another order count as a copy. */
    static final double MOST = 0.95;

    /** Least likeness of questions that have the same answer: a fifth of the words was exchanged. */
    static final double LEAST_OF_SAME_ANSWER = 0.8;

    private static final double SAME_WORDS = 0.9999;

    /** Likeness by words alone from which texts are looked at: a copy that lost half of its weight has it. */
    private static final double CANDIDATE = 0.7;

    /** Share of the training file's own examples whose nearest neighbours stay below a threshold. */
    static final double ORDINARY = 0.995;

    private static final double ABOVE = 0.005;
    private static final int SAMPLE = 1_000;

    /** Words of an answer that tells something beside its question: fewer are a label, which must be the same. */
    private static final int TELLING_BESIDE = 5;

    private final List<ExampleWords> tests;
    private final List<ExampleWords> sample;
    private final WordWeights weights;
    private final List<Bag> questions;
    private final List<Bag> answers;
    private final List<Bag> shortAnswers;
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
        shortAnswers = Stream.concat(tests.stream(), sample.stream())
                .map(example -> bag(example.answer(), TELLING_BESIDE))
                .toList();
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
        return bag(example.question(), Leakage.TELLING_QUESTION);
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
        var shortAnswer = bag(example.answer(), TELLING_BESIDE);
        questionIndex.search(question, (number, likeness) -> {
            found(Leak.Part.QUESTION, number, likeness, example);
            double both = Math.min(likeness, shortAnswers.get(number).copied(shortAnswer));
            if (both > 0) {
                found(Leak.Part.BOTH, number, both, example);
            }
            // Of a test the nearest with its answer; of the sample, which tells what is ordinary, the nearest with
            // another.
            boolean same = known(number).answerPrint() == example.answerPrint();
            if (same == number < tests.size()) {
                found(Leak.Part.SAME_ANSWER, number, questions.get(number).likeness(question), example);
            }
        });
        answerIndex.search(answer, (number, likeness) -> found(Leak.Part.ANSWER, number, likeness, example));
        contained.compare(example.question(), example.answer(), example.line());
    }

    private ExampleWords known(int number) {
        return number < tests.size() ? tests.get(number) : sample.get(number - tests.size());
    }

    private void found(Leak.Part part, int number, double likeness, ExampleWords example) {
        if (number < tests.size() || isOther(known(number), example)) {
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
        for (var part : List.of(Leak.Part.QUESTION, Leak.Part.ANSWER, Leak.Part.BOTH)) {
            double threshold = Math.max(LEAST, above(part, 1 - ORDINARY));
            if (threshold < SAME_WORDS || part != Leak.Part.ANSWER) {
                thresholds.put(part, threshold);
            }
        }
        double chance = sameAnswerByChance();
        if (chance < 1) {
            thresholds.put(Leak.Part.SAME_ANSWER, Math.max(LEAST_OF_SAME_ANSWER, ofSameAnswer(chance)));
        }
        return thresholds;
    }

    /**
     * If different examples that are near had the same answer only as often as any two have, for each with another answer
     * there were {@code chance / (1 - chance)} with the same: those may be as few as in the other parts.
     */
    private double ofSameAnswer(double chance) {
        double share = (1 - ORDINARY) * (1 - chance) / Math.max(chance, 1e-9);
        return share >= 1 ? 0 : above(Leak.Part.SAME_ANSWER, share);
    }

    /** How many pairs of the sample have the same answer: of 77 labels that are equally frequent, 1 in 77. */
    private double sameAnswerByChance() {
        var counts = sample.stream()
                .collect(Collectors.groupingBy(ExampleWords::answerPrint, Collectors.counting()))
                .values();
        double same =
                counts.stream().mapToDouble(count -> count * (count - 1.0)).sum();
        return sample.size() < 2 ? 0 : same / (sample.size() * (sample.size() - 1.0));
    }

    /** A likeness above which only such a share of the sampled examples have another near them. */
    private double above(Leak.Part part, double share) {
        var nearest = IntStream.range(tests.size(), questions.size())
                .filter(number -> tells(part, number))
                .mapToDouble(number -> Best.likeness(best(part).get(number)))
                .sorted()
                .toArray();
        double ordinary =
                nearest.length == 0 ? 0 : nearest[(int) Math.min(nearest.length - 1.0, nearest.length * (1 - share))];
        return ordinary < MOST ? ordinary + ABOVE : SAME_WORDS;
    }

    private boolean tells(Leak.Part part, int number) {
        return switch (part) {
            case QUESTION, SAME_ANSWER -> questions.get(number).total() > 0;
            case ANSWER -> answers.get(number).total() > 0;
            case BOTH ->
                questions.get(number).total() > 0 && shortAnswers.get(number).total() > 0;
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
