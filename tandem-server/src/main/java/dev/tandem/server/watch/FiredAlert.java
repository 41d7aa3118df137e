package dev.tandem.server.watch;

import dev.tandem.server.http.Description;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An alert that was fired.
 *
 * @param rule as it is written in tandem.yaml
 * @param mended when it was no longer so
 */
@Description("Something that somebody was told of, or was to be told of.")
public record FiredAlert(
        String id,
        String rule,
        String metric,
        Instant fired,
        String sentence,

        @Description("What to look at, or do.") String look,
        Optional<Double> value,
        Optional<Double> baseline,
        Optional<Instant> mended,
        Optional<String> mendedSentence,
        List<Delivered> deliveries) {
    public FiredAlert {
        deliveries = List.copyOf(deliveries);
    }

    /** By which channel, and what went wrong if it did not arrive. */
    public record Delivered(String channel, String address, String state, Optional<String> trouble) {}
}
