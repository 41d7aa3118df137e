package dev.tandem.evaluation.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final double LEVEL = 0.001;

    @Test
    void pValuesOfLikeSamplesAreSmallNoMoreOftenThanTheySay() {
        int trials = 400;
        long small = IntStream.range(0, trials)
                .filter(trial -> {
                    var random = new Random(trial);
                    return of(new VectorShift(vectors(random, 60, 0), 1), vectors(random, 20, 0), 0.01, trial)
                                    .pValue()
                            <= 0.1;
                })
                .count();

        assertThat(small / (double) trials).isBetween(0.05, 0.15);
    }

    @Test
    void aWindowFromElsewhereIsFoundAndOneOfTheSameIsNot() {
        var random = new Random(1);
        var shift = new VectorShift(vectors(random, 200, 0), 1);

        var same = of(shift, vectors(random, 50, 0), LEVEL, 1);
        var other = of(shift, vectors(random, 50, 1.5), LEVEL, 1);

        assertThat(same.found()).isFalse();
        assertThat(other.found()).isTrue();
        assertThat(other.size()).isGreaterThan(same.size());
        // Unbiased: without a difference nothing is expected.
        assertThat(same.byChance()).isCloseTo(0, within(0.01));
    }

    @Test
    void aQuarterFromElsewhereIsFoundInALargeWindow() {
        var random = new Random(2);
        var shift = new VectorShift(vectors(random, 400, 0), 10);
        var mixed = new ArrayList<>(vectors(random, 150, 0));
        mixed.addAll(vectors(random, 50, 3));
        java.util.Collections.shuffle(mixed, random);

        assertThat(of(shift, mixed, LEVEL, 1).found()).isTrue();
    }

    @Test
    void aReferenceOfOneTextAgainAndAgainTakesAnyOtherForDrift() {
        var one = new float[] {1, 0, 0};
        var shift = new VectorShift(IntStream.range(0, 50).mapToObj(i -> one).toList(), 1);

        assertThat(of(shift, List.of(one, one, one, one, one), LEVEL, 1).pValue())
                .isEqualTo(1);
        var others = IntStream.range(0, 10).mapToObj(i -> new float[] {0, 1, 0}).toList();
        assertThat(of(shift, others, LEVEL, 1).found()).isTrue();
    }

    @Test
    void neighboursThatAreAlikeAreNoDrift() {
        int trials = 200;
        long single = IntStream.range(0, trials)
                .filter(trial -> runs(trial, 1).pValue() <= 0.05)
                .count();
        long blocks = IntStream.range(0, trials)
                .filter(trial -> runs(trial, 10).pValue() <= 0.05)
                .count();

        assertThat(single / (double) trials).isGreaterThan(0.15);
        assertThat(blocks / (double) trials).isLessThan(0.12);
    }

    /** Values that come in runs of three equal ones. */
    private static Shift runs(int seed, int block) {
        var random = new Random(seed);
        var values = IntStream.range(0, 200)
                .mapToObj(i -> random.nextDouble())
                .flatMap(value -> Stream.of(value, value, value))
                .toList();
        return new MeanShift(values.subList(0, 500), block, true).of(values.subList(500, 600), 0.01, seed);
    }

    @Test
    void meansHaveTheExactPValue() {
        // Three of thirteen are 1, and all three are in the window: one choice of C(13, 3) = 286.
        var shift = new MeanShift(IntStream.range(0, 10).mapToObj(i -> 0.0).toList(), 1, true);

        var found = shift.of(List.of(1.0, 1.0, 1.0), LEVEL, 7);

        assertThat(found.size()).isEqualTo(1);
        assertThat(found.pValue()).isCloseTo(1 / 286.0, within(0.0025));
    }

    @Test
    void meansAreTestedInTheBadDirectionAlone() {
        var random = new Random(3);
        var reference = random.doubles(100, 0.4, 0.8).boxed().toList();
        var lower = random.doubles(50, 0.2, 0.5).boxed().toList();

        assertThat(new MeanShift(reference, 1, false).of(lower, LEVEL, 1).found())
                .isTrue();
        assertThat(new MeanShift(reference, 1, true).of(lower, LEVEL, 1).pValue())
                .isGreaterThan(0.9);
    }

    @Test
    void theTestsOfAStretchShareItsBudget() {
        var schedule = new LookSchedule(25, List.of(50, 100), 10, 0.05, 2_000);

        assertThat(schedule.level()).isCloseTo(0.05 / 160, within(1e-12));
        assertThat(IntStream.rangeClosed(0, 100).filter(schedule::looksAt)).containsExactly(50, 75, 100);
        assertThatIllegalArgumentException().isThrownBy(() -> new LookSchedule(0, List.of(50), 10, 0.05, 2_000));
    }

    @Test
    void longStreamsWithoutDriftAreSeldomFlaggedAndThoseWithAreSoon() {
        int streams = 60;
        long alarms = IntStream.range(0, streams)
                .filter(seed -> flagged(seed, 2_000, 0) < Integer.MAX_VALUE)
                .count();
        long soon = IntStream.range(0, streams)
                .filter(seed -> flagged(1_000 + seed, 200, 1) <= 200)
                .count();

        // Expected at most 3; more than 7 would come by chance once in a hundred.
        assertThat(alarms).isLessThanOrEqualTo(7);
        assertThat(soon).isEqualTo(streams);
    }

    /** After how many values whose mean is shifted the usual schedule flags. */
    private static int flagged(int seed, int length, double by) {
        var random = new Random(seed);
        var shift = new MeanShift(random.doubles(300).boxed().toList(), LookSchedule.USUAL.block(), true);
        var schedule = LookSchedule.USUAL;
        var seen = new ArrayList<Double>();
        for (int i = 1; i <= length; i++) {
            seen.add(random.nextDouble() + by * 0.3);
            for (int window : schedule.looksAt(i) ? schedule.windows() : List.<Integer>of()) {
                if (window <= i
                        && shift.of(seen.subList(i - window, i), schedule.level(), i)
                                .found()) {
                    return i;
                }
            }
        }
        return Integer.MAX_VALUE;
    }

    private static Shift of(VectorShift shift, List<float[]> window, double level, long seed) {
        return shift.of(window.stream().map(shift::place).toList(), level, seed);
    }

    private static List<float[]> vectors(Random random, int count, double shift) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    var vector = new float[8];
                    double squares = 0;
                    for (int d = 0; d < vector.length; d++) {
                        vector[d] = (float) (random.nextGaussian() + (d == 0 ? shift : 0));
                        squares += vector[d] * vector[d];
                    }
                    for (int d = 0; d < vector.length; d++) {
                        vector[d] /= (float) Math.sqrt(squares);
                    }
                    return vector;
                })
                .toList();
    }
}
