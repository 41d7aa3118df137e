package dev.tandem.evaluation.judge;

import java.util.List;

/** Runs of words that a claim shares with its context ("extractive fragments", Grusky et al. 2018, "Newsroom"). */
final class CopiedRuns {
    private CopiedRuns() {}

    /** Root of the sum of the squared lengths of the longest runs, by the claim's length; 1 for a claim copied in one piece. */
    static double density(List<String> claim, List<String> context) {
        double squares = 0;
        for (int i = 0; i < claim.size(); ) {
            int longest = longestAt(claim, i, context);
            squares += (double) longest * longest;
            i += Math.max(1, longest);
        }
        return Math.sqrt(squares) / claim.size();
    }

    private static int longestAt(List<String> claim, int from, List<String> context) {
        int longest = 0;
        for (int j = 0; j < context.size(); j++) {
            int length = 0;
            while (from + length < claim.size()
                    && j + length < context.size()
                    && claim.get(from + length).equals(context.get(j + length))) {
                length++;
            }
            longest = Math.max(longest, length);
        }
        return longest;
    }
}
