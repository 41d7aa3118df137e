package dev.tandem.evaluation.metric.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the table that rouge-score fills, for lengths around and beyond the 64 places of a machine word. */
class LongestCommonSubsequenceTest {
    @Test
    void lengthAndPlacesAreThoseOfTheTable() {
        var random = new Random(20261126);
        for (int round = 0; round < 400; round++) {
            int symbols = 1 + random.nextInt(12);
            var reference = random.ints(random.nextInt(200), 0, symbols).toArray();
            var candidate = random.ints(random.nextInt(200), 0, symbols).toArray();
            var table = table(reference, candidate);
            assertThat(LongestCommonSubsequence.length(reference, candidate))
                    .isEqualTo(table[reference.length][candidate.length]);
            assertThat(LongestCommonSubsequence.placesInReference(reference, candidate))
                    .isEqualTo(places(table, reference, candidate));
        }
    }

    private static int[][] table(int[] reference, int[] candidate) {
        int[][] table = new int[reference.length + 1][candidate.length + 1];
        for (int i = 1; i <= reference.length; i++) {
            for (int j = 1; j <= candidate.length; j++) {
                table[i][j] = reference[i - 1] == candidate[j - 1]
                        ? table[i - 1][j - 1] + 1
                        : Math.max(table[i - 1][j], table[i][j - 1]);
            }
        }
        return table;
    }

    private static BitSet places(int[][] table, int[] reference, int[] candidate) {
        var places = new BitSet();
        int i = reference.length;
        int j = candidate.length;
        while (i > 0 && j > 0) {
            if (reference[i - 1] == candidate[j - 1]) {
                places.set(--i);
                j--;
            } else if (table[i][j - 1] > table[i - 1][j]) {
                j--;
            } else {
                i--;
            }
        }
        return places;
    }
}
