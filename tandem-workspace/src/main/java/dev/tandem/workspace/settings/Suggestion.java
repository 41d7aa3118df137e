package dev.tandem.workspace.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known word that was probably meant by an unknown one: for keys, commands and options. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * The nearest known word, if no more than a third of its letters differ or the written word is a part of it.
     * Nearness is the optimal string alignment distance: letters added, left out, changed, or swapped with a neighbour.
     */
    public static Optional<String> nearest(String written, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String word) -> edits(written, word))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(word -> edits(written, word) <= Math.max(1, word.length() / 3)
                        || written.length() > 2 && word.contains(written));
    }

    private static int edits(String from, String to) {
        // Nobody means a word of a few letters by one of hundreds, and the table would be large.
        if (from.length() > 2 * to.length() + 2) {
            return from.length();
        }
        var edits = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, from, to, i, j);
            }
        }
        return edits[from.length()][to.length()];
    }

    private static int cheapest(int[][] edits, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int best = Math.min(edits[i - 1][j - 1] + (same ? 0 : 1), Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
