package dev.tandem.tuning.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code samples.json}: a run's samples, with the base's answers from before training on. */
final class SampleFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SampleFile() {}

    static boolean exists(Path run) {
        return Files.isRegularFile(run.resolve(Samples.NAME));
    }

    /** Those of a run; none if it made none. */
    static List<Sample> read(Path run) {
        if (!exists(run)) {
            return List.of();
        }
        var file = run.resolve(Samples.NAME);
        try {
            var samples = new ArrayList<Sample>();
            for (var node : JSON.readTree(file.toFile())) {
                samples.add(new Sample(
                        node.path("prompt").asText(),
                        node.path("expected").asText(),
                        node.path("base").asText(),
                        node.hasNonNull("tuned") ? Optional.of(node.get("tuned").asText()) : Optional.empty()));
            }
            return samples;
        } catch (IOException e) {
            throw new MendableException(
                    file + " cannot be read: " + e.getMessage() + ". Delete it: the base then answers anew.", e);
        }
    }

    static void write(Path run, List<Sample> samples) {
        var list = JSON.createArrayNode();
        for (var sample : samples) {
            var node = list.addObject()
                    .put("prompt", sample.prompt())
                    .put("expected", sample.expected())
                    .put("base", sample.base());
            sample.tuned().ifPresent(answer -> node.put("tuned", answer));
        }
        try {
            Files.createDirectories(run);
            WholeFile.write(
                    run.resolve(Samples.NAME),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(list) + "\n");
        } catch (IOException e) {
            throw new MendableException("Cannot write to " + run + ": " + e.getMessage() + ".", e);
        }
    }

    static void delete(Path run) {
        try {
            Files.deleteIfExists(run.resolve(Samples.NAME));
        } catch (IOException e) {
            throw new MendableException("Cannot write to " + run + ": " + e.getMessage() + ".", e);
        }
    }
}
