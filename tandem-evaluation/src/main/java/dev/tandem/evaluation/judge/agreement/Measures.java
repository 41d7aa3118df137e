package dev.tandem.evaluation.judge.agreement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What scores are worth against labels of people; one score and one label an answer. */
public final class Measures {
    private static final int CALIBRATION_BINS = 10;

    /** A bin of the reliability diagram: answers whose scores are alike, and which share of them people found supported. */
    public record Bin(int count, double score, double supported) {}

    private Measures() {}

    /**
     * Area under the ROC curve: how often a supported answer scores over an unsupported one; ties count half. By ranks (Mann and
     * Whitney, 1947). NaN if all labels are the same.
     */
    public static double auroc(double[] scores, boolean[] labels) {
        var order = byScore(scores);
        double ranks = 0;
        long positive = 0;
        for (int start = 0; start < order.length; ) {
            int end = start;
            while (end < order.length && scores[order[end]] == scores[order[start]]) {
                end++;
            }
            double rank = (start + 1 + end) / 2.0;
            for (int i = start; i < end; i++) {
                if (labels[order[i]]) {
                    ranks += rank;
                    positive++;
                }
            }
            start = end;
        }
        double pairs = (double) positive * (scores.length - positive);
        return pairs == 0 ? Double.NaN : (ranks - positive * (positive + 1) / 2.0) / pairs;
    }

    /**
     * Mean of the shares of the supported and of the unsupported answers that a threshold tells right. NaN if all labels are
     * the same.
     */
    public static double balancedAccuracy(double[] scores, boolean[] labels, double threshold) {
        var right = new int[2];
        var all = new int[2];
        for (int i = 0; i < scores.length; i++) {
            int label = labels[i] ? 1 : 0;
            all[label]++;
            right[label] += (scores[i] >= threshold) == labels[i] ? 1 : 0;
        }
        return all[0] == 0 || all[1] == 0 ? Double.NaN : (right[0] / (double) all[0] + right[1] / (double) all[1]) / 2;
    }

    /**
     * Cohen's kappa (Cohen, 1960) of two raters: agreement beyond that of raters who give each category as often, but blindly.
     * NaN where those always agree.
     *
     * @param first categories from 0
     * @param second the other's, in the same order
     */
    public static double kappa(int[] first, int[] second, int categories) {
        var ofFirst = new long[categories];
        var ofSecond = new long[categories];
        long same = 0;
        for (int i = 0; i < first.length; i++) {
            ofFirst[first[i]]++;
            ofSecond[second[i]]++;
            same += first[i] == second[i] ? 1 : 0;
        }
        double count = first.length;
        double chance = 0;
        for (int i = 0; i < categories; i++) {
            chance += ofFirst[i] / count * (ofSecond[i] / count);
        }
        return chance >= 1 || count == 0 ? Double.NaN : (same / count - chance) / (1 - chance);
    }

    /**
     * Bins of equally many answers, from the lowest scores; equal scores share a bin, so that their order says nothing, and there
     * may be fewer bins.
     */
    public static List<Bin> bins(double[] scores, boolean[] labels, int count) {
        var order = byScore(scores);
        var bins = new ArrayList<Bin>();
        int start = 0;
        for (int bin = 1; bin <= count; bin++) {
            int end = Math.max(start, bin * order.length / count);
            while (end > start && end < order.length && scores[order[end]] == scores[order[end - 1]]) {
                end++;
            }
            if (end > start) {
                bins.add(bin(scores, labels, Arrays.copyOfRange(order, start, end)));
            }
            start = end;
        }
        return bins;
    }

    private static Bin bin(double[] scores, boolean[] labels, int[] some) {
        return new Bin(
                some.length,
                Arrays.stream(some).mapToDouble(i -> scores[i]).average().orElse(0),
                Arrays.stream(some)
                        .mapToDouble(i -> labels[i] ? 1 : 0)
                        .average()
                        .orElse(0));
    }

    /** Expected calibration error: the mean distance of score and share of supported answers, over ten bins of equally many. */
    public static double calibrationError(double[] scores, boolean[] labels) {
        return bins(scores, labels, CALIBRATION_BINS).stream()
                        .mapToDouble(bin -> bin.count() * Math.abs(bin.score() - bin.supported()))
                        .sum()
                / scores.length;
    }

    private static int[] byScore(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
