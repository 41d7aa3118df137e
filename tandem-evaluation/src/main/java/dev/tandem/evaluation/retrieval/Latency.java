package dev.tandem.evaluation.retrieval;

import java.util.Arrays;

/** Percentiles (nearest rank) of how long one query took, in milliseconds. */
public record Latency(double p50, double p95, double p99) {
    static Latency ofNanos(long[] durations) {
        long[] sorted = durations.clone();
        Arrays.sort(sorted);
        return new Latency(percentile(sorted, 0.50), percentile(sorted, 0.95), percentile(sorted, 0.99));
    }

    private static double percentile(long[] sorted, double share) {
        int rank = Math.max(1, (int) Math.ceil(share * sorted.length));
        return sorted[rank - 1] / 1e6;
    }
}
