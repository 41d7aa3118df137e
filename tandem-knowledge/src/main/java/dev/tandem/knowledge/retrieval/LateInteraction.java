package dev.tandem.knowledge.retrieval;

import dev.tandem.models.embedding.TokenVectors;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;

/**
 * Late interaction (Khattab and Zaharia 2020, "ColBERT") over the token vectors of the embedding model itself: a passage
 * answers a question as well as each of the question's tokens finds a similar token in it.
 *
 * <p>A passage's tokens are stored in 2 bits a dimension: words that carry no topic are left out, and of each vector the
 * mean token vector is taken away, the rest is rotated ({@link Rotation}) and each number rounded to one of four levels.
 * Format, big-endian: one byte version, two bytes count of tokens, then for each token a half-precision scale and 96 bytes,
 * four dimensions in each, the first in the lowest bits.
 */
public final class LateInteraction {
    /** Names the stored form; with a new one goes a new format of the index, so that passages are embedded anew. */
    public static final String FORMAT = "maxsim-2bit-2";

    private static final byte VERSION = 2;
    private static final int HEADER = 3;
    private static final int GROUPS = Rotation.DIMENSION / 4;
    private static final int TOKEN = 2 + GROUPS;

    /** The best four levels for a normal distribution (Max 1960, "Quantizing for minimum distortion"). */
    private static final float[] LEVELS = {-1.51f, -0.4528f, 0.4528f, 1.51f};

    private static final float BORDER = (LEVELS[2] + LEVELS[3]) / 2;

    /** The words that Lucene's English analysis leaves out as well. */
    private static final Set<String> STOP_WORDS = Set.of(
            ("a an and are as at be but by for if in into is it no not of on or such that the their then there these"
                            + " they this to was will with")
                    .split(" "));

    private static final float[] MEAN = mean();

    private LateInteraction() {}

    /**
     * A text's token vectors in their stored form; empty where the encoder gives none of 384 dimensions.
     *
     * @param text what was encoded
     */
    public static byte[] compress(String text, TokenVectors tokens) {
        if (tokens.size() == 0 || tokens.vectors()[0].length != Rotation.DIMENSION) {
            return new byte[0];
        }
        var kept = new ArrayList<float[]>(tokens.size());
        for (int token = 0; token < tokens.size(); token++) {
            if (carriesTopic(text, tokens.starts()[token], tokens.ends()[token])) {
                kept.add(withoutMean(tokens.vectors()[token]));
            }
        }
        var bytes = ByteBuffer.allocate(HEADER + kept.size() * TOKEN);
        bytes.put(VERSION).putShort((short) kept.size());
        for (var vector : Rotation.apply(kept.toArray(float[][]::new))) {
            putToken(bytes, vector);
        }
        return bytes.array();
    }

