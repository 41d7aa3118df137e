package dev.tandem.evaluation.judge.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final double[] SCORES = {0.9, 0.8, 0.7, 0.7, 0.3, 0.2};
    private static final boolean[] LABELS = {true, true, false, true, false, true};

    /** Supported 0.9, 0.8, 0.7, 0.2 against 0.7, 0.3: won 2 + 2 + 1.5 + 0 of eight pairs. */
    @Test
    void aurocCountsPairsAndHalvesTies() {
        assertThat(Measures.auroc(SCORES, LABELS)).isCloseTo(5.5 / 8, within(1e-12));
    }

    @Test
    void aurocByRanksEqualsAurocByPairs() {
        var random = new Random(3);
        for (int round = 0; round < 50; round++) {
            var scores = random.ints(40, 0, 10).mapToDouble(i -> i).toArray();
            var labels = new boolean[40];
            double better = 0;
            int pairs = 0;
            for (int i = 0; i < 40; i++) {
                labels[i] = random.nextInt(3) == 0;
            }
            for (int i = 0; i < 40; i++) {
                for (int j = 0; j < 40; j++) {
                    if (labels[i] && !labels[j]) {
                        pairs++;
                        better += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    }
                }
            }
            assertThat(Measures.auroc(scores, labels)).isCloseTo(better / pairs, within(1e-12));
        }
    }

    /** At 0.5: three of four supported and one of two unsupported are told right. */
    @Test
    void balancedAccuracyIsTheMeanOfBothShares() {
        assertThat(Measures.balancedAccuracy(SCORES, LABELS, 0.5)).isCloseTo((0.75 + 0.5) / 2, within(1e-12));
    }

    /** Cohen's own kind of example: 45 + 15 of 100 are the same, chance gives 0.6 * 0.7 + 0.4 * 0.3 = 0.54. */
    @Test
    void kappaTakesChanceAway() {
        var first = new int[100];
        var second = new int[100];
        for (int i = 0; i < 100; i++) {
            first[i] = i < 60 ? 1 : 0;
            second[i] = i < 45 || i >= 60 && i < 85 ? 1 : 0;
        }
        assertThat(Measures.kappa(first, second, 2)).isCloseTo((0.6 - 0.54) / 0.46, within(1e-12));
        assertThat(Measures.kappa(first, first, 2)).isEqualTo(1);
        assertThat(Measures.kappa(new int[] {1, 1}, new int[] {1, 1}, 2)).isNaN();
    }

    /** Six answers in ten bins: each its own, but for the two of 0.7, of which half are supported. */
    @Test
    void calibrationIsTheDistanceOfScoreAndShare() {
        assertThat(Measures.calibrationError(SCORES, LABELS))
                .isCloseTo((0.1 + 0.2 + 2 * 0.2 + 0.3 + 0.8) / 6, within(1e-12));
    }

    /** A judge of claims says 0 and 1 most of the time: the order of the answers must not matter then. */
    @Test
    void equalScoresShareABin() {
        var bins =
                Measures.bins(new double[] {1, 0, 1, 0, 1, 1}, new boolean[] {true, false, false, true, true, true}, 5);
        assertThat(bins).containsExactly(new Measures.Bin(2, 0, 0.5), new Measures.Bin(4, 1, 0.75));
    }

    @Test
    void everyMeasureHasAnIntervalAroundItAndIsTheSameEachTime() {
        var random = new Random(5);
        var scores = new double[200];
        var labels = new boolean[200];
        for (int i = 0; i < 200; i++) {
            scores[i] = random.nextDouble();
            labels[i] = random.nextDouble() < scores[i];
        }
        var agreement = LabelAgreement.of(scores, labels, 0.5);
        for (var estimate : new Estimate[] {
            agreement.auroc().orElseThrow(),
            agreement.balancedAccuracy().orElseThrow(),
            agreement.kappa().orElseThrow(),
        }) {
            assertThat(estimate.value()).isBetween(estimate.low(), estimate.high());
            assertThat(estimate.high() - estimate.low()).isBetween(0.05, 0.4);
        }
        assertThat(agreement.reliability()).hasSize(5).allMatch(bin -> bin.count() == 40);
        assertThat(LabelAgreement.of(scores, labels, 0.5)).isEqualTo(agreement);
    }

    @Test
    void labelsThatAreAllTheSameLeaveOnlyCalibration() {
        var agreement = LabelAgreement.of(new double[] {0.2, 0.9}, new boolean[] {true, true}, 0.5);
        assertThat(agreement.auroc()).isEmpty();
        assertThat(agreement.balancedAccuracy()).isEmpty();
        assertThat(agreement.calibrationError().orElseThrow().value()).isCloseTo(0.45, within(1e-12));
    }

    /** Right, right, wrong, tie: (1 + 1 + 0 + 0.5) / 4, and two of three that were decided. */
    @Test
    void tiesAreHalfRight() {
        var agreement = PreferenceAgreement.of(new int[] {1, 2, 1, 0}, new int[] {1, 2, 2, 1});
        assertThat(agreement.accuracy().orElseThrow().value()).isEqualTo(0.625);
        assertThat(agreement.decidedAccuracy().orElseThrow().value()).isCloseTo(2 / 3.0, within(1e-12));
        // Same 2/4; by chance 1: 2/4 * 2/4, 2: 1/4 * 2/4, tie: 0.
        assertThat(agreement.kappa().orElseThrow().value()).isCloseTo((0.5 - 0.375) / 0.625, within(1e-12));
        assertThat(agreement.ties()).isEqualTo(1);
        assertThat(PreferenceAgreement.of(new int[] {0}, new int[] {1}).decidedAccuracy())
                .isEmpty();
    }
}
