package dev.tandem.evaluation.drift;

/**
 * How far the newest observations are from the reference.
 *
 * @param window how many they are
 * @param size by how much: the squared distance of vectors, or the difference of means in the direction that is bad
 * @param byChance the size that chance alone gives on average
 * @param pValue how likely chance alone gives as much, in (0, 1]
 * @param level what the p-value must not be above for drift
 */
public record Shift(int window, double size, double byChance, double pValue, double level) {
    /** Whether chance is ruled out. */
    public boolean found() {
        return pValue <= level;
    }
}
