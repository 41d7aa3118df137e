package dev.tandem.evaluation.compare.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.evaluation.compare.statistics.Interval.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalsTest {
    @Test
    void copiesOfACaseWithinAClusterAddNothingToWhatIsKnown() {
        double[] values = new SplittableRandom(3).doubles(40).toArray();
        List<String> clusters = new ArrayList<>();
        double[] copies = new double[160];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = values[i / 4];
            clusters.add("document " + i / 4);
        }
        Sample once = Sample.independent(values);
        Sample fourTimes = Sample.clustered(copies, clusters);

        assertThat(fourTimes.cases()).isEqualTo(160);
        assertThat(fourTimes.units()).isEqualTo(40);
        assertThat(fourTimes.mean()).isCloseTo(once.mean(), within(1e-12));
        assertThat(fourTimes.standardError()).isCloseTo(once.standardError(), within(1e-12));
        assertThat(MeanIntervals.ofScores(fourTimes, false).low())
                .isCloseTo(MeanIntervals.ofScores(once, false).low(), within(1e-12));
        assertThat(BootstrapMean.of(fourTimes, 0.95, 5).low())
                .isCloseTo(BootstrapMean.of(once, 0.95, 5).low(), within(1e-12));
        assertThat(SignFlip.pValue(fourTimes, 5)).isEqualTo(SignFlip.pValue(once, 5));
    }

    @Test
    void gradedScoresAreKnownMoreCloselyThanRightAndWrongOnesOfTheSameMean() {
        double[] graded = new SplittableRandom(1)
                .doubles(100)
                .map(value -> 0.6 + 0.4 * value)
                .toArray();
        double mean = Arrays.stream(graded).average().orElseThrow();
        Interval ofGraded = MeanIntervals.ofScores(Sample.independent(graded), false);
        Interval ofBinary = Proportions.wilson((int) Math.round(100 * mean), 100, 0.95);

        assertThat(ofGraded.contains(mean)).isTrue();
        assertThat(ofGraded.high() - ofGraded.low()).isLessThan((ofBinary.high() - ofBinary.low()) / 2);
    }

    @Test
    void equalScoresStillHaveAnInterval() {
        Interval allRight = MeanIntervals.ofScores(Sample.independent(filled(1)), false);
        Interval noDifference = MeanIntervals.ofDifferences(Sample.independent(filled(0)), false, 1);

        assertThat(allRight.high()).isEqualTo(1);
        assertThat(allRight.low()).isCloseTo(1 - 0.0713, within(0.0001)); // Wilson's, by its formula: 50 of 50
        assertThat(noDifference.low()).isNegative();
        assertThat(noDifference.high()).isCloseTo(-noDifference.low(), within(1e-12));
    }

    @Test
    void tangosIntervalIsThePublishedOne() {
        // Airway reactivity before and after transplantation, as Fagerland, Lydersen and Laake (2014) give it.
        Interval interval = Proportions.tango(1, 7, 21, 0.95);

        assertThat(interval.low()).isCloseTo(-0.517, within(0.0005));
        assertThat(interval.high()).isCloseTo(-0.026, within(0.0005));
        assertThat(Proportions.tango(7, 1, 21, 0.95).low()).isCloseTo(-interval.high(), within(1e-9));
    }

    @Test
    void twoThatNeverDisagreeMayStillDifferAndWhoIsAlwaysAheadMayNotBe() {
        double square = 1.959963984540054 * 1.959963984540054;

        // By the formula: the score of a difference of d is d n over the root of n d.
        assertThat(Proportions.tango(0, 0, 50, 0.95).high()).isCloseTo(square / (50 + square), within(1e-9));
        assertThat(Proportions.tango(5, 0, 5, 0.95).high()).isCloseTo(1, within(1e-9));
        assertThat(Proportions.tango(5, 0, 5, 0.95).low()).isBetween(0.0, 0.5);
    }

    @Test
    void theExpandedBootstrapOfASmallNormalSampleIsNearStudentsInterval() {
        SplittableRandom random = new SplittableRandom(8);
        double[] values = new double[20];
        Arrays.setAll(values, i -> Normal.quantile(random.nextDouble(0.001, 0.999)));
        Sample sample = Sample.independent(values);
        Interval interval = BootstrapMean.of(sample, 0.95, 4);
        double student = 2 * StudentT.twoSidedQuantile(0.05, 19) * sample.standardError();

        assertThat(interval.method()).isEqualTo(Method.BOOTSTRAP);
        assertThat(interval.high() - interval.low()).isCloseTo(student, within(student * 0.06));
        assertThat(BootstrapMean.of(sample, 0.95, 4)).isEqualTo(interval);
    }

    @Test
    void aHighPercentileHasAnIntervalOnlyFromManyValues() {
        double[] values = new double[200];
        Arrays.setAll(values, i -> i + 1);

        assertThat(Quantiles.of(values, 0.95)).isEqualTo(190);
        Interval interval = Quantiles.interval(values, 0.95, 0.95).orElseThrow();
        // Binomial(200, 0.95): at most 183 with 2.4%, 184 with 4.4%; at least 197 with 0.9%, 196 with 2.6%.
        assertThat(interval.low()).isEqualTo(184);
        assertThat(interval.high()).isEqualTo(197);
        assertThat(Quantiles.interval(Arrays.copyOf(values, 71), 0.95, 0.95)).isEqualTo(Optional.empty());
        assertThat(Quantiles.interval(Arrays.copyOf(values, 72), 0.95, 0.95)).isPresent();
    }

    @Test
    void moreExamplesFindMoreAndTheFewestThatDoAreFound() {
        McNemarPower power = new McNemarPower(0.2, 0.1, 0.05);
        int examples = SampleSize.forPower(List.of(power), 0.8).orElseThrow();

        assertThat(power.applyAsDouble(examples)).isGreaterThanOrEqualTo(0.8);
        assertThat(power.applyAsDouble(examples - 10)).isLessThan(0.8);
        assertThat(SampleSize.forPower(List.of(power, power), 0.8).orElseThrow())
                .isGreaterThan(examples);
        assertThat(SampleSize.forPower(List.of(new McNemarPower(0.1, 0.1, 0.05)), 0.8))
                .isEmpty();
    }

    private static double[] filled(double value) {
        double[] values = new double[50];
        Arrays.fill(values, value);
        return values;
    }
}
