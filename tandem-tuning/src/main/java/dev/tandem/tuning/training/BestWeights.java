package dev.tandem.tuning.training;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.adapter.AdapterConfig;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.weights.SafetensorsWriter;
import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.method.Tuning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The weights with the lowest held-out loss so far, on disk: an adapter's folder, or after full tuning a model's. */
final class BestWeights {
    private static final String MODEL = "model.safetensors";
    private static final Set<String> RECORDS = Set.of(RunRecord.NAME, Samples.NAME);

    private final Path base;
    private final Path out;
    private final TuningSettings settings;
    private final Decoder decoder;
    private final Tuning tuning;

    BestWeights(Path base, Path out, TuningSettings settings, Decoder decoder, Tuning tuning) {
        this.base = base;
        this.out = out;
        this.settings = settings;
        this.decoder = decoder;
        this.tuning = tuning;
    }

    void keep() {
        switch (settings.method()) {
            case FULL -> model();
            case LORA, QLORA -> Adapter.write(out, lora(), tuning.trained());
            case PROMPT ->
                Adapter.write(
                        out,
                        new AdapterConfig.Prompt(
                                base.toString(),
                                settings.virtualTokens(),
                                decoder.config().hidden(),
                                decoder.config().heads(),
                                decoder.config().layers().size(),
                                settings.initialText()),
                        tuning.trained());
        }
    }

    private AdapterConfig.Lora lora() {
        var lora = settings.lora();
        var layers = tuning.trained().keySet().stream()
                .map(name -> name.substring(0, name.indexOf(".lora_")))
                .distinct()
                .toList();
        return new AdapterConfig.Lora(
                base.toString(),
                lora.rank(),
                lora.alpha(),
                lora.dropout(),
                lora.rankStabilised(),
                lora.magnitudes(),
                lora.targets().isEmpty() ? Adapter.targets(layers) : List.copyOf(lora.targets()),
                Map.of(),
                Map.of());
    }

    private void model() {
        try (var files = Files.list(base)) {
            Files.createDirectories(out);
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = file.getFileName().toString();
                if (belongsToWeights(name)) {
                    Files.copy(file, out.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            SafetensorsWriter.write(out.resolve(MODEL), decoder.parameters(), Map.of("format", "pt"));
        } catch (IOException e) {
            throw new MendableException("The model " + out + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** Configuration, tokenizer and licence; not the records of a base that was tuned itself, which are another run's. */
    private static boolean belongsToWeights(String name) {
        boolean kind = name.endsWith(".json")
                || name.endsWith(".jinja")
                || name.endsWith(".model")
                || name.startsWith("LICENSE");
        return kind && !name.endsWith(".index.json") && !RECORDS.contains(name);
    }
}
