package dev.tandem.evaluation.judge.run;

import dev.tandem.evaluation.judge.agreement.LabelAgreement;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a file of judgements says in all. Means are over what was judged, missing where nothing was.
 *
 * @param judged records judged by this run
 * @param before records that the output held already
 * @param failed records that could not be judged
 * @param partly of those judged, records of which a score is missing that could not be told
 * @param threshold the faithfulness under which an answer counts as unsupported
 * @param faithfulness mean
 * @param under share of the judged answers under the threshold
 * @param answerRelevancy mean
 * @param contextRelevancy mean
 * @param contextPrecision mean
 * @param contextRecall mean
 * @param agreement with people's labels, where those were asked for and there are some
 */
public record Summary(
        int judged,
        int before,
        int failed,
        int partly,
        double threshold,
        OptionalDouble faithfulness,
        OptionalDouble under,
        OptionalDouble answerRelevancy,
        OptionalDouble contextRelevancy,
        OptionalDouble contextPrecision,
        OptionalDouble contextRecall,
        Optional<LabelAgreement> agreement) {

    /** Whether every record has all its scores. */
    public boolean isComplete() {
        return failed == 0 && partly == 0;
    }

    /** How many records went how. */
    record Records(int judged, int before, int failed, int partly) {}

    /** Sums of what is in the output. For one thread. */
    static final class Counts {
        private final double threshold;
        private final DoubleSummaryStatistics faithfulness = new DoubleSummaryStatistics();
        private final DoubleSummaryStatistics answerRelevancy = new DoubleSummaryStatistics();
        private final DoubleSummaryStatistics contextRelevancy = new DoubleSummaryStatistics();
        private final DoubleSummaryStatistics contextPrecision = new DoubleSummaryStatistics();
        private final DoubleSummaryStatistics contextRecall = new DoubleSummaryStatistics();
        private long under;

        Counts(double threshold) {
            this.threshold = threshold;
        }

        void add(
                OptionalDouble faithful,
                OptionalDouble answer,
                OptionalDouble context,
                OptionalDouble precision,
                OptionalDouble recall) {
            faithful.ifPresent(score -> {
                faithfulness.accept(score);
                under += score < threshold ? 1 : 0;
            });
            answer.ifPresent(answerRelevancy);
            context.ifPresent(contextRelevancy);
            precision.ifPresent(contextPrecision);
            recall.ifPresent(contextRecall);
        }

        Summary summary(Records records, Optional<LabelAgreement> agreement) {
            var share = faithfulness.getCount() == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(under / (double) faithfulness.getCount());
            return new Summary(
                    records.judged(),
                    records.before(),
                    records.failed(),
                    records.partly(),
                    threshold,
                    mean(faithfulness),
                    share,
                    mean(answerRelevancy),
                    mean(contextRelevancy),
                    mean(contextPrecision),
                    mean(contextRecall),
                    agreement);
        }

        private static OptionalDouble mean(DoubleSummaryStatistics scores) {
            return scores.getCount() == 0 ? OptionalDouble.empty() : OptionalDouble.of(scores.getAverage());
        }
    }
}
