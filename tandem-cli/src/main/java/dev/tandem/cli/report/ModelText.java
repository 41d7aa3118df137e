package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.decoder.model.DecoderConfig;
import dev.tandem.tuning.training.MemoryEstimate;
import dev.tandem.tuning.training.TuningSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a model is. */
public final class ModelText {
    private ModelText() {}

    /** For people. */
    public static String of(Path folder, DecoderConfig config) {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                """
                model        %s
                family       %s
                parameters   %,d
                shape        %d layers, %d hidden, %d heads (%d for keys and values) of %d
                vocabulary   %,d
                context      %,d tokens
                """,
                folder,
                config.family().modelType(),
                config.parameters(),
                config.layers().size(),
                config.hidden(),
                config.heads(),
                config.keyValueHeads(),
                config.headSize(),
                config.vocabulary(),
                config.context()));
        text.append("memory       about, in float32 / bfloat16, 8 examples of 256 tokens\n");
        for (var method : TuningSettings.Method.values()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-10s %s / %s%n",
                    method.name().toLowerCase(Locale.ROOT),
                    size(MemoryEstimate.bytes(config, method, 4, 2_048)),
                    size(MemoryEstimate.bytes(config, method, 2, 2_048))));
        }
        return text.toString().stripTrailing();
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    /** For programs. */
    public static Map<String, Object> json(Path folder, DecoderConfig config) {
        var memory = new LinkedHashMap<String, Object>();
        for (var method : TuningSettings.Method.values()) {
            memory.put(
                    method.name().toLowerCase(Locale.ROOT),
                    Json.object(
                            "float32", MemoryEstimate.bytes(config, method, 4, 2_048),
                            "bfloat16", MemoryEstimate.bytes(config, method, 2, 2_048)));
        }
        return Json.object(
                "folder", folder,
                "family", config.family().modelType(),
                "parameters", config.parameters(),
                "layers", config.layers().size(),
                "hidden", config.hidden(),
                "heads", config.heads(),
                "key_value_heads", config.keyValueHeads(),
                "head_size", config.headSize(),
                "vocabulary", config.vocabulary(),
                "context", config.context(),
                "tuning_memory_bytes", memory);
    }
}
