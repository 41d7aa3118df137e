package dev.tandem.bench.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.evaluation.compare.PairComparison;
import dev.tandem.evaluation.compare.statistics.McNemarPower;
import org.junit.jupiter.api.Test;

/**
 * A small share of what {@code bench/run VerdictSimulation} measures, with bounds of about four standard errors around what must
 * hold.
 */
class VerdictSimulationTest {
    private static final int REPORTS = 200;
    private static final int CASES = 200;
    private static final long SEED = 20_261_126;

    @Test
    void intervalsHoldTheTruthAsOftenAsTheySay() {
        Coverage binary = Coverage.of(new Reports(LatentItems.binary(0.5, 0.7, 0.6), 100, 500, SEED));
        Coverage graded = Coverage.of(new Reports(LatentItems.graded(0.5, 0.7, 0.6), 100, REPORTS, SEED));
        Coverage clustered =
                Coverage.of(new Reports(LatentItems.graded(0.5, 0.7, 0.6).clustered(4, 0.8), 100, REPORTS, SEED));

        assertThat(binary.ofScores()).isBetween(91.0, 98.6);
        assertThat(binary.ofDifferences()).isBetween(91.0, 98.6);
        assertThat(graded.ofScores()).isBetween(88.5, 99.5);
        assertThat(graded.ofDifferences()).isBetween(88.5, 99.5);
        assertThat(clustered.ofScores()).isBetween(88.5, 99.5);
        assertThat(clustered.ofDifferences()).isBetween(88.5, 99.5);
    }

    @Test
    void nearOneIntervalsAreNeitherTooSureNorTooWide() {
        LatentItems truth = LatentItems.binary(0.5, 0.95, 0.93);
        for (int cases : new int[] {50, 100}) {
            assertThat(ExactCoverage.ofScores(0.95, cases)).isBetween(93.0, 97.0);
            assertThat(ExactCoverage.ofDifferences(truth.onlyFirst(0, 1), truth.onlyFirst(1, 0), cases))
                    .isBetween(93.0, 97.0);
        }
    }

    @Test
    void withoutAGapHardlyAnyReportDeclaresAWinnerOrAnyDifference() {
        Reports reports =
                new Reports(LatentItems.binary(0.5, 0.7, 0.7, 0.7, 0.7).ofTypes(5), CASES, REPORTS, SEED);

        assertThat(reports.percent(verdict -> verdict.winner().isPresent())).isLessThanOrEqualTo(5);
        assertThat(reports.percent(Reports::anyDifference)).isLessThanOrEqualTo(8);
    }

    @Test
    void twoThatAreEquallyGoodAreNotToldApartThoughOthersAreWorse() {
        Reports reports = new Reports(LatentItems.binary(0.5, 0.7, 0.7, 0.4, 0.4), CASES, REPORTS, SEED);

        assertThat(reports.percent(verdict -> verdict.winner().isPresent())).isLessThanOrEqualTo(8);
    }

    @Test
    void aGapOfTenPointsIsGuessedRightAndDeclaredAsOftenAsTheoryAllows() {
        LatentItems truth = LatentItems.binary(0.5, 0.8, 0.7);
        Reports reports = new Reports(truth, CASES, 500, SEED);
        double theory = 100
                * new McNemarPower(truth.onlyFirst(0, 1), truth.onlyFirst(1, 0), PairComparison.LEVEL)
                        .applyAsDouble(CASES);

        assertThat(reports.percent(Reports.guessed(0))).isGreaterThanOrEqualTo(97);
        assertThat(reports.percent(Reports.wins(0))).isCloseTo(theory, within(8.0));
    }

    @Test
    void amongFourTheBestIsDeclaredAsOftenAsHolmsProcedureWrittenDownAgainDoes() {
        LatentItems truth = LatentItems.binary(0.7, 0.8, 0.7, 0.65, 0.6);
        Reports reports = new Reports(truth, CASES, REPORTS, SEED);
        double theory = 100 * new Theory(truth).winnerShare(CASES, 5_000, SEED);

        assertThat(reports.percent(Reports.wins(0))).isCloseTo(theory, within(14.0));
    }

    @Test
    void theExamplesNeededAreThoseThatSimulationFinds() {
        NeededExamples needed =
                NeededExamples.of(new Reports(LatentItems.binary(0.7, 0.8, 0.7), 60, 100, SEED), REPORTS);

        assertThat(needed.medianAtTruth() / (double) needed.simulated()).isBetween(1 / 1.5, 1.5);
    }
}
