package dev.tandem.decoder.generation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Chooses one row's next tokens: each step takes some tokens away, in the order and with the borders of transformers' logits
 * processors. Not for use by several threads.
 */
final class Sampler {
    private static final float LEFT_OUT = Float.NEGATIVE_INFINITY;

    private final Sampling sampling;
    private final Random random;
    private final BitSet seen = new BitSet();

    Sampler(Sampling sampling, int[] prompt) {
        this.sampling = sampling;
        random = new Random(sampling.seed());
        for (int id : prompt) {
            seen.set(id);
        }
    }

    /**
     * The next token.
     *
     * @param logits of the whole vocabulary; changed
     */
    int next(float[] logits) {
        int token;
        if (sampling.temperature() == 0) {
            penalise(logits);
            token = likeliest(logits);
        } else {
            token = drawn(probabilities(logits));
        }
        seen.set(token);
        return token;
    }

    /**
     * What the next token is drawn from, for a temperature over 0; zero for tokens that are left out.
     *
     * @param logits of the whole vocabulary; changed
     */
    float[] probabilities(float[] logits) {
        penalise(logits);
        for (int id = 0; id < logits.length; id++) {
            logits[id] /= (float) sampling.temperature();
        }
        if (sampling.topK() > 0 && sampling.topK() < logits.length) {
            keepTopK(logits);
        }
        if (sampling.topP() < 1) {
            keepTopP(logits);
        }
        if (sampling.minP() > 0) {
            keepMinP(logits);
        }
        return softmax(logits);
    }

    private void penalise(float[] logits) {
        float penalty = (float) sampling.repetitionPenalty();
        if (penalty != 1) {
            for (int id = seen.nextSetBit(0); id >= 0 && id < logits.length; id = seen.nextSetBit(id + 1)) {
                logits[id] = logits[id] < 0 ? logits[id] * penalty : logits[id] / penalty;
            }
        }
    }

    /** Tokens as likely as the last one that is kept are kept too. */
    private void keepTopK(float[] logits) {
        var highest = new PriorityQueue<Float>(sampling.topK());
        for (float logit : logits) {
            if (highest.size() < sampling.topK()) {
                highest.add(logit);
            } else if (logit > highest.element()) {
                highest.remove();
                highest.add(logit);
            }
        }
        leaveOutBelow(logits, highest.element());
    }

    /** Leaves out the least likely tokens that together have at most {@code 1 - topP}; of equals, lower ids go first. */
    private void keepTopP(float[] logits) {
        var probabilities = softmax(logits);
        float most = (float) (1 - sampling.topP());
        double together = 0;
        var ascending = ascending(logits);
        for (int i = 0; i < ascending.length - 1; i++) {
            together += probabilities[ascending[i]];
            if ((float) together > most) {
                return;
            }
            logits[ascending[i]] = LEFT_OUT;
        }
    }

    private void keepMinP(float[] logits) {
        var probabilities = softmax(logits);
        float least = (float) sampling.minP() * probabilities[likeliest(logits)];
        for (int id = 0; id < logits.length; id++) {
            logits[id] = probabilities[id] < least ? LEFT_OUT : logits[id];
        }
    }

    private static void leaveOutBelow(float[] logits, float least) {
        for (int id = 0; id < logits.length; id++) {
            logits[id] = logits[id] < least ? LEFT_OUT : logits[id];
        }
    }

    /** The tokens that are still there, by logit and then by id. Sorted as numbers: a boxed sort takes longer than a pass. */
    private static int[] ascending(float[] logits) {
        var keys = new long[logits.length];
        int count = 0;
        for (int id = 0; id < logits.length; id++) {
            if (logits[id] != LEFT_OUT) {
                // Adding zero makes -0 a 0, which is its equal; the bits of negative floats run the other way.
                int bits = Float.floatToIntBits(logits[id] + 0f);
                keys[count++] = (long) (bits < 0 ? bits ^ Integer.MAX_VALUE : bits) << Integer.SIZE | id;
            }
        }
        Arrays.sort(keys, 0, count);
        return Arrays.stream(keys, 0, count).mapToInt(key -> (int) key).toArray();
    }

    private static float[] softmax(float[] logits) {
        float highest = logits[likeliest(logits)];
        var exponentials = new double[logits.length];
        double sum = 0;
        for (int id = 0; id < logits.length; id++) {
            exponentials[id] = Math.exp(logits[id] - highest);
            sum += exponentials[id];
        }
        var probabilities = new float[logits.length];
        for (int id = 0; id < logits.length; id++) {
            probabilities[id] = (float) (exponentials[id] / sum);
        }
        return probabilities;
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            best = logits[id] > logits[best] ? id : best;
        }
        return best;
    }

    private int drawn(float[] probabilities) {
        double sum = 0;
        for (float probability : probabilities) {
            sum += probability;
        }
        double draw = random.nextDouble() * sum;
        int last = 0;
        for (int id = 0; id < probabilities.length; id++) {
            if (probabilities[id] > 0) {
                last = id;
                draw -= probabilities[id];
                if (draw < 0) {
                    return id;
                }
            }
        }
        return last;
    }
}
