package dev.tandem.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.cli.console.Json;
import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.adapter.AdapterConfig;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The adapters of a folder. */
public final class AdapterList {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AdapterList() {}

    /**
     * One of them.
     *
     * @param rank of a low-rank update, or the number of virtual tokens
     * @param baseLoss held-out loss a token before training, where Tandem trained it
     * @param loss the same after training
     */
    public record Entry(
            Path folder,
            String type,
            int rank,
            String base,
            long bytes,
            long modifiedMillis,
            OptionalDouble baseLoss,
            OptionalDouble loss) {}

    /**
     * Looks for folders that hold an adapter_config.json, the newest first.
     *
     * @throws MendableException if there is no such folder
     */
    public static List<Entry> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new MendableException("There is no folder " + folder + ": name the one that your adapters lie in.");
        }
        try (var inside = Files.list(folder)) {
            var entries = new ArrayList<Entry>();
            for (var each : inside.sorted().toList()) {
                if (Files.isRegularFile(each.resolve("adapter_config.json"))) {
                    entries.add(entry(each));
                }
            }
            entries.sort(Comparator.comparingLong(Entry::modifiedMillis).reversed());
            return entries;
        } catch (IOException e) {
            throw new MendableException("The folder " + folder + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Entry entry(Path folder) throws IOException {
        var config = Adapter.describe(folder);
        var weights = folder.resolve("adapter_model.safetensors");
        var record = record(folder.resolve("tandem.json"));
        return new Entry(
                folder,
                switch (config) {
                    case AdapterConfig.Lora lora -> lora.magnitudes() ? "dora" : "lora";
                    case AdapterConfig.Prompt prompt -> "prompt";
                },
                switch (config) {
                    case AdapterConfig.Lora lora -> lora.rank();
                    case AdapterConfig.Prompt prompt -> prompt.tokens();
                },
                config.base(),
                Files.exists(weights) ? Files.size(weights) : 0,
                Files.getLastModifiedTime(folder.resolve("adapter_config.json")).toMillis(),
                number(record.path("base_loss")),
                number(record.path("held_out_loss")));
    }

    private static OptionalDouble number(JsonNode node) {
        return node.isNumber() ? OptionalDouble.of(node.doubleValue()) : OptionalDouble.empty();
    }

    private static JsonNode record(Path file) {
        try {
            return Files.isRegularFile(file) ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
        } catch (IOException damaged) {
            // The adapter is usable without the record of how it was made.
            return JSON.createObjectNode();
        }
    }

    /** For people. */
    public static String text(Path folder, List<Entry> entries) {
        if (entries.isEmpty()) {
            return "No adapters in " + folder + "; make one with `tandem tune`.";
        }
        var text = new StringBuilder(String.format(
                Locale.ROOT, "%-24s %-7s %5s %10s  %-18s %s", "", "type", "rank", "size", "loss", "base"));
        for (var entry : entries) {
            var loss = entry.baseLoss().isPresent() && entry.loss().isPresent()
                    ? String.format(
                            Locale.ROOT,
                            "%.3f -> %.3f",
                            entry.baseLoss().getAsDouble(),
                            entry.loss().getAsDouble())
                    : "";
            text.append(String.format(
                    Locale.ROOT,
                    "%n%-24s %-7s %5d %7.1f MB  %-18s %s",
                    entry.folder().getFileName(),
                    entry.type(),
                    entry.rank(),
                    entry.bytes() / 1e6,
                    loss,
                    entry.base()));
        }
        return text.toString();
    }

    /** For programs. */
    public static List<Map<String, Object>> json(List<Entry> entries) {
        return entries.stream().map(AdapterList::json).toList();
    }

    /** The losses are there only where Tandem's record of the training is. */
    private static Map<String, Object> json(Entry entry) {
        var json = Json.object(
                "adapter", entry.folder(),
                "type", entry.type(),
                "rank", entry.rank(),
                "base", entry.base(),
                "bytes", entry.bytes());
        entry.baseLoss().ifPresent(loss -> json.put("base_loss", loss));
        entry.loss().ifPresent(loss -> json.put("held_out_loss", loss));
        return json;
    }
}
