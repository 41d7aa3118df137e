package dev.tandem.tuning.search;

/**
 * A trial that has ended.
 *
 * @param rung its round, from 0
 * @param configuration its number in the plan; 0 is the default
 * @param loss the lowest held-out loss a token on the part that selects, the base's where it never got better; infinite where
 *     training diverged
 * @param updates taken
 * @param seconds that it took
 */
public record Trial(int rung, int configuration, double loss, long updates, double seconds) {
    /** Whether training gave numbers to the end. */
    public boolean converged() {
        return Double.isFinite(loss);
    }
}
