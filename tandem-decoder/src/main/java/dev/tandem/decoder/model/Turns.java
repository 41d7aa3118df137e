package dev.tandem.decoder.model;

/** How far the pairs of a head's dimensions are turned at one place of a text. For one thread at a time to set. */
final class Turns {
    private final double[] frequencies;
    private final float[] cosines;
    private final float[] sines;

    Turns(Rope rope, int headSize) {
        frequencies = rope.frequencies(headSize);
        cosines = new float[frequencies.length];
        sines = new float[frequencies.length];
    }

    /** Goes to a place. */
    void turnTo(int place) {
        for (int i = 0; i < frequencies.length; i++) {
            float angle = Rope.angle(place, frequencies[i]);
            cosines[i] = (float) Math.cos(angle);
            sines[i] = (float) Math.sin(angle);
        }
    }

    /** Turns a head's vector, which begins at {@code at}. */
    void rotate(float[] vector, int at) {
        int half = cosines.length;
        for (int i = 0; i < half; i++) {
            float first = vector[at + i];
            float second = vector[at + half + i];
            vector[at + i] = first * cosines[i] - second * sines[i];
            vector[at + half + i] = second * cosines[i] + first * sines[i];
        }
    }
}
