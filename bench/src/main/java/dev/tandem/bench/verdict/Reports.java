package dev.tandem.bench.verdict;

import dev.tandem.evaluation.compare.Constraints;
import dev.tandem.evaluation.compare.Measurements;
import dev.tandem.evaluation.compare.Verdict;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Many reports of one truth. The same seed gives the same reports, however many threads.
 *
 * @param cases in each
 * @param number of reports
 */
public record Reports(LatentItems truth, int cases, int number, long seed) {

    /** In how many percent of the verdicts something holds. */
    public double percent(Predicate<Verdict> holds) {
        return percentOf(measurements -> holds.test(Verdict.of(measurements, Constraints.NONE)));
    }

    double percentOf(Predicate<Measurements> holds) {
        return 100.0
                * IntStream.range(0, number)
                        .parallel()
                        .filter(report -> holds.test(measurements(report)))
                        .count()
                / number;
    }

    Measurements measurements(int report) {
        return truth.draw(cases, ofItsOwn(seed, report));
    }

    /** A generator for each report; the seeds are mixed first, because those of neighbours would give overlapping draws. */
    static SplittableRandom ofItsOwn(long seed, long report) {
        return new SplittableRandom(new SplittableRandom(seed * 1_000_003 + report).nextLong());
    }

    /** Whether the approach is declared the winner. */
    public static Predicate<Verdict> wins(int approach) {
        return verdict ->
                verdict.winner().filter(LatentItems.name(approach)::equals).isPresent();
    }

    /** Whether the approach is the best guess. */
    public static Predicate<Verdict> guessed(int approach) {
        return verdict -> verdict.bestGuess().equals(LatentItems.name(approach));
    }

    /** Whether any comparison of the report found a difference. */
    public static boolean anyDifference(Verdict verdict) {
        return verdict.comparisons().pairs().stream().anyMatch(pair -> pair.significant());
    }
}
