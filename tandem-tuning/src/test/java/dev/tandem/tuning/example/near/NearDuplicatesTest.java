package dev.tandem.tuning.example.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearDuplicatesTest {
    @Test
    void wordsDoNotKnowCasePunctuationAndWidth() {
        assertThat(Words.of("Hello, World! ﬁne")).isEqualTo(Words.of("hello   world\nFINE"));
        assertThat(Words.of("hello word")).isNotEqualTo(Words.of("hello world"));
        assertThat(Words.of("12,5")).hasSize(2);
        assertThat(Words.of("天気はいい")).hasSize(5);
        assertThat(Words.of(" ...\n")).isEmpty();
    }

    @Test
    void pairsKnowTheOrderAndSetsDoNot() {
        var one = Words.of("the dog bites the man");
        var other = Words.of("the man bites the dog");
        assertThat(Words.set(one)).isEqualTo(Words.set(other));
        assertThat(Words.pairs(one)).isNotEqualTo(Words.pairs(other)).isSorted();
        assertThat(Words.fingerprint(one)).isNotEqualTo(Words.fingerprint(other));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void estimatesAreWithinFourStandardDeviationsOfTheTrueSimilarity(long seed) {
        var random = new Random(seed);
        int places = 256;
        var hashing = new MinHash(places, seed);
        for (int round = 0; round < 40; round++) {
            int common = random.nextInt(200);
            var one = new ArrayList<Integer>();
            var other = new ArrayList<Integer>();
            for (int i = 0; i < common; i++) {
                int element = random.nextInt();
                one.add(element);
                other.add(element);
            }
            IntStream.range(0, 1 + random.nextInt(100)).forEach(i -> one.add(random.nextInt()));
            IntStream.range(0, 1 + random.nextInt(100)).forEach(i -> other.add(random.nextInt()));
            var a = set(one);
            var b = set(other);
            double truth = Words.jaccard(a, b);
            assertThat(MinHash.estimate(hashing.signature(a), hashing.signature(b)))
                    .isCloseTo(truth, within(4 * Math.sqrt(truth * (1 - truth) / places) + 0.01));
        }
    }

    @Test
    void allPairsAboveTheThresholdAreFoundAndNoneBelow() {
        var random = new Random(7);
        var sets = new ArrayList<int[]>();
        for (int i = 0; i < 300; i++) {
            var elements = new ArrayList<Integer>();
            IntStream.range(0, 40).forEach(each -> elements.add(random.nextInt()));
            sets.add(set(elements));
            // A copy with some elements exchanged: from nearly equal to hardly alike.
            int exchanged = i % 20;
            Collections.shuffle(elements, random);
            IntStream.range(0, exchanged).forEach(each -> elements.set(each, random.nextInt()));
            sets.add(set(elements));
        }
        var found = NearDuplicates.of(sets, 0.7);
        assertThat(found.pairs())
                .allSatisfy(pair -> assertThat(pair.similarity())
                        .isEqualTo(Words.jaccard(sets.get(pair.one()), sets.get(pair.other())))
                        .isGreaterThanOrEqualTo(0.7));
        long expected = IntStream.range(0, 300)
                .filter(i -> Words.jaccard(sets.get(2 * i), sets.get(2 * i + 1)) >= 0.7)
                .count();
        assertThat(expected).isGreaterThan(80);
        assertThat(found.pairs().size()).isBetween((int) (0.97 * expected), (int) expected);
    }

    @Test
    void manyEqualSetsAreOneCluster() {
        var sets = Collections.nCopies(20_000, Words.pairs(Words.of("the same again and again")));
        assertThat(NearDuplicates.of(sets, 0.8).clusters(sets.size())).containsOnly(0);
    }

    @Test
    void emptySetsAreLikeNothing() {
        assertThat(NearDuplicates.of(List.of(new int[0], new int[0]), 0.8).pairs())
                .isEmpty();
        assertThat(NearDuplicates.of(List.of(), 0.8).pairs()).isEmpty();
    }

    @Test
    void bagsCountRepetitionsAndForgetTheOrder() {
        var weights = new WordWeights();
        for (var text : List.of("a very very long day", "another day", "a long way")) {
            weights.count(Bag.words(Words.of(text)));
        }
        var bag = Bag.of(Words.of("a very very long day"), weights);
        assertThat(bag.likeness(Bag.of(Words.of("day long very very a"), weights)))
                .isEqualTo(1, within(1e-9));
        assertThat(bag.likeness(Bag.of(Words.of("a very long day"), weights)))
                .isLessThan(1)
                .isGreaterThan(0.8);
        assertThat(bag.likeness(Bag.of(Words.of("nothing else"), weights))).isZero();
        assertThat(bag.likeness(Bag.of(new int[0], weights))).isZero();
        assertThat(Bag.of(Words.of("one two three four five six seven eight"), weights)
                        .copied(Bag.of(Words.of("one two three four five six"), weights)))
                .isGreaterThan(0.8);
    }

    @Test
    void theIndexFindsWhatComparingAllWithAllFinds() {
        var random = new Random(3);
        var weights = new WordWeights();
        var texts = new ArrayList<int[]>();
        for (int i = 0; i < 400; i++) {
            // Few words, some far more frequent than others, so that many texts are somewhat alike.
            texts.add(IntStream.range(0, 5 + random.nextInt(10))
                    .map(each -> (int) Math.pow(random.nextInt(12), 2))
                    .toArray());
            weights.count(Bag.words(texts.get(i)));
        }
        var bags = texts.stream().map(text -> Bag.of(text, weights)).toList();
        var index = new BagIndex(bags, 0.7);
        int pairs = 0;
        for (var bag : bags) {
            var found = new ArrayList<Integer>();
            index.search(bag, (number, likeness) -> found.add(number));
            var expected = IntStream.range(0, bags.size())
                    .filter(i -> bag.likeness(bags.get(i)) >= 0.7)
                    .boxed()
                    .toList();
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
            pairs += expected.size();
        }
        assertThat(pairs).isGreaterThan(500);
    }

    private static int[] set(List<Integer> elements) {
        return Words.set(elements.stream().mapToInt(Integer::intValue).toArray());
    }
}