    private static boolean carriesTopic(String text, int start, int end) {
        if (!hasLetterOrDigit(text, start, end)) {
            return false;
        }
        boolean whole = (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)))
                && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
        return !whole || !STOP_WORDS.contains(text.substring(start, end).toLowerCase(Locale.ROOT));
    }

    private static boolean hasLetterOrDigit(String text, int start, int end) {
        for (int at = start; at < end; at += Character.charCount(text.codePointAt(at))) {
            if (Character.isLetterOrDigit(text.codePointAt(at))) {
                return true;
            }
        }
        return false;
    }

    private static float[] withoutMean(float[] vector) {
        var rest = new float[vector.length];
        for (int d = 0; d < rest.length; d++) {
            rest[d] = vector[d] - MEAN[d];
        }
        return rest;
    }

    private static void putToken(ByteBuffer bytes, float[] vector) {
        float squares = dot(vector, vector);
        float border = BORDER * (float) Math.max(1e-9, Math.sqrt(squares / vector.length));
        var codes = new byte[GROUPS];
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        for (int group = 0; group < GROUPS; group++) {
            int a = level(vector[4 * group], border);
            int b = level(vector[4 * group + 1], border);
            int c = level(vector[4 * group + 2], border);
            int d = level(vector[4 * group + 3], border);
            codes[group] = (byte) (a | b << 2 | c << 4 | d << 6);
            first += vector[4 * group] * LEVELS[a];
            second += vector[4 * group + 1] * LEVELS[b];
            third += vector[4 * group + 2] * LEVELS[c];
            fourth += vector[4 * group + 3] * LEVELS[d];
        }
        // This scale makes the stored vector's projection on the real one as long as the real one is.
        float scale = squares / Math.max(1e-9f, first + second + third + fourth);
        bytes.putShort(Float.floatToFloat16(scale)).put(codes);
    }

    /** Counts the borders that lie below, by sign bits: the numbers are as good as random, and branches would be guessed wrong. */
    private static int level(float number, float border) {
        return 3 - negative(number + border) - negative(number) - negative(number - border);
    }

    private static int negative(float number) {
        return Float.floatToRawIntBits(number) >>> 31;
    }

    /** A question's tokens, made ready once to be compared with many passages. */
    public static final class Question {
        private final float[][] tables;
        private final float[] means;
        private final float[] weights;

        /**
         * Prepares a question.
         *
         * @param vectors its token vectors of unit length, {@code [tokens][384]}
         * @param weights how much each token counts, not all zero
         */
        public Question(float[][] vectors, float[] weights) {
            this.weights = weights.clone();
            tables = new float[vectors.length][];
            means = new float[vectors.length];
            var rotated = Rotation.apply(vectors);
            for (int token = 0; token < vectors.length; token++) {
                tables[token] = table(rotated[token]);
                means[token] = dot(vectors[token], MEAN);
            }
        }

        /** For each group of four dimensions, the product with each of the 256 values of its byte. */
        private static float[] table(float[] vector) {
            var table = new float[GROUPS * 256];
            for (int group = 0; group < GROUPS; group++) {
                for (int value = 0; value < 256; value++) {
                    float sum = 0;
                    for (int d = 0; d < 4; d++) {
                        sum += vector[group * 4 + d] * LEVELS[(value >> (2 * d)) & 3];
                    }
                    table[group * 256 + value] = sum;
                }
            }
            return table;
        }

        /**
         * The weighted mean, over the question's tokens, of the cosine with the most similar token of a passage.
         *
         * @param stored a passage's tokens as {@link #compress} gave them
         * @return about 0 to 1; 0 for a passage without tokens
         */
        public double score(byte[] stored) {
            if (stored.length <= HEADER) {
                return 0;
            }
            if (stored[0] != VERSION) {
                throw new IllegalArgumentException("These are no token vectors of the format " + FORMAT);
            }
            double sum = 0;
            double total = 0;
            for (int token = 0; token < tables.length; token++) {
                sum += weights[token] * (means[token] + best(tables[token], stored));
                total += weights[token];
            }
            return total == 0 ? 0 : sum / total;
        }

        private static float best(float[] table, byte[] stored) {
            float best = Float.NEGATIVE_INFINITY;
            for (int at = HEADER; at + TOKEN <= stored.length; at += TOKEN) {
                float sum = 0;
                for (int group = 0; group < GROUPS; group++) {
                    sum += table[group * 256 + (stored[at + 2 + group] & 0xff)];
                }
                short half = (short) ((stored[at] << 8) | (stored[at + 1] & 0xff));
                best = Math.max(best, sum * Float.float16ToFloat(half));
            }
            return best;
        }
    }

    static float dot(float[] a, float[] b) {
        // Four sums, because one would make each addition wait for the one before.
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        int i = 0;
        for (; i + 4 <= a.length; i += 4) {
            first += a[i] * b[i];
            second += a[i + 1] * b[i + 1];
            third += a[i + 2] * b[i + 2];
            fourth += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            first += a[i] * b[i];
        }
        return first + second + third + fourth;
    }

    /** The mean vector of 100,000 tokens of general English, made by `bench/run TokenMean`; docs/benchmarks.md names the texts. */
    private static float[] mean() {
        try (var stream = LateInteraction.class.getResourceAsStream("token-mean.bin")) {
            if (stream == null) {
                throw new IllegalStateException("token-mean.bin is not on the class path");
            }
            var in = new DataInputStream(stream);
            var mean = new float[Rotation.DIMENSION];
            for (int d = 0; d < mean.length; d++) {
                mean[d] = in.readFloat();
            }
            return mean;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
