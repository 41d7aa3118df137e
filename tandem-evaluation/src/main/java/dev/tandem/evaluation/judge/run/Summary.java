package dev.tandem.evaluation.judge.run;

import java.util.DoubleSummaryStatistics;
import java.util.OptionalDouble;

/**
 * What a file of judgements says in all. Means are over what was judged, missing where nothing was.
 *
 * @param judged records judged by this run
 * @param before records that the output held already
 * @param failed records that could not be judged
 * @param threshold the faithfulness under which an answer counts as unsupported
 * @param faithfulness mean
 * @param under share of the judged answers under the threshold
 * @param answerRelevancy mean
 * @param contextRelevancy mean
 */
public record Summary(
        int judged,
        int before,
        int failed,
        double threshold,
        OptionalDouble faithfulness,
        OptionalDouble under,
        OptionalDouble answerRelevancy,
        OptionalDouble contextRelevancy) {

    /** Sums of what is in the output. For one thread. */
    static final class Counts {
        private final double threshold;
        private final DoubleSummaryStatistics faithfulness = new DoubleSummaryStatistics();
        private final DoubleSummaryStatistics answerRelevancy = new DoubleSummaryStatistics();
        private final DoubleSummaryStatistics contextRelevancy = new DoubleSummaryStatistics();
        private long under;

        Counts(double threshold) {
            this.threshold = threshold;
        }

        void add(OptionalDouble faithful, OptionalDouble answer, OptionalDouble context) {
            faithful.ifPresent(score -> {
                faithfulness.accept(score);
                under += score < threshold ? 1 : 0;
            });
            answer.ifPresent(answerRelevancy);
            context.ifPresent(contextRelevancy);
        }

        Summary summary(int judged, int before, int failed) {
            var share = faithfulness.getCount() == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(under / (double) faithfulness.getCount());
            return new Summary(
                    judged,
                    before,
                    failed,
                    threshold,
                    mean(faithfulness),
                    share,
                    mean(answerRelevancy),
                    mean(contextRelevancy));
        }

        private static OptionalDouble mean(DoubleSummaryStatistics scores) {
            return scores.getCount() == 0 ? OptionalDouble.empty() : OptionalDouble.of(scores.getAverage());
        }
    }
}
