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

    /** Keeps lengths as they are through one transform of a block. */
    private static final float SCALE = (float) (1 / Math.sqrt(BLOCK));

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

    /**
     * The rotated vectors; lengths and angles stay as they are.
     *
     * <p>All are turned at once, dimension by dimension: each inner loop then runs over neighbouring numbers of one array,
     * which the compiler turns into vector instructions, and the shuffle only exchanges references.
     *
     * @param vectors {@code [vectors][384]}
     */
    static float[][] apply(float[][] vectors) {
        int count = vectors.length;
        var from = transposed(vectors, DIMENSION, count);
        var to = new float[DIMENSION][];
        for (int round = 0; round < ROUNDS; round++) {
            for (int d = 0; d < DIMENSION; d++) {
                multiply(from[d], SCALE * SIGNS[round][d]);
            }
            for (int block = 0; block < DIMENSION; block += BLOCK) {
                hadamard(from, block);
            }
            for (int d = 0; d < DIMENSION; d++) {
                to[PLACES[round][d]] = from[d];
            }
            var swap = from;
            from = to;
            to = swap;
        }
        return transposed(from, count, DIMENSION);
    }

    private static float[][] transposed(float[][] matrix, int rows, int columns) {
        var result = new float[rows][columns];
        int column = 0;
        // Four at a time, so that each row is looked up a quarter as often.
        for (; column + 4 <= columns; column += 4) {
            var first = matrix[column];
            var second = matrix[column + 1];
            var third = matrix[column + 2];
            var fourth = matrix[column + 3];
            for (int row = 0; row < rows; row++) {
                var target = result[row];
                target[column] = first[row];
                target[column + 1] = second[row];
                target[column + 2] = third[row];
                target[column + 3] = fourth[row];
            }
        }
        for (; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                result[row][column] = matrix[column][row];
            }
        }
        return result;
    }

    private static void hadamard(float[][] dimensions, int from) {
        for (int d = from; d < from + BLOCK; d += 2) {
            butterfly(dimensions[d], dimensions[d + 1]);
        }
        // Two stages at once: the numbers are read and written half as often.
        for (int half = 2; half < BLOCK; half *= 4) {
            for (int start = from; start < from + BLOCK; start += 4 * half) {
                for (int d = start; d < start + half; d++) {
                    twoButterflies(
                            dimensions[d], dimensions[d + half], dimensions[d + 2 * half], dimensions[d + 3 * half]);
                }
            }
        }
    }

    private static void butterfly(float[] sums, float[] differences) {
        for (int i = 0; i < sums.length; i++) {
            float a = sums[i];
            float b = differences[i];
            sums[i] = a + b;
            differences[i] = a - b;
        }
    }

    private static void twoButterflies(float[] first, float[] second, float[] third, float[] fourth) {
        for (int i = 0; i < first.length; i++) {
            float a = first[i] + second[i];
            float b = first[i] - second[i];
            float c = third[i] + fourth[i];
            float d = third[i] - fourth[i];
            first[i] = a + c;
            second[i] = b + d;
            third[i] = a - c;
            fourth[i] = b - d;
        }
    }

    private static void multiply(float[] numbers, float factor) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] *= factor;
        }
    }
}
