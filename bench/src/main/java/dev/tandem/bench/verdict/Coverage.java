package dev.tandem.bench.verdict;

import dev.tandem.evaluation.compare.Comparisons;
import dev.tandem.evaluation.compare.Measurements;
import dev.tandem.evaluation.compare.PairComparison;
import dev.tandem.evaluation.compare.ScoreSummary;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often 95% intervals hold the truth, in percent.
 *
 * @param ofScores of the first approach's mean
 * @param ofDifferences of the first less the second
 */
public record Coverage(double ofScores, double ofDifferences) {

    /** Of reports of two approaches. */
    public static Coverage of(Reports reports) {
        double[] means = reports.truth().means();
        int[] held = IntStream.range(0, reports.number())
                .parallel()
                .mapToObj(report -> held(reports.measurements(report), means))
                .reduce(new int[2], (one, other) -> new int[] {one[0] + other[0], one[1] + other[1]});
        double[] percent = Arrays.stream(held)
                .mapToDouble(count -> 100.0 * count / reports.number())
                .toArray();
        return new Coverage(percent[0], percent[1]);
    }

    private static int[] held(Measurements measurements, double[] means) {
        ScoreSummary score = ScoreSummary.overall(measurements, LatentItems.name(0));
        PairComparison pair = Comparisons.of(measurements).pairs().getFirst();
        // A bound computed in another order of adding up may differ from the truth in its last digit.
        return new int[] {
            score.interval().low() - 1e-12 <= means[0]
                            && means[0] <= score.interval().high() + 1e-12
                    ? 1
                    : 0,
            pair.interval().contains(means[0] - means[1]) ? 1 : 0
        };
    }
}
