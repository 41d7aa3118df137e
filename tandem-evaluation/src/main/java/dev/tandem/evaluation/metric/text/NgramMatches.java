package dev.tandem.evaluation.metric.text;

import java.util.Arrays;
import java.util.List;

/**
 * How many n-grams a sequence of numbers (characters, or words as {@link WordNumbers}) shares with others, for every
 * order in one pass each and without making the n-grams: one of order n is the pair of the number of its first n - 1
 * symbols and its last symbol, so that tables of pairs suffice, and nothing depends on hashes being different.
 */
final class NgramMatches {
    private static final long FREE = -1;
    private static final int ABSENT = -1;

    private final long[] pairs;
    private final int shift;
    private final int[] inHypothesis;
    private final int[] inReference;
    private final int[] mostInReference;

    private NgramMatches(int ngrams) {
        int bits = Math.max(2, 33 - Integer.numberOfLeadingZeros(ngrams));
        pairs = new long[1 << bits];
        shift = Long.SIZE - bits;
        inHypothesis = new int[pairs.length];
        inReference = new int[pairs.length];
        mostInReference = new int[pairs.length];
    }

    /**
     * The shared n-grams of the orders 1 to {@code longest}. An n-gram counts as often as it is in the hypothesis, at
     * most as often as in the reference that has it most often.
     */
    static int[] of(int[] hypothesis, List<int[]> references, int longest) {
        int[] matches = new int[longest];
        var table = new NgramMatches(hypothesis.length);
        int[] numbers = new int[hypothesis.length];
        List<int[]> referenceNumbers =
                references.stream().map(each -> new int[each.length]).toList();
        for (int order = 1; order <= Math.min(longest, hypothesis.length); order++) {
            table.clear();
            table.count(hypothesis, numbers, order);
            for (int i = 0; i < references.size(); i++) {
                table.compare(references.get(i), referenceNumbers.get(i), order);
            }
            matches[order - 1] = table.matches();
        }
        return matches;
    }

    /** How many n-grams of an order a sequence of this length has. */
    static int count(int length, int order) {
        return Math.max(0, length - order + 1);
    }

    private void clear() {
        Arrays.fill(pairs, FREE);
        Arrays.fill(inHypothesis, 0);
        Arrays.fill(mostInReference, 0);
    }

    /** @param numbers at each place the number of the n-gram of the order before; afterwards that of this order */
    private void count(int[] hypothesis, int[] numbers, int order) {
        for (int i = 0; i + order <= hypothesis.length; i++) {
            long pair = pair(numbers[i], hypothesis[i + order - 1]);
            int slot = slot(pair);
            pairs[slot] = pair;
            inHypothesis[slot]++;
            numbers[i] = slot;
        }
    }

    /** As {@link #count}; n-grams that the hypothesis has not are {@link #ABSENT}, and so are all that begin with them. */
    private void compare(int[] reference, int[] numbers, int order) {
        Arrays.fill(inReference, 0);
        for (int i = 0; i + order <= reference.length; i++) {
            if (numbers[i] == ABSENT) {
                continue;
            }
            int slot = slot(pair(numbers[i], reference[i + order - 1]));
            if (pairs[slot] == FREE) {
                numbers[i] = ABSENT;
            } else {
                numbers[i] = slot;
                inReference[slot]++;
                mostInReference[slot] = Math.max(mostInReference[slot], inReference[slot]);
            }
        }
    }

    private int matches() {
        int sum = 0;
        for (int slot = 0; slot < pairs.length; slot++) {
            sum += Math.min(inHypothesis[slot], mostInReference[slot]);
        }
        return sum;
    }

    private static long pair(int number, int symbol) {
        return (long) number << Integer.SIZE | symbol;
    }

    /** Where the pair is, or the free slot where it belongs. */
    private int slot(long pair) {
        // Fibonacci hashing (Knuth, volume 3, 6.4) with linear probing; the table is never more than half full.
        int slot = (int) (pair * 0x9E3779B97F4A7C15L >>> shift);
        while (pairs[slot] != FREE && pairs[slot] != pair) {
            slot = slot + 1 & pairs.length - 1;
        }
        return slot;
    }
}
