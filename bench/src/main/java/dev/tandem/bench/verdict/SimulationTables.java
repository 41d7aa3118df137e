package dev.tandem.bench.verdict;

import dev.tandem.evaluation.compare.Measurements;
import dev.tandem.evaluation.compare.PairComparison;
import dev.tandem.evaluation.compare.statistics.McNemarPower;
import dev.tandem.evaluation.compare.statistics.PairedMeanPower;
import dev.tandem.evaluation.compare.statistics.Sample;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The tables of the simulation, in Markdown. A percentage of 2,000 reports has a standard error of 0.5 at 95 and of 1.1 at 50.
 *
 * @param reports drawn for a row; graded and clustered ones, which take far longer, are fewer in the larger tables
 */
public record SimulationTables(int reports, long seed, PrintStream out) {
    private static final double[] CORRELATIONS = {0, 0.3, 0.5, 0.7, 0.9};
    private static final int THEORY_DRAWS = 100_000;

    /** Where 95% intervals hold the truth. */
    public void coverage() {
        row(
                "coverage of 95% intervals: scores",
                "means", "correlation", "clusters of", "cases", "mean %", "difference %");
        rule(7);
        double[][] means = {{0.7, 0.6}, {0.9, 0.85}, {0.95, 0.93}, {0.8, 0.2}};
        for (double[] pair : means) {
            for (int cases : new int[] {50, 100, 200}) {
                coverage(LatentItems.binary(0.5, pair), cases);
                coverage(LatentItems.graded(0.5, pair), cases);
            }
        }
        for (int cases : new int[] {100, 200}) {
            coverage(LatentItems.binary(0.5, 0.7, 0.6).clustered(4, 0.8), cases);
            coverage(LatentItems.graded(0.5, 0.7, 0.6).clustered(4, 0.8), cases);
        }
        out.println();
    }

    /** The same for right and wrong answers, exactly. */
    public void exactCoverage() {
        row("rate", "the other's", "correlation", "disagreements %", "cases", "mean %", "difference %");
        rule(7);
        for (double rate : new double[] {0.5, 0.8, 0.9, 0.95, 0.97}) {
            for (double gap : new double[] {0.02, 0.1}) {
                for (double correlation : new double[] {0.5, 0.9}) {
                    LatentItems truth = LatentItems.binary(correlation, rate, rate - gap);
                    double first = truth.onlyFirst(0, 1);
                    double second = truth.onlyFirst(1, 0);
                    for (int cases : new int[] {50, 100, 200}) {
                        row(
                                rate,
                                "%.2f".formatted(rate - gap),
                                correlation,
                                "%.1f".formatted(100 * (first + second)),
                                cases,
                                mark(ExactCoverage.ofScores(rate, cases), 93, 97),
                                mark(ExactCoverage.ofDifferences(first, second, cases), 93, 97));
                    }
                }
            }
        }
        out.println();
    }

    private void coverage(LatentItems truth, int cases) {
        Coverage coverage = Coverage.of(new Reports(truth, cases, reports, seed));
        row(
                kind(truth),
                Arrays.toString(truth.means()),
                truth.correlation(),
                truth.clusterSize(),
                cases,
                mark(coverage.ofScores(), 93, 97),
                mark(coverage.ofDifferences(), 93, 97));
    }

    /** Where there is nothing to find. */
    public void noGap() {
        row(
                "no gap: scores",
                "means",
                "correlation",
                "clusters of",
                "types",
                "cases",
                "wrong winner %",
                "any wrong difference %");
        rule(8);
        for (double correlation : CORRELATIONS) {
            noGap(LatentItems.binary(correlation, 0.7, 0.7, 0.7, 0.7).ofTypes(5), 200, reports);
        }
        for (int cases : new int[] {50, 100}) {
            noGap(LatentItems.binary(0.5, 0.7, 0.7, 0.7, 0.7).ofTypes(5), cases, reports);
        }
        noGap(LatentItems.binary(0.5, 0.7, 0.7, 0.7, 0.7), 200, reports);
        noGap(LatentItems.binary(0.5, 0.7, 0.7), 200, reports);
        noGap(LatentItems.binary(0.5, 0.7, 0.7, 0.5, 0.5), 200, reports);
        noGap(LatentItems.graded(0.5, 0.7, 0.7, 0.7, 0.7), 200, reports / 2);
        noGap(LatentItems.graded(0.5, 0.7, 0.7), 200, reports);
        noGap(LatentItems.binary(0.5, 0.7, 0.7).clustered(4, 0.8), 200, reports);
        out.println();
    }

    private void noGap(LatentItems truth, int cases, int number) {
        Reports of = new Reports(truth, cases, number, seed);
        row(
                kind(truth),
                Arrays.toString(truth.means()),
                truth.correlation(),
                truth.clusterSize(),
                truth.types(),
                cases,
                mark(of.percent(verdict -> verdict.winner().isPresent()), 0, 5),
                allEqual(truth) ? mark(of.percent(Reports::anyDifference), 0, 5) : "-");
    }

    private static boolean allEqual(LatentItems truth) {
        return Arrays.stream(truth.means()).distinct().count() == 1;
    }

