package dev.tandem.tuning.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LearningWarningsTest {
    @Test
    void aGeneralLossThatRisesWhileTheHeldOutLossFallsIsForgetting() {
        assertThat(LearningWarnings.of(result(2, 1.5, 1.4, 3, 3.16)))
                .singleElement()
                .asString()
                .contains("5%", "3.000", "3.160", "forgets");
        assertThat(LearningWarnings.of(result(2, 1.5, 1.4, 3, 3.14))).isEmpty();
        assertThat(LearningWarnings.of(result(2, 1.5, 1.4, 3, 2))).isEmpty();
    }

    @Test
    void aHeldOutLossFarAboveTheTrainingLossIsLearningByHeart() {
        assertThat(LearningWarnings.of(result(2, 1.5, 0.9, 3, 3)))
                .singleElement()
                .asString()
                .contains("67%", "by heart");
        assertThat(LearningWarnings.of(result(2, 1.5, 1.1, 3, 3))).isEmpty();
        // Near zero a share says nothing.
        assertThat(LearningWarnings.of(result(2, 0.05, 0.01, 3, 3))).isEmpty();
    }

    @Test
    void aRunThatNeverGotBetterIsNotWarnedOf() {
        assertThat(LearningWarnings.of(result(2, 2, 0.5, 3, 9))).isEmpty();
    }

    private static TrainingRun.Result result(double base, double best, double training, double general, double tuned) {
        return new TrainingRun.Result(
                9,
                9,
                base,
                best,
                training,
                training,
                Optional.of(new TrainingRun.General(general, tuned)),
                List.of(),
                TrainingRun.Ending.DONE);
    }
}
