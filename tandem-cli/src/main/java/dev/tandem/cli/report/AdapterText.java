package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.decoder.adapter.AdapterConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What an adapter is. */
public final class AdapterText {
    private AdapterText() {}

    /** For people. */
    public static String of(Map<String, Object> shown) {
        return shown.entrySet().stream()
                .map(entry -> String.format(
                        "%-15s %s",
                        entry.getKey().replace('_', ' '),
                        entry.getValue() instanceof List<?> list
                                ? list.stream().map(Object::toString).collect(Collectors.joining(", "))
                                : entry.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** For programs. */
    public static Map<String, Object> json(Path folder, AdapterConfig config) {
        return switch (config) {
            case AdapterConfig.Lora lora ->
                Json.object(
                        "adapter", folder,
                        "type", lora.magnitudes() ? "dora" : "lora",
                        "base", lora.base(),
                        "rank", lora.rank(),
                        "alpha", lora.alpha(),
                        "dropout", lora.dropout(),
                        "rank_stabilised", lora.rankStabilised(),
                        "targets", lora.targets());
            case AdapterConfig.Prompt prompt ->
                Json.object(
                        "adapter", folder,
                        "type", "prompt",
                        "base", prompt.base(),
                        "virtual_tokens", prompt.tokens(),
                        "dimension", prompt.dimension());
        };
    }
}
