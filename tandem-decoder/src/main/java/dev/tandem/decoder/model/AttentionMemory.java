package dev.tandem.decoder.model;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Keys and values of one block, of one text, in Java's memory, and the attention over them. Keys lie dimension by dimension
 * and values position by position, so that the innermost loops run over neighbouring numbers and the JVM vectorises them.
 */
final class AttentionMemory {
    private final int size;
    private final int capacity;
    private final float[][] keys;
    private final float[][] values;

    /**
     * Takes in what was read of the text.
     *
     * @param keys {@code [heads][positions x size]}
     * @param values as the keys
     * @param capacity positions that it is to hold at most
     */
    AttentionMemory(float[][] keys, float[][] values, int size, int capacity) {
        this.size = size;
        this.capacity = capacity;
        this.keys = new float[keys.length][capacity * size];
        this.values = new float[keys.length][];
        for (int head = 0; head < keys.length; head++) {
            int positions = keys[head].length / size;
            for (int position = 0; position < positions; position++) {
                putKey(head, position, keys[head], position * size);
            }
            this.values[head] = Arrays.copyOf(values[head], capacity * size);
        }
    }

    /** Bytes that memories of so many positions take in all blocks. */
    static long bytes(DecoderConfig config, int capacity) {
        return 2L * Float.BYTES * config.layers().size() * config.keyValueHeads() * config.headSize() * capacity;
    }

    private void putKey(int head, int position, float[] from, int at) {
        for (int i = 0; i < size; i++) {
            keys[head][i * capacity + position] = from[at + i];
        }
    }

    /** Takes in a position's key and value of a head. */
    void put(int head, int position, float[] key, int keyAt, float[] value, int valueAt) {
        putKey(head, position, key, keyAt);
        System.arraycopy(value, valueAt, values[head], position * size, size);
    }

    /**
     * Attention of one query over the positions {@code first} to {@code last}, both included.
     *
     * @param scores room for as many numbers as there are positions
     * @param output where the weighted mean of the values goes, from {@code at} on
     */
    void attend(
            int head,
            float[] query,
            int queryAt,
            double scale,
            OptionalDouble cap,
            int first,
            int last,
            float[] scores,
            float[] output,
            int at) {
        int count = last - first + 1;
        score(keys[head], query, queryAt, (float) scale, first, count, scores);
        if (cap.isPresent()) {
            for (int i = 0; i < count; i++) {
                scores[i] = (float) (Math.tanh(scores[i] / cap.getAsDouble()) * cap.getAsDouble());
            }
        }
        softmax(scores, count);
        Arrays.fill(output, at, at + size, 0);
        addScaled(scores, 0, count, values[head], first * size, size, output, at, size);
    }

    private void score(float[] key, float[] query, int queryAt, float scale, int first, int count, float[] scores) {
        Arrays.fill(scores, 0, count, 0);
        addScaled(query, queryAt, size, key, first, capacity, scores, 0, count);
        for (int i = 0; i < count; i++) {
            scores[i] *= scale;
        }
    }

    /**
     * {@code to += factors * rows}, the loop that all of attention consists of: {@code to} holds {@code count} numbers, and so
     * does each row, {@code stride} apart. Four rows at a time, so that what is summed is not stored after each.
     */
    private static void addScaled(
            float[] factors,
            int factorsAt,
            int rows,
            float[] from,
            int fromAt,
            int stride,
            float[] to,
            int toAt,
            int count) {
        int row = 0;
        for (; row + 4 <= rows; row += 4) {
            float a = factors[factorsAt + row];
            float b = factors[factorsAt + row + 1];
            float c = factors[factorsAt + row + 2];
            float d = factors[factorsAt + row + 3];
            int first = fromAt + row * stride;
            int second = first + stride;
            int third = second + stride;
            int fourth = third + stride;
            for (int i = 0; i < count; i++) {
                to[toAt + i] += a * from[first + i] + b * from[second + i] + c * from[third + i] + d * from[fourth + i];
            }
        }
        for (; row < rows; row++) {
            float factor = factors[factorsAt + row];
            int at = fromAt + row * stride;
            for (int i = 0; i < count; i++) {
                to[toAt + i] += factor * from[at + i];
            }
        }
    }

    private static void softmax(float[] scores, int count) {
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            most = Math.max(most, scores[i]);
        }
        float sum = 0;
        for (int i = 0; i < count; i++) {
            scores[i] = (float) Math.exp(scores[i] - most);
            sum += scores[i];
        }
        for (int i = 0; i < count; i++) {
            scores[i] /= sum;
        }
    }
}
