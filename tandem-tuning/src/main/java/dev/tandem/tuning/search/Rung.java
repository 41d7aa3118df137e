package dev.tandem.tuning.search;

/**
 * A round of a search.
 *
 * @param configurations how many are trained in it
 * @param examples how many of the training examples each learns from
 * @param epochs passes over them
 * @param seconds that a trial should take, at the speed that was measured
 */
public record Rung(int configurations, int examples, int epochs, double seconds) {
    /** Examples that a trial sees, each as often as it is passed over. */
    public long seen() {
        return (long) examples * epochs;
    }
}
