package dev.tandem.tuning.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tandem.tuning.dataset.Batch;
import dev.tandem.tuning.dataset.Dataset;
import dev.tandem.tuning.method.Tuning;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The losses that a run is judged by: held out and, where there is a general set, general; of the base, and of the weights
 * that are kept. Says which weights are better and when patience is over.
 */
final class LossWatch {
    private final Tuning tuning;
    private final TrainingRun.Data data;
    private final TuningSettings settings;
    private State state;

    /**
     * All of it that goes on with a run; losses are a token, {@code NaN} where there is none.
     *
     * @param base held-out loss before training
     * @param best the lowest held-out loss, which the weights that are kept have; the base's while none were better
     * @param worseSince how many measurements in a row were not better
     * @param generalBase general loss before training
     * @param general general loss of the weights that are kept, or of the last measured while none were better
     * @param training mean training loss of the updates before those weights were measured
     * @param sum of training losses since the last measurement
     * @param count of those
     */
    record State(
            double base,
            double best,
            @JsonProperty("worse_since") int worseSince,
            @JsonProperty("general_base") double generalBase,
            double general,
            double training,
            double sum,
            int count) {}

    /**
     * What one measurement gave.
     *
     * @param better whether these are the best weights so far
     */
    record Measured(double heldOut, OptionalDouble general, boolean better) {}

    /** Begins, or goes on from a state; the tuning's weights are then the base's, or that state's. */
    LossWatch(Tuning tuning, TrainingRun.Data data, TuningSettings settings, Optional<State> from) {
        this.tuning = tuning;
        this.data = data;
        this.settings = settings;
        state = from.orElseGet(() -> {
            double base = loss(data.heldOut());
            double general = general().orElse(Double.NaN);
            return new State(base, base, 0, general, general, Double.NaN, 0, 0);
        });
    }

    /** Takes in the loss of an update. */
    void trained(double loss) {
        state = new State(
                state.base,
                state.best,
                state.worseSince,
                state.generalBase,
                state.general,
                state.training,
                state.sum + loss,
                state.count + 1);
    }

    /** Measures the weights as they are. */
    Measured measure() {
        double heldOut = loss(data.heldOut());
        var general = general();
        boolean better = heldOut < state.best;
        boolean kept = better || !trainedWeightsAreKept();
        state = new State(
                state.base,
                better ? heldOut : state.best,
                better ? 0 : state.worseSince + 1,
                state.generalBase,
                kept ? general.orElse(Double.NaN) : state.general,
                kept ? state.sum / state.count : state.training,
                0,
                0);
        return new Measured(heldOut, general, better);
    }

    /** Whether any weights were better than the base. */
    boolean trainedWeightsAreKept() {
        return state.best < state.base;
    }

    boolean patienceIsOver() {
        return state.worseSince >= settings.patience();
    }

    State state() {
        return state;
    }

    private OptionalDouble general() {
        return data.general().map(set -> OptionalDouble.of(loss(set))).orElse(OptionalDouble.empty());
    }

    private double loss(Dataset set) {
        double loss = 0;
        var examples = set.examples();
        for (int from = 0; from < examples.size(); from += settings.batch()) {
            loss += tuning.loss(Batch.pack(
                    examples.subList(from, Math.min(examples.size(), from + settings.batch())), settings.maxLength()));
        }
        return loss / set.learnedTokens();
    }
}
