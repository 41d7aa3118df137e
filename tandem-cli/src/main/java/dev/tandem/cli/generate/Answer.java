package dev.tandem.cli.generate;

import dev.tandem.cli.console.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a model said to one prompt. */
public record Answer(
        String id,
        Optional<String> adapter,
        dev.tandem.decoder.generation.Generator.Generation generation,
        double millis) {
    public String text() {
        return generation.text();
    }

    /** A line of the output. */
    public Map<String, Object> json() {
        return Json.object(
                "id", id,
                "text", generation.text(),
                "adapter", adapter,
                "tokens", generation.tokens(),
                "finish_reason", generation.ending().name().toLowerCase(Locale.ROOT),
                "timings", Json.object("batch_ms", Json.rounded(millis)));
    }
}
