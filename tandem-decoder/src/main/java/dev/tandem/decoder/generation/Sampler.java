package dev.tandem.decoder.generation;

import java.util.BitSet;
import java.util.Random;

/** Chooses one row's next tokens, as transformers' logits processors do in their order. Not for use by several threads. */
final class Sampler {
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
        penalise(logits);
        int token = sampling.temperature() == 0 ? likeliest(logits) : drawn(logits);
        seen.set(token);
        return token;
    }

    private void penalise(float[] logits) {
        float penalty = (float) sampling.repetitionPenalty();
        if (penalty != 1) {
            for (int id = seen.nextSetBit(0); id >= 0 && id < logits.length; id = seen.nextSetBit(id + 1)) {
                logits[id] = logits[id] > 0 ? logits[id] / penalty : logits[id] * penalty;
            }
        }
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            best = logits[id] > logits[best] ? id : best;
        }
        return best;
    }

    /** Temperature, then top-k, top-p and min-p, then a draw. */
    private int drawn(float[] logits) {
        float highest = logits[likeliest(logits)];
        var probabilities = new double[logits.length];
        for (int id = 0; id < logits.length; id++) {
            probabilities[id] = Math.exp((logits[id] - highest) / sampling.temperature());
        }
        if (sampling.topK() > 0 || sampling.topP() < 1) {
            cut(probabilities);
        }
        double least = sampling.minP();
        double sum = 0;
        for (int id = 0; id < probabilities.length; id++) {
            // The likeliest token's probability is 1 before all are scaled to a sum of 1.
            probabilities[id] = probabilities[id] < least ? 0 : probabilities[id];
            sum += probabilities[id];
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

    /** Sets to zero what top-k and top-p leave out. */
    private void cut(double[] probabilities) {
        var order = java.util.stream.IntStream.range(0, probabilities.length)
                .boxed()
                .sorted((a, b) -> Double.compare(probabilities[b], probabilities[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        int most = sampling.topK() > 0 ? Math.min(sampling.topK(), order.length) : order.length;
        double kept = 0;
        for (int i = 0; i < most; i++) {
            kept += probabilities[order[i]];
        }
        double before = 0;
        for (int i = 0; i < order.length; i++) {
            double probability = probabilities[order[i]];
            if (i >= most || (i > 0 && before >= sampling.topP() * kept)) {
                probabilities[order[i]] = 0;
            }
            before += probability;
        }
    }
}
