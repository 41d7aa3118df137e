package dev.tandem.bench.judge;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What scores are worth against labels of people; one score and one label an answer. */
final class Measures {
    /** A bin of the reliability diagram: answers whose scores are alike, and how many of them people found supported. */
    record Bin(int count, double score, double supported) {}

    private Measures() {}

    /** Area under the ROC curve: how often a supported answer scores over an unsupported one; ties count half. */
    static double auroc(double[] scores, boolean[] labels) {
        double better = 0;
        long pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                if (labels[i] && !labels[j]) {
                    pairs++;
                    better += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        return better / pairs;
    }

    /** Mean of the shares of the supported and of the unsupported answers that a threshold tells right. */
    static double balancedAccuracy(double[] scores, boolean[] labels, double threshold) {
        int[] right = new int[2];
        int[] all = new int[2];
        for (int i = 0; i < scores.length; i++) {
            int label = labels[i] ? 1 : 0;
            all[label]++;
            right[label] += (scores[i] >= threshold) == labels[i] ? 1 : 0;
        }
        return (right[0] / (double) all[0] + right[1] / (double) all[1]) / 2;
    }

    /** The threshold with the best balanced accuracy, half way between two scores. */
    static double threshold(double[] scores, boolean[] labels) {
        var sorted = Arrays.stream(scores).sorted().distinct().toArray();
        double best = sorted[0];
        for (int i = 0; i + 1 < sorted.length; i++) {
            double middle = (sorted[i] + sorted[i + 1]) / 2;
            if (balancedAccuracy(scores, labels, middle) > balancedAccuracy(scores, labels, best)) {
                best = middle;
            }
        }
        return best;
    }

    /** Bins of equally many answers, from the lowest scores. */
    static List<Bin> bins(double[] scores, boolean[] labels, int count) {
        var order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .toList();
        return IntStream.range(0, count)
                .mapToObj(bin -> order.subList(bin * order.size() / count, (bin + 1) * order.size() / count))
                .map(some -> new Bin(
                        some.size(),
                        some.stream().mapToDouble(i -> scores[i]).average().orElse(0),
                        some.stream()
                                .mapToDouble(i -> labels[i] ? 1 : 0)
                                .average()
                                .orElse(0)))
                .toList();
    }

    /** Expected calibration error: the mean distance of score and share of supported answers, over ten bins. */
    static double calibrationError(double[] scores, boolean[] labels) {
        return bins(scores, labels, 10).stream()
                        .mapToDouble(bin -> bin.count() * Math.abs(bin.score() - bin.supported()))
                        .sum()
                / scores.length;
    }
}
