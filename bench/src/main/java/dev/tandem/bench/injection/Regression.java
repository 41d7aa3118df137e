package dev.tandem.bench.injection;

import java.util.Arrays;
import java.util.List;

/** A logistic regression with a pull of its weights towards zero, by Adam over all rows. */
public record Regression(double[] weights, double bias) {
    private static final int STEPS = 500;
    private static final double RATE = 0.03;

    /** A row: its numbers, whether it is an attack, how much it counts. */
    public record Row(double[] values, boolean attack, double weight) {}

    /** Fits. */
    public static Regression of(List<Row> rows, double pull) {
        int count = rows.getFirst().values().length;
        double total = rows.stream().mapToDouble(Row::weight).sum();
        var weights = new double[count + 1];
        var mean = new double[count + 1];
        var square = new double[count + 1];
        for (int step = 1; step <= STEPS; step++) {
            var gradient = new double[count + 1];
            for (var row : rows) {
                double logit = weights[count];
                for (int i = 0; i < count; i++) {
                    logit += weights[i] * row.values()[i];
                }
                double error = row.weight() / total * (1 / (1 + Math.exp(-logit)) - (row.attack() ? 1 : 0));
                for (int i = 0; i < count; i++) {
                    gradient[i] += error * row.values()[i];
                }
                gradient[count] += error;
            }
            for (int i = 0; i <= count; i++) {
                double slope = gradient[i] + (i < count ? pull * weights[i] : 0);
                mean[i] = 0.9 * mean[i] + 0.1 * slope;
                square[i] = 0.999 * square[i] + 0.001 * slope * slope;
                weights[i] -= RATE
                        * (mean[i] / (1 - Math.pow(0.9, step)))
                        / (Math.sqrt(square[i] / (1 - Math.pow(0.999, step))) + 1e-9);
            }
        }
        return new Regression(Arrays.copyOf(weights, count), weights[count]);
    }

    /** Fits to numbers of mean 0 and deviation 1, so that the pull is the same for all; the weights are those of the numbers as they come. */
    public static Regression ofStandardized(List<Row> rows, double pull) {
        int count = rows.getFirst().values().length;
        var mean = new double[count];
        var deviation = new double[count];
        for (int i = 0; i < count; i++) {
            int column = i;
            mean[i] = rows.stream()
                    .mapToDouble(row -> row.values()[column])
                    .average()
                    .orElseThrow();
            deviation[i] = Math.sqrt(rows.stream()
                            .mapToDouble(row -> Math.pow(row.values()[column] - mean[column], 2))
                            .average()
                            .orElseThrow())
                    + 1e-6;
        }
        var fitted = of(
                rows.stream()
                        .map(row -> {
                            var values = new double[count];
                            for (int i = 0; i < count; i++) {
                                values[i] = (row.values()[i] - mean[i]) / deviation[i];
                            }
                            return new Row(values, row.attack(), row.weight());
                        })
                        .toList(),
                pull);
        var weights = new double[count];
        double bias = fitted.bias();
        for (int i = 0; i < count; i++) {
            weights[i] = fitted.weights()[i] / deviation[i];
            bias -= weights[i] * mean[i];
        }
        return new Regression(weights, bias);
    }

    /** The logit of a row. */
    public double logit(double[] values) {
        double sum = bias;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum;
    }
}
