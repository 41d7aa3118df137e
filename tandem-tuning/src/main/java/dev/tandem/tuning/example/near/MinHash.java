package dev.tandem.tuning.example.near;

import java.util.SplittableRandom;

/**
 * Signatures of sets by which their Jaccard similarity can be estimated (Broder 1997): the share of equal places has the
 * similarity as its mean and {@code sqrt(J (1 - J) / places)} as its standard deviation.
 */
public final class MinHash {
    private final long[] factors;
    private final long[] summands;

    /**
     * @param places length of a signature
     * @param seed signatures of the same seed can be compared
     */
    public MinHash(int places, long seed) {
        var random = new SplittableRandom(seed);
        factors = random.longs(places).map(factor -> factor | 1).toArray();
        summands = random.longs(places).toArray();
    }

    public int places() {
        return factors.length;
    }

    /** A set's signature; all the same for empty sets. */
    public int[] signature(int[] set) {
        var signature = new int[factors.length];
        for (int place = 0; place < signature.length; place++) {
            signature[place] = least(set, place);
        }
        return signature;
    }

    /** The share of equal places. */
    public static double estimate(int[] one, int[] other) {
        int equal = 0;
        for (int i = 0; i < one.length; i++) {
            equal += one[i] == other[i] ? 1 : 0;
        }
        return (double) equal / one.length;
    }

    /** One hash of some places: sets that agree in all of them agree in it. */
    long band(int[] set, int from, int to) {
        long hash = from;
        for (int place = from; place < to; place++) {
            hash = Words.mixed64(hash * 0x100000001B3L ^ least(set, place));
        }
        return hash;
    }

    /** Multiply-shift of the element, whose high bits depend on all of it; elements are well mixed already. */
    private int least(int[] set, int place) {
        long factor = factors[place];
        long summand = summands[place];
        int least = Integer.MAX_VALUE;
        for (int element : set) {
            least = Math.min(least, (int) ((factor * element + summand) >>> 33));
        }
        return least;
    }
}
