package dev.tandem.evaluation.metric.text;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The longest common subsequence of a reference and a candidate, 64 places of the candidate at a time (Hyyrö, "Bit-Parallel
 * LCS-length Computation Revisited", 2004): row i of the table of lengths is kept as one bit a column, 0 where the length
 * grows by one. Time and memory are a 64th of the table's.
 */
final class LongestCommonSubsequence {
    private final int[] reference;
    private final int[] candidate;
    private final Map<Integer, long[]> places = new HashMap<>();

    private LongestCommonSubsequence(int[] reference, int[] candidate) {
        this.reference = reference;
        this.candidate = candidate;
    }

    /** How long it is. */
    static int length(int[] reference, int[] candidate) {
        var sequences = new LongestCommonSubsequence(reference, candidate);
        long[] row = sequences.firstRow();
        for (int symbol : reference) {
            row = sequences.nextRow(row, symbol);
        }
        return length(row, candidate.length);
    }

    /** The places in the reference of the one that rouge-score reads out of the table; there may be others as long. */
    static BitSet placesInReference(int[] reference, int[] candidate) {
        return new LongestCommonSubsequence(reference, candidate).readOut();
    }

    private BitSet readOut() {
        long[][] rows = new long[reference.length + 1][];
        rows[0] = firstRow();
        for (int i = 0; i < reference.length; i++) {
            rows[i + 1] = nextRow(rows[i], reference[i]);
        }
        var found = new BitSet(reference.length);
        int i = reference.length;
        int j = candidate.length;
        while (i > 0 && j > 0) {
            if (reference[i - 1] == candidate[j - 1]) {
                found.set(i - 1);
                i--;
                j--;
            } else if (length(rows[i], j - 1) > length(rows[i - 1], j)) {
                j--;
            } else {
                i--;
            }
        }
        return found;
    }

    private long[] firstRow() {
        long[] row = new long[(candidate.length + Long.SIZE - 1) / Long.SIZE];
        Arrays.fill(row, -1);
        return row;
    }

    private long[] nextRow(long[] row, int symbol) {
        long[] matches = places.computeIfAbsent(symbol, this::placesInCandidate);
        long[] next = new long[row.length];
        long carry = 0;
        for (int word = 0; word < row.length; word++) {
            long matched = row[word] & matches[word];
            long sum = row[word] + matched + carry;
            carry = (row[word] & matched | (row[word] | matched) & ~sum) >>> Long.SIZE - 1;
            next[word] = sum | row[word] & ~matches[word];
        }
        return next;
    }

    private long[] placesInCandidate(int symbol) {
        long[] bits = new long[(candidate.length + Long.SIZE - 1) / Long.SIZE];
        for (int j = 0; j < candidate.length; j++) {
            if (candidate[j] == symbol) {
                bits[j / Long.SIZE] |= 1L << j;
            }
        }
        return bits;
    }

    /** The zeros among a row's first bits: the length of the subsequence with so many symbols of the candidate. */
    private static int length(long[] row, int columns) {
        int zeros = 0;
        int whole = columns / Long.SIZE;
        for (int word = 0; word < whole; word++) {
            zeros += Long.SIZE - Long.bitCount(row[word]);
        }
        int rest = columns % Long.SIZE;
        return rest == 0 ? zeros : zeros + rest - Long.bitCount(row[whole] & (1L << rest) - 1);
    }
}
