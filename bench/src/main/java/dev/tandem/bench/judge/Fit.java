package dev.tandem.bench.judge;

import dev.tandem.evaluation.judge.Evidence;
import dev.tandem.evaluation.judge.FaithfulnessModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Fits a {@link FaithfulnessModel}. Collections weigh the same, and in each the supported and unsupported claims. Two things
 * make it hold on texts of other kinds: no evidence may count against its meaning, and weights are drawn to a small one of
 * their sign instead of to zero, so that evidence which is rare here (a wrong number) still counts. Then two numbers are
 * fitted to the answers as they are (Platt scaling), so that scores are probabilities.
 */
final class Fit {
    static final double PULL = 0.1;
    static final double PRIOR = 0.1;
    private static final int STEPS = 2000;
    private static final double RATE = 0.2;

    private Fit() {}

    private record Row(double[] values, double target, double weight) {}

    static FaithfulnessModel of(List<LabelledAnswer> answers) {
        int count = Evidence.values().length;
        var rows = rows(answers);
        var means = new double[count];
        var deviations = new double[count];
        for (int i = 0; i < count; i++) {
            int at = i;
            means[i] = rows.stream()
                    .mapToDouble(row -> row.weight * row.values[at])
                    .sum();
            deviations[i] = Math.max(
                    0.05,
                    Math.sqrt(rows.stream()
                            .mapToDouble(row -> row.weight * Math.pow(row.values[at] - means[at], 2))
                            .sum()));
        }
        var weights = descend(new FaithfulnessModel(means, deviations, new double[count], 0, 0.5), rows);
        var raw = new FaithfulnessModel(means, deviations, weights.clone(), 0, 0.5);
        return calibrated(raw, answers);
    }

    /** The claims as rows whose weights sum to 1. */
    private static List<Row> rows(List<LabelledAnswer> answers) {
        var counts = new java.util.HashMap<String, Integer>();
        for (var answer : answers) {
            for (int i = 0; i < answer.claims().size(); i++) {
                counts.merge(answer.set() + answer.label(i), 1, Integer::sum);
            }
        }
        var rows = new ArrayList<Row>();
        for (var answer : answers) {
            for (int i = 0; i < answer.claims().size(); i++) {
                double weight = 1.0 / counts.getOrDefault(answer.set() + answer.label(i), 1) / counts.size();
                rows.add(new Row(answer.claims().get(i), answer.label(i) ? 1 : 0, weight));
            }
        }
        return rows;
    }

    private static double[] descend(FaithfulnessModel scale, List<Row> rows) {
        int count = scale.weights().length;
        var standardised = rows.stream()
                .map(row -> {
                    var values = new double[count];
                    for (int i = 0; i < count; i++) {
                        values[i] = scale.standardised(i, row.values[i]);
                    }
                    return new Row(values, row.target, row.weight);
                })
                .toList();
        var weights = new double[count];
        double bias = 0;
        for (int step = 0; step < STEPS; step++) {
            var gradient = new double[count];
            double biasGradient = 0;
            for (var row : standardised) {
                double logit = bias;
                for (int i = 0; i < count; i++) {
                    logit += weights[i] * row.values[i];
                }
                double error = row.weight * (FaithfulnessModel.sigmoid(logit) - row.target);
                biasGradient += error;
                for (int i = 0; i < count; i++) {
                    gradient[i] += error * row.values[i];
                }
            }
            bias -= RATE * biasGradient;
            for (var evidence : Evidence.values()) {
                int i = evidence.place();
                double sign = evidence.speaksFor() ? 1 : -1;
                double moved = weights[i] - RATE * (gradient[i] + PULL * (weights[i] - sign * PRIOR));
                weights[i] = sign * Math.max(0, sign * moved);
            }
        }
        return weights;
    }

    private static FaithfulnessModel calibrated(FaithfulnessModel raw, List<LabelledAnswer> answers) {
        var sizes = answers.stream().collect(Collectors.groupingBy(LabelledAnswer::set, Collectors.counting()));
        var logits = answers.stream()
                .mapToDouble(answer -> answer.claims().stream()
                        .mapToDouble(raw::logit)
                        .average()
                        .orElseThrow())
                .toArray();
        double slope = 1;
        double bias = 0;
        for (int step = 0; step < STEPS; step++) {
            double slopeGradient = 0;
            double biasGradient = 0;
            for (int i = 0; i < logits.length; i++) {
                var answer = answers.get(i);
                // As FaithfulnessModel.answerLogit makes it of claims whose logits were scaled.
                double logit =
                        slope * logits[i] + bias - Math.log(answer.claims().size());
                double error = (FaithfulnessModel.sigmoid(logit) - (answer.supported() ? 1 : 0))
                        / sizes.getOrDefault(answer.set(), 1L)
                        / sizes.size();
                slopeGradient += error * logits[i];
                biasGradient += error;
            }
            slope -= RATE * slopeGradient;
            bias -= RATE * biasGradient;
        }
        var weights = raw.weights().clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= slope;
        }
        var model = new FaithfulnessModel(raw.means(), raw.deviations(), weights, bias, 0.5);
        return new FaithfulnessModel(raw.means(), raw.deviations(), weights, bias, threshold(model, answers));
    }

    /** The mean of the collections' best thresholds: one with more answers has no more say. */
    private static double threshold(FaithfulnessModel model, List<LabelledAnswer> answers) {
        return answers.stream().collect(Collectors.groupingBy(LabelledAnswer::set)).values().stream()
                .mapToDouble(some -> Thresholds.best(scores(model, some), labels(some)))
                .average()
                .orElseThrow();
    }

    static double[] scores(FaithfulnessModel model, List<LabelledAnswer> answers) {
        return answers.stream()
                .mapToDouble(answer -> model.score(answer.claims()))
                .toArray();
    }

    static boolean[] labels(List<LabelledAnswer> answers) {
        var labels = new boolean[answers.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = answers.get(i).supported();
        }
        return labels;
    }
}
