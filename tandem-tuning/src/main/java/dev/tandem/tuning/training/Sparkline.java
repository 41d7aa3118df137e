package dev.tandem.tuning.training;

import java.util.ArrayList;
import java.util.List;

/** A curve in a line of text: the values so far, condensed to a few columns of block characters between their extremes. */
final class Sparkline {
    private static final String BLOCKS = "▁▂▃▄▅▆▇█";

    private final int columns;
    private final List<Double> means = new ArrayList<>();
    private int perColumn = 1;
    private double sum;
    private int count;

    /** @param columns at most; an even number */
    Sparkline(int columns) {
        this.columns = columns;
    }

    void add(double value) {
        sum += value;
        count++;
        if (count < perColumn) {
            return;
        }
        means.add(sum / count);
        sum = 0;
        count = 0;
        if (means.size() == columns) {
            for (int i = 0; i < columns / 2; i++) {
                means.set(i, (means.get(2 * i) + means.get(2 * i + 1)) / 2);
            }
            means.subList(columns / 2, columns).clear();
            perColumn *= 2;
        }
    }

    @Override
    public String toString() {
        double low = means.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double high = means.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        var text = new StringBuilder();
        for (double mean : means) {
            double height = high > low ? (mean - low) / (high - low) : 0;
            text.append(BLOCKS.charAt((int) Math.round(height * (BLOCKS.length() - 1))));
        }
        return text.toString();
    }
}
