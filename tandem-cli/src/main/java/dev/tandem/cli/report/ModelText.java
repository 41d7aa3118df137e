package dev.tandem.cli.report;

import dev.tandem.cli.console.Json;
import dev.tandem.decoder.model.DecoderConfig;
import dev.tandem.models.hub.ModelPull;
import dev.tandem.tuning.training.MemoryEstimate;
import dev.tandem.tuning.training.TuningSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
                licence      %s
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
                config.context(),
                licence(folder).orElse("not named in its README.md: look at where it comes from")));
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

    /** What the model card's front matter names; the card is where models in this layout say it. */
    private static Optional<String> licence(Path folder) {
        var card = folder.resolve("README.md");
        if (!Files.isRegularFile(card)) {
            return Optional.empty();
        }
        try (var lines = Files.lines(card)) {
            var front = lines.limit(200).toList();
            if (front.isEmpty() || !front.getFirst().strip().equals("---")) {
                return Optional.empty();
            }
            return front.stream()
                    .skip(1)
                    .takeWhile(line -> !line.strip().equals("---"))
                    .filter(line -> line.startsWith("license:") || line.startsWith("license_name:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip().replaceAll("^[\"']|[\"']$", ""))
                    .filter(name -> !name.isEmpty())
                    .findFirst();
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    /** What was fetched, for people. */
    public static String pulled(ModelPull.Result result) {
        return result.fetched() == 0
                ? String.format(
                        "%s is in %s already (commit %.8s).", result.repository(), result.folder(), result.commit())
                : String.format(
                        Locale.ROOT,
                        "%s is in %s: %d files, %s, commit %.8s.",
                        result.repository(),
                        result.folder(),
                        result.files(),
                        result.bytes() < 1e8
                                ? String.format(Locale.ROOT, "%.1f MB", result.bytes() / 1e6)
                                : size(result.bytes()),
                        result.commit());
    }

    /** What was fetched, for programs. */
    public static Map<String, Object> pulledJson(ModelPull.Result result) {
        return Json.object(
                "folder", result.folder(),
                "repository", result.repository(),
                "commit", result.commit(),
                "files", result.files(),
                "bytes", result.bytes(),
                "fetched_bytes", result.fetched());
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
                "licence", licence(folder).orElse(""),
                "tuning_memory_bytes", memory);
    }
}
