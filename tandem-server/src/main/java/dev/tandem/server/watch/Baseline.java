package dev.tandem.server.watch;

import dev.tandem.workspace.settings.AlertMetric;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a metric is compared with: observations that were frozen, and how far the comparison has come since.
 *
 * @param source where they are from: live, test_set
 * @param encoder whose vectors they are; empty for numbers
 * @param size how many observations
 * @param data vectors, or numbers
 * @param looked the last observation that was looked at
 * @param observed how many there were since, up to that one
 * @param drifting how it stands
 */
record Baseline(
        AlertMetric metric,
        Instant time,
        String source,
        String encoder,
        int size,
        byte[] data,
        long looked,
        long observed,
        boolean drifting) {
    List<float[]> vectors() {
        return Numbers.split(data, size);
    }

    List<Double> values() {
        var numbers = Numbers.of(data);
        return IntStream.range(0, numbers.length)
                .mapToObj(i -> (double) numbers[i])
                .toList();
    }

    double mean() {
        return values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    Baseline after(long last, long count, boolean drifts) {
        return new Baseline(metric, time, source, encoder, size, data, last, count, drifts);
    }
}
