package dev.tandem.tuning.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** What a search makes small: asked for configurations of a plan by their numbers. */
interface Objective {
    /**
     * What a training gave.
     *
     * @param loss held out, on the part that selects; infinite if it diverged
     */
    record Trained(double loss, long updates) {}

    /**
     * Trains a configuration with what a rung gives, from its beginning or from where it was broken off.
     *
     * @param seen told of each update how many examples it learned from
     * @return empty if somebody asked to stop
     */
    Optional<Trained> train(int rung, int configuration, LongConsumer seen);

    /** The losses a token on the final part, of configurations that the last rung trained. */
    Map<Integer, Double> measure(List<Integer> configurations);
}
