package dev.tandem.knowledge.retrieval;

import java.util.Random;

/**
 * A fixed rotation of 384 dimensions that spreads every vector's weight evenly over all of them, so that a few bits each
 * are enough: random signs, a Walsh-Hadamard transform of each block of 128, a random shuffle; three times over. Nothing
 * is fitted to any data. Without state, safe for use by many threads.
 */
final class Rotation {
    static final int DIMENSION = 384;

    private static final int BLOCK = 128;
    private static final int ROUNDS = 3;
    private static final long SEED = 20261123;
    private static final float[][] SIGNS = new float[ROUNDS][DIMENSION];
    private static final int[][] PLACES = new int[ROUNDS][DIMENSION];

    static {
        // The numbers are part of the stored format: java.util.Random is specified to the bit, on every platform.
        var random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < DIMENSION; i++) {
                SIGNS[round][i] = random.nextBoolean() ? 1 : -1;
                PLACES[round][i] = i;
            }
            for (int i = DIMENSION - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int place = PLACES[round][i];
                PLACES[round][i] = PLACES[round][other];
                PLACES[round][other] = place;
            }
        }
    }

    private Rotation() {}

    /** The rotated vector; lengths and angles stay as they are. */
    static float[] apply(float[] vector) {
        var from = vector.clone();
        var to = new float[DIMENSION];
        float scale = (float) (1 / Math.sqrt(BLOCK));
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < DIMENSION; i++) {
                from[i] *= SIGNS[round][i];
            }
            for (int block = 0; block < DIMENSION; block += BLOCK) {
                hadamard(from, block);
            }
            for (int i = 0; i < DIMENSION; i++) {
                to[PLACES[round][i]] = from[i] * scale;
            }
            var swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static void hadamard(float[] vector, int from) {
        for (int half = 1; half < BLOCK; half *= 2) {
            for (int start = from; start < from + BLOCK; start += 2 * half) {
                for (int i = start; i < start + half; i++) {
                    float a = vector[i];
                    float b = vector[i + half];
                    vector[i] = a + b;
                    vector[i + half] = a - b;
                }
            }
        }
    }
}
