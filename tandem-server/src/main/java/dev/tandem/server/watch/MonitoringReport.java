package dev.tandem.server.watch;

import dev.tandem.server.http.Description;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a workspace's live answers do. */
@Description("How live answers do: compared with baselines, over time, and what was told to people.")
public record MonitoringReport(
        Instant time,
        Judging judging,

        @Description("Whether anything is compared (monitoring.drift in tandem.yaml).")
        boolean drift,

        List<Metric> metrics,

        @Description("What was observed over time, oldest first; equal stretches of time.")
        List<Period> periods,

        @Description("The newest questions least like the baseline, where their texts are still kept.")
        List<Unusual> unusual,

        @Description("The newest alerts, open ones first.") List<FiredAlert> alerts,
        List<String> rules,
        List<Channel> channels) {
    public MonitoringReport {
        metrics = List.copyOf(metrics);
        periods = List.copyOf(periods);
        unusual = List.copyOf(unusual);
        alerts = List.copyOf(alerts);
        rules = List.copyOf(rules);
        channels = List.copyOf(channels);
    }

    /** How live answers are judged. */
    public record Judging(
            @Description("The share of answers that are judged.")
            double share,

            int perMinute,

            @Description("Judged in the time that is shown.")
            int judged) {}

    /** A metric and what it is compared with. */
    public record Metric(
            @Description(
                    "questions, faithfulness, answer_relevancy, context_relevancy, declined, failed, thumbs_down, latency.")
            String metric,

            @Description("Observations until the baseline is whole; 0 when it is.")
            int missing,

            Optional<Frozen> baseline,

            @Description("Observations since the baseline, up to the last look.")
            long observed,

            boolean drifting,
            List<Look> looks) {
        public Metric {
            looks = List.copyOf(looks);
        }
    }

    /** What a metric is compared with. */
    public record Frozen(
            Instant time,

            @Description("live, test_set.") String source,

            int size,

            @Description("Of numbers.") Optional<Double> mean) {}

    /** A comparison with the baseline. */
    public record Look(
            Instant time,
            long observed,

            @Description("How many of the newest observations decided.")
            int window,

            @Description("How far from the baseline: squared distance of vectors, or how much worse the mean is.")
            double size,

            @Description("The size that chance alone gives on average.")
            double byChance,

            @Description("How likely chance alone gives as much; for the window that it explains least.")
            double pValue,

            @Description("The p-value from which on it counts as drift.")
            double level,

            Optional<Double> mean,
            boolean drifting) {}

    /** A stretch of time. */
    public record Period(
            Instant from,
            int answers,
            Optional<Double> declined,
            Optional<Double> failed,

            @Description("Milliseconds: the one in the middle.")
            Optional<Double> latency,

            @Description("Milliseconds: 95% are as fast.") Optional<Double> latency95,

            int judged,
            Optional<Double> faithfulness,
            Optional<Double> answerRelevancy,
            Optional<Double> contextRelevancy) {}

    /** A question that is far from all of the baseline. */
    public record Unusual(
            String question,

            @Description("Cosine with the baseline's nearest question.")
            double nearest) {}

    /** A way to tell people that is set up. */
    public record Channel(String channel, String address) {}
}
