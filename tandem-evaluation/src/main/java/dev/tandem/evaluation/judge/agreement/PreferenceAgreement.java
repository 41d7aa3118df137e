package dev.tandem.evaluation.judge.agreement;

import java.util.Arrays;
import java.util.Optional;

/**
 * How far preferences agree with people's.
 *
 * @param pairs with a label and a verdict
 * @param ties of these, without a preference of the judge
 * @param accuracy share of verdicts that are people's; a tie is half right, as a guess would be. Where ties are changes of mind
 *     with the order, that is the mean accuracy of both orders
 * @param decidedAccuracy the same without ties; none if all are ties
 * @param kappa Cohen's over 1, 2 and tie; none where chance agrees always
 */
public record PreferenceAgreement(
        int pairs,
        int ties,
        Optional<Estimate> accuracy,
        Optional<Estimate> decidedAccuracy,
        Optional<Estimate> kappa) {
    private static final int CATEGORIES = 3;

    /**
     * Compares.
     *
     * @param preferred 1, 2, or 0 for a tie; at least one
     * @param labels 1 or 2, in the same order
     */
    public static PreferenceAgreement of(int[] preferred, int[] labels) {
        int ties = (int) Arrays.stream(preferred).filter(each -> each == 0).count();
        return new PreferenceAgreement(
                preferred.length,
                ties,
                Estimate.of(preferred.length, drawn -> accuracy(preferred, labels, drawn)),
                Estimate.of(preferred.length, drawn -> decided(preferred, labels, drawn)),
                Estimate.of(
                        preferred.length,
                        drawn -> Measures.kappa(picked(preferred, drawn), picked(labels, drawn), CATEGORIES)));
    }

    private static double accuracy(int[] preferred, int[] labels, int[] drawn) {
        return Arrays.stream(drawn)
                .mapToDouble(i -> preferred[i] == labels[i] ? 1 : preferred[i] == 0 ? 0.5 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private static double decided(int[] preferred, int[] labels, int[] drawn) {
        return Arrays.stream(drawn)
                .filter(i -> preferred[i] != 0)
                .mapToDouble(i -> preferred[i] == labels[i] ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private static int[] picked(int[] values, int[] drawn) {
        return Arrays.stream(drawn).map(i -> values[i]).toArray();
    }
}
