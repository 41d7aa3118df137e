package dev.tandem.tuning.example.near;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A text as its words without their order, each with its weight; the second "very" of a text is another word than the first.
 *
 * @param words sorted hashes
 * @param weights of the words
 * @param total sum of the weights
 */
public record Bag(int[] words, double[] weights, double total) {

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

    /** The bag of words as {@link #words} gives them. */
    public static Bag of(int[] words, WordWeights known) {
        var weights = Arrays.stream(words).mapToDouble(known::weight).toArray();
        return new Bag(words, weights, Arrays.stream(weights).sum());
    }

    /**
     * The weight of the common words over the geometric mean of both weights (Ochiai 1957), from 0 to 1. A copy of which a
     * third of the weight was left out has 0.82, one in which a fifth was replaced 0.8.
     */
    public double likeness(Bag other) {
        double common = 0;
        int i = 0;
        int j = 0;
        while (i < words.length && j < other.words.length) {
            if (words[i] == other.words[j]) {
                common += weights[i];
                i++;
                j++;
            } else if (words[i] < other.words[j]) {
                i++;
            } else {
                j++;
            }
        }
        return common == 0 ? 0 : Math.min(1, common / Math.sqrt(total * other.total));
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
        // What is left after the telling words is less than least² of the total: likeness needs at least so much in common.
        double left = total;
        int count = 0;
        while (count < order.length && left >= least * least * total - 1e-9) {
            left -= weights[order[count++]];
        }
        return Arrays.stream(order, 0, count).map(i -> words[i]).toArray();
    }
}
