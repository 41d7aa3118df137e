package dev.tandem.decoder.model;

/**
 * Rotary position embedding (Su et al. 2021, "RoFormer"): dimension {@code i} of a head turns with the wavelength
 * {@code 2 pi theta^(2i/d)}.
 *
 * @param theta the base of the wavelengths
 * @param scaling how a model that was trained on short texts reads longer ones
 */
public record Rope(double theta, Scaling scaling) {
    /** Position interpolation; {@link Llama3} only stretches the wavelengths that are long compared with the old context. */
    public sealed interface Scaling {
        /** Every position is divided by the factor (Chen et al. 2023); 1 changes nothing. */
        record Linear(double factor) implements Scaling {}

        /** Llama 3.1's: wavelengths beyond the old context are stretched, short ones stay, those between are blended. */
        record Llama3(double factor, double lowFrequencyFactor, double highFrequencyFactor, double originalContext)
                implements Scaling {}
    }

    /** Positions as they are. */
    static final Scaling NONE = new Scaling.Linear(1);

    /** The frequencies, in radians a position, of the {@code headSize / 2} pairs of dimensions. */
    public double[] frequencies(int headSize) {
        var frequencies = new double[headSize / 2];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = scaled(1 / Math.pow(theta, 2.0 * i / headSize));
        }
        return frequencies;
    }

    /**
     * How far a pair of dimensions is turned at a place, in radians. In float, as the reference does: beyond a few thousand
     * positions the rounding is part of the model.
     */
    static float angle(int place, double frequency) {
        return (float) place * (float) frequency;
    }

    private double scaled(double frequency) {
        return switch (scaling) {
            case Scaling.Linear(double factor) -> frequency / factor;
            case Scaling.Llama3(double factor, double low, double high, double context) -> {
                double turns = context * frequency / (2 * Math.PI);
                if (turns > high) {
                    yield frequency;
                }
                if (turns < low) {
                    yield frequency / factor;
                }
                double share = (turns - low) / (high - low);
                yield (1 - share) * frequency / factor + share * frequency;
            }
        };
    }
}