    /** Where the best is ten points ahead, with 200 cases. */
    public void gap() {
        row(
                "gap of 10 points, 200 cases: scores",
                "means",
                "correlation",
                "phi",
                "types",
                "best guess right %",
                "declared %",
                "theory %",
                "difference");
        rule(9);
        for (double correlation : CORRELATIONS) {
            gap(LatentItems.binary(correlation, 0.8, 0.7), reports);
        }
        for (double correlation : CORRELATIONS) {
            gap(LatentItems.binary(correlation, 0.8, 0.7, 0.65, 0.6), reports);
        }
        for (double correlation : CORRELATIONS) {
            gap(LatentItems.binary(correlation, 0.8, 0.7, 0.7, 0.7), reports);
        }
        gap(LatentItems.binary(0.7, 0.8, 0.7, 0.65, 0.6).ofTypes(5), reports);
        gap(LatentItems.graded(0.5, 0.6, 0.5), reports);
        gap(LatentItems.graded(0, 0.6, 0.5), reports);
        out.println();
    }

    private void gap(LatentItems truth, int number) {
        int cases = 200;
        Reports of = new Reports(truth, cases, number, seed);
        double declared = of.percent(Reports.wins(0));
        double theory = 100 * theory(truth, cases);
        row(
                kind(truth),
                Arrays.toString(truth.means()),
                truth.correlation(),
                truth.graded() ? "-" : "%.2f".formatted(truth.phi()),
                truth.types(),
                mark(of.percent(Reports.guessed(0)), 97, 100),
                "%.1f".formatted(declared),
                "%.1f".formatted(theory),
                mark(declared - theory, -3, 3));
    }

    private double theory(LatentItems truth, int cases) {
        if (truth.graded()) {
            double[] moments = moments(truth);
            return new PairedMeanPower(moments[0], moments[1], PairComparison.LEVEL).applyAsDouble(cases);
        }
        if (truth.means().length == 2) {
            return new McNemarPower(truth.onlyFirst(0, 1), truth.onlyFirst(1, 0), PairComparison.LEVEL)
                    .applyAsDouble(cases);
        }
        return new Theory(truth).winnerShare(cases, THEORY_DRAWS, seed);
    }

    /** Mean and standard deviation of the first two approaches' difference, from very many cases. */
    private double[] moments(LatentItems truth) {
        Measurements many = truth.draw(THEORY_DRAWS, new SplittableRandom(seed));
        double[] differences = many.cases().stream()
                .mapToDouble(
                        testCase -> many.approach(LatentItems.name(0)).quality().getOrDefault(testCase.id(), 0.0)
                                - many.approach(LatentItems.name(1)).quality().getOrDefault(testCase.id(), 0.0))
                .toArray();
        Sample sample = Sample.independent(differences);
        return new double[] {truth.means()[0] - truth.means()[1], sample.standardError() * Math.sqrt(THEORY_DRAWS)};
    }

    /** How many examples would tell. */
    public void needed() {
        row(
                "examples needed: scores",
                "means",
                "correlation",
                "predicted from",
                "simulation",
                "at the true gap: median",
                "within 1.5 %",
                "at the measured gap: median",
                "within 1.5 %",
                "at least holds %");
        rule(10);
        needed(LatentItems.binary(0.5, 0.75, 0.7), 100);
        needed(LatentItems.binary(0.5, 0.75, 0.7), 200);
        needed(LatentItems.binary(0.9, 0.75, 0.7), 100);
        needed(LatentItems.binary(0.5, 0.8, 0.7), 50);
        needed(LatentItems.binary(0.5, 0.8, 0.7), 100);
        needed(LatentItems.binary(0.5, 0.8, 0.7, 0.7, 0.7), 100);
        needed(LatentItems.graded(0.5, 0.65, 0.6), 100);
        out.println();
    }

    private void needed(LatentItems truth, int pilotCases) {
        int number = Math.max(100, reports / 2);
        NeededExamples needed = NeededExamples.of(new Reports(truth, pilotCases, number, seed), number);
        row(
                kind(truth),
                Arrays.toString(truth.means()),
                truth.correlation(),
                pilotCases,
                needed.simulated(),
                "%d (x %.2f)".formatted(needed.medianAtTruth(), needed.medianAtTruth() / (double) needed.simulated()),
                mark(needed.withinAtTruth(), 95, 100),
                needed.medianMeasured() == Integer.MAX_VALUE ? "over 20000" : needed.medianMeasured(),
                "%.0f".formatted(needed.withinMeasured()),
                "%.1f".formatted(needed.atLeastHolds()));
    }

    private static String kind(LatentItems truth) {
        return truth.graded() ? "graded" : "binary";
    }

    /** What misses its bounds says so. */
    private static String mark(double value, double low, double high) {
        // As it is shown: 97.04 is shown as 97.0.
        double shown = Math.round(10 * value) / 10.0;
        return "%.1f%s".formatted(value, shown < low || shown > high ? " MISSES" : "");
    }

    private void row(Object... cells) {
        out.println("| "
                + String.join(
                        " | ", Arrays.stream(cells).map(SimulationTables::text).toList()) + " |");
        out.flush();
    }

    private static String text(Object cell) {
        return cell instanceof Double number ? String.format(Locale.ROOT, "%s", number) : String.valueOf(cell);
    }

    private void rule(int columns) {
        out.println("|" + "---|".repeat(columns));
    }
}
