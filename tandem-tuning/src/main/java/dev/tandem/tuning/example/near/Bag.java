package dev.tandem.tuning.example.near;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A text as its words without their order, each with its weight; the second "very" of a text is another word than the first.
 *
 * @param words sorted hashes
 * @param weights of the words
 * @param total sum of the weights
 * @param pairs the set of word pairs, which knows of the order
 */
public record Bag(int[] words, double[] weights, double total, int[] pairs) {
    /** A copy from which more than half was left out is a quotation, not a copy. */
    private static final double LEFT = 0.5;

    /** A part is never the whole: "price" is not the same question as "price and weight". */
    private static final double PART = 0.99;

    /** The words of a text as a bag's, before anything is known of their weights. */
    public static int[] words(int[] inOrder) {
        var sorted = inOrder.clone();
        Arrays.sort(sorted);
        var bag = new int[sorted.length];
        int repetition = 0;
        for (int i = 0; i < sorted.length; i++) {
            repetition = i > 0 && sorted[i] == sorted[i - 1] ? repetition + 1 : 0;
            bag[i] = repetition == 0 ? sorted[i] : Words.mixed(sorted[i] + repetition);
        }
        Arrays.sort(bag);
        return bag;
    }

    /** The bag of a text's words in their order. */
    public static Bag of(int[] inOrder, WordWeights known) {
        var words = words(inOrder);
        var weights = Arrays.stream(words).mapToDouble(known::weight).toArray();
        return new Bag(words, weights, Arrays.stream(weights).sum(), Words.pairs(inOrder));
    }

    /**
     * How much of one text is the other: {@link #likeness}, or the share of the shorter one's word pairs that the longer one
     * has, at most {@value #PART}, if that is more and at least half of the longer one is left. Words exchanged or moved lower the second most,
     * words left out the first.
     */
    public double copied(Bag other) {
        double likeness = likeness(other);
        int longer = Math.max(pairs.length, other.pairs.length);
        return Math.min(pairs.length, other.pairs.length) < LEFT * longer
                ? likeness
                : Math.max(likeness, Math.min(PART, Words.containment(pairs, other.pairs)));
    }

    /**
     * The common words over the geometric mean of both bags' (Ochiai 1957), by weight or by number, whichever is less; from
     * 0 to 1. By weight, what all texts have in common does not make two alike; by number, a word that is common but decides,
     * as "true" for "false", still counts. A copy of which a third was left out has 0.82, one in which a fifth was exchanged
     * 0.8.
     */
    public double likeness(Bag other) {
        double common = 0;
        int count = 0;
        int i = 0;
        int j = 0;
        while (i < words.length && j < other.words.length) {
            if (words[i] == other.words[j]) {
                common += weights[i];
                count++;
                i++;
                j++;
            } else if (words[i] < other.words[j]) {
                i++;
            } else {
                j++;
            }
        }
        return count == 0
                ? 0
                : Math.min(
                        Math.min(1, common / Math.sqrt(total * other.total)),
                        count / Math.sqrt((double) words.length * other.words.length));
    }

    /** The words of most weight, without which likeness to anything stays below {@code least}; heaviest first. */
    int[] telling(double least) {
        var order = IntStream.range(0, words.length)
                .boxed()
                .sorted((a, b) -> weights[a] != weights[b]
                        ? Double.compare(weights[b], weights[a])
                        : Integer.compare(words[a], words[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        // What is left after the telling words is less than least² of the total: likeness needs at least so much in
        // common.
        double left = total;
        int count = 0;
        while (count < order.length && left >= least * least * total - 1e-9) {
            left -= weights[order[count++]];
        }
        return Arrays.stream(order, 0, count).map(i -> words[i]).toArray();
    }
}
