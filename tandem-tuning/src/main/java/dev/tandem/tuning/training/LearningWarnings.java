package dev.tandem.tuning.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What may be wrong with weights whose held-out loss fell. */
public final class LearningWarnings {
    /** By what share of itself the general loss may rise. */
    public static final double FORGETTING = 0.05;

    /** By what share of the training loss the held-out loss may be above it. */
    public static final double GAP = 0.5;

    /** Gaps of fewer nats say nothing: of a loss near zero every share is large. */
    private static final double LEAST_GAP = 0.1;

    private LearningWarnings() {}

    /** One sentence or two each; none for a run that never got better than its base, which is said elsewhere. */
    public static List<String> of(TrainingRun.Result result) {
        var warnings = new ArrayList<String>();
        if (result.bestLoss() >= result.baseLoss()) {
            return warnings;
        }
        result.general().ifPresent(general -> {
            double rise = general.tuned() / general.base() - 1;
            if (rise > FORGETTING) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "The general loss rose by %.0f%% (from %.3f to %.3f) while the held-out loss fell: the model forgets"
                                + " what it could do before. Mix general examples into the data, or lower --learning-rate,"
                                + " --rank or --epochs.",
                        100 * rise,
                        general.base(),
                        general.tuned()));
            }
        });
        double gap = result.bestLoss() - result.trainingLossOfBest();
        if (gap > LEAST_GAP && gap > GAP * result.trainingLossOfBest()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The held-out loss (%.3f) is %.0f%% above the training loss (%.3f): the model learns the examples by"
                            + " heart more than what they have in common. Add examples, or lower --epochs or --rank.",
                    result.bestLoss(),
                    100 * gap / result.trainingLossOfBest(),
                    result.trainingLossOfBest()));
        }
        return warnings;
    }
}
