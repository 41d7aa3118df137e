package dev.tandem.tuning.training;

import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.tuning.method.LoraSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What runs on the tiny model begin with. */
final class Runs {
    static final Path BASE = Path.of("../tandem-decoder/src/test/resources/models/qwen2");
    static final Placement PLACEMENT = Placement.best(Precision.FLOAT32);

    private Runs() {}

    /** Small enough for seconds, with dropout, accumulation, warming up and weight decay. */
    static TuningSettings settings(TuningSettings.Method method, int epochs) {
        double rate = switch (method) {
            case FULL -> 0.005;
            case LORA, QLORA -> 0.02;
            case PROMPT -> 0.05;
        };
        return new TuningSettings(
                method,
                new LoraSettings(4, 8, 0.1, false, false, List.of()),
                5,
                "Say the number:",
                epochs,
                2,
                2,
                rate,
                0.1,
                0.01,
                1,
                64,
                2,
                3,
                false,
                7,
                0);
    }

    /** A file of short conversations, {@code question:answer} each. */
    static Path examples(Path file, List<String> pairs) throws IOException {
        var lines = new StringBuilder();
        for (var pair : pairs) {
            var parts = pair.split(":", -1);
            lines.append(
                    "{\"messages\": [{\"role\": \"user\", \"content\": \"%s\"}, {\"role\": \"assistant\", \"content\": \"%s\"}]}%n"
                            .formatted(parts[0], parts[1]));
        }
        return Files.writeString(file, lines);
    }

    /** The tiny model's files in a folder of their own, to be damaged. */
    static Path copyOfBase(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.list(BASE)) {
            for (var file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        return folder;
    }
}
