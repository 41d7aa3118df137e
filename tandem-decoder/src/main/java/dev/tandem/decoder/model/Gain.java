package dev.tandem.decoder.model;

/**
 * A {@link Norm} for single vectors in Java.
 *
 * @param weight one added where the family does
 */
record Gain(float[] weight, double epsilon) {
    static Gain of(Norm norm) {
        var weight = LinearShare.floats(norm.weight());
        for (int i = 0; norm.onePlus() && i < weight.length; i++) {
            weight[i]++;
        }
        return new Gain(weight, norm.epsilon());
    }

    /** Root-mean-square norm of {@code from}, from {@code at} on, into {@code to} at the same place. */
    void apply(float[] from, int at, float[] to) {
        double squares = 0;
        for (int i = 0; i < weight.length; i++) {
            squares += (double) from[at + i] * from[at + i];
        }
        float factor = (float) (1 / Math.sqrt(squares / weight.length + epsilon));
        for (int i = 0; i < weight.length; i++) {
            to[at + i] = from[at + i] * factor * weight[i];
        }
    }
}
