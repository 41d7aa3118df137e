package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.near.Bag;
import dev.tandem.tuning.example.near.BagIndex;
import dev.tandem.tuning.example.near.WordWeights;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which test examples are nearly training examples. Likeness is of words by weight without their order ({@link Bag#likeness}),
 * so that words moved, exchanged or left out count by what they tell.
 */
final class Nearness {
    /** Least likeness that is ever called a near copy. */
    static final double LEAST = 0.75;

    /** From here on all is called one: copies in which a word in ten was exchanged have less. */
    static final double MOST = 0.95;

    /** Share of the training file's own examples whose nearest neighbours stay below a threshold. */
    static final double ORDINARY = 0.995;

    private static final double ABOVE = 0.005;
    private static final int SAMPLE = 1_000;
    private static final int WORDS = 5;

    private final List<ExampleWords> tests;
    private final List<ExampleWords> sample;
    private final WordWeights weights;
    private final Map<Leak.Part, Comparison> comparisons = new EnumMap<>(Leak.Part.class);
    private final ContainedTexts contained;

    private Nearness(List<ExampleWords> tests, List<ExampleWords> sample, WordWeights weights) {
        this.tests = tests;
        this.sample = sample;
        this.weights = weights;
        contained = new ContainedTexts(tests);
        comparisons.put(Leak.Part.QUESTION, new Comparison(ExampleWords::question, WORDS));
        comparisons.put(Leak.Part.ANSWER, new Comparison(ExampleWords::answer, Leakage.TELLING_ANSWER));
        comparisons.put(Leak.Part.BOTH, new Comparison(ExampleWords::both, WORDS));
    }

    /** Reads the training examples once: what words weigh, and a sample of the examples. */
    static Nearness prepare(Iterable<ExampleWords> training, List<ExampleWords> tests) {
        var weights = new WordWeights();
        var sample = new ArrayList<ExampleWords>();
        var random = new SplittableRandom(1);
        int seen = 0;
        for (var example : training) {
            weights.count(Bag.words(example.both()));
            seen++;
            if (sample.size() < SAMPLE) {
                sample.add(example);
            } else {
                int place = random.nextInt(seen);
                if (place < SAMPLE) {
                    sample.set(place, example);
                }
            }
        }
        tests.forEach(test -> weights.count(Bag.words(test.both())));
        return new Nearness(tests, sample, weights);
    }

    /** Compares a training example with the tests and with the sample; safe for many threads. */
    void compare(ExampleWords example) {
        comparisons.values().forEach(comparison -> comparison.compare(example));
        contained.compare(example.question(), example.answer(), example.line());
    }

    /** How alike each part of a near copy is, once all training examples were compared. */
    Map<Leak.Part, Double> thresholds() {
        var thresholds = new EnumMap<Leak.Part, Double>(Leak.Part.class);
        comparisons.forEach((part, comparison) -> {
            double ordinary = comparison.ordinary();
            if (part != Leak.Part.ANSWER || ordinary < MOST) {
                thresholds.put(part, Math.clamp(ordinary + ABOVE, LEAST, MOST));
            }
        });
        return thresholds;
    }

    /** The plainest leak of a test example. */
    Optional<Leak> leak(int number, Map<Leak.Part, Double> thresholds) {
        return thresholds.entrySet().stream()
                .flatMap(part -> comparisons.get(part.getKey()).leak(number, part.getKey(), part.getValue()).stream())
                .max(java.util.Comparator.comparingDouble(Leak::likeness))
                .or(() -> contained.leak(number));
    }

    /** One part of the examples. */
    private final class Comparison {
        private final Function<ExampleWords, int[]> part;
        private final int least;
        private final List<Bag> bags;
        private final BagIndex index;
        private final AtomicLongArray best;

        Comparison(Function<ExampleWords, int[]> part, int least) {
            this.part = part;
            this.least = least;
            bags = Stream.concat(tests.stream(), sample.stream())
                    .map(this::bag)
                    .toList();
            index = new BagIndex(bags, LEAST);
            best = new AtomicLongArray(bags.size());
        }

        private Bag bag(ExampleWords example) {
            var words = part.apply(example);
            return Bag.of(words.length < least ? new int[0] : Bag.words(words), weights);
        }

        void compare(ExampleWords example) {
            index.search(bag(example), (number, likeness) -> {
                if (number < tests.size() || isOther(sample.get(number - tests.size()), example)) {
                    best.accumulateAndGet(number, Best.of(likeness, example.line()), Math::max);
                }
            });
        }

        /** Answers to one question are alike as they should be; that says nothing of different examples. */
        private boolean isOther(ExampleWords sampled, ExampleWords example) {
            return sampled.line() != example.line()
                    && (sampled.questionPrint() != example.questionPrint() || sampled.questionPrint() == 0)
                    && sampled.print() != example.print();
        }

        /** Likeness that few of the sampled examples have to the nearest other one. */
        double ordinary() {
            var nearest = IntStream.range(tests.size(), bags.size())
                    .filter(number -> bags.get(number).total() > 0)
                    .mapToDouble(number -> best.get(number) == 0 ? 0 : Best.likeness(best.get(number)))
                    .sorted()
                    .toArray();
            return nearest.length == 0 ? 0 : nearest[(int) Math.min(nearest.length - 1.0, nearest.length * ORDINARY)];
        }

        Optional<Leak> leak(int number, Leak.Part which, double threshold) {
            long found = best.get(number);
            return found == 0 || Best.likeness(found) < threshold
                    ? Optional.empty()
                    : Optional.of(new Leak(
                            tests.get(number).line(), which, Leak.Kind.NEAR, Best.line(found), Best.likeness(found)));
        }
    }
}
