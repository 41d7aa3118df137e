package dev.tandem.tuning.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.decoder.weights.Safetensors;
import dev.tandem.decoder.weights.SafetensorsWriter;
import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.method.AdamW;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run stands, so that going on from it gives the weights of an unbroken run to the bit: {@code state.safetensors}
 * (the optimizer's state, master weights included) and {@code progress.json}. Each is a folder of its own,
 * {@code checkpoint-UPDATES}; it gets that name when it is whole, and only then the one before goes.
 */
final class Checkpoint {
    private static final String STATE = "state.safetensors";
    private static final String PROGRESS = "progress.json";
    private static final String NAME = "checkpoint-";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Checkpoint() {}

    /**
     * How far a run is. Position and order of the data follow from the number of updates and the seed.
     *
     * @param updates taken
     * @param tokens seen
     * @param losses by which the run is judged
     * @param data hash of the training data
     */
    record Progress(
            long updates,
            long tokens,
            LossWatch.State losses,
            @JsonProperty("data_hash") String data) {}

    static void write(Path run, AdamW optimizer, Progress progress) {
        var part = run.resolve("checkpoint.part");
        var whole = run.resolve(NAME + progress.updates());
        try {
            delete(part);
            Files.createDirectories(part);
            SafetensorsWriter.write(part.resolve(STATE), optimizer.state(), Map.of());
            Files.writeString(part.resolve(PROGRESS), JSON.writeValueAsString(progress));
            retire(run, whole);
            Files.move(part, whole);
            for (var older : all(run)) {
                if (!older.equals(whole)) {
                    retire(run, older);
                }
            }
        } catch (IOException | MendableException e) {
            discard(part);
            var before = newest(run);
            throw new MendableException(
                    "The checkpoint " + whole + " cannot be written: " + reason(e) + ". "
                            + before.map(found -> "The one of update " + found.updates()
                                            + " is whole: free some space and run `tandem tune --resume " + run + "`.")
                                    .orElse("Free some space and begin anew: there is none before it."),
                    e);
        }
    }

    private static String reason(Exception e) {
        return String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
    }

    /** What is left of a checkpoint takes up the space that is missing. */
    private static void discard(Path part) {
        try {
            delete(part);
        } catch (IOException left) {
            // The next checkpoint begins by deleting it.
        }
    }

    /** How far the newest whole checkpoint is; none if there is none. */
    static Optional<Progress> newest(Path run) {
        try {
            return all(run).stream()
                    .max(Comparator.comparingLong(Checkpoint::updates))
                    .map(folder -> read(folder.resolve(PROGRESS)));
        } catch (IOException e) {
            throw new MendableException("The run " + run + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Progress read(Path file) {
        try {
            return JSON.readValue(Files.readString(file), Progress.class);
        } catch (IOException e) {
            throw new MendableException(
                    "The checkpoint " + file + " cannot be read: " + e.getMessage()
                            + ". Begin anew with another --out.",
                    e);
        }
    }

    static void restore(Path run, Progress progress, AdamW optimizer) {
        try (var state = Safetensors.open(run.resolve(NAME + progress.updates()).resolve(STATE))) {
            optimizer.restore(state::tensor, progress.updates());
        }
    }

    /** Removes checkpoints, once a run has come to its end. */
    static void clear(Path run) {
        try {
            delete(run.resolve("checkpoint.part"));
            delete(run.resolve("checkpoint.old"));
            for (var folder : all(run)) {
                retire(run, folder);
            }
        } catch (IOException e) {
            throw new MendableException("Old checkpoints in " + run + " cannot be removed: " + e.getMessage(), e);
        }
    }

    private static long updates(Path folder) {
        return Long.parseLong(folder.getFileName().toString().substring(NAME.length()));
    }

    private static java.util.List<Path> all(Path run) throws IOException {
        if (!Files.isDirectory(run)) {
            return java.util.List.of();
        }
        try (var files = Files.list(run)) {
            return files.filter(file -> file.getFileName().toString().matches(NAME + "\\d+")
                            && Files.exists(file.resolve(PROGRESS)))
                    .toList();
        }
    }

    /** Takes a checkpoint its name before its files: whenever the process is killed, what has the name is whole. */
    private static void retire(Path run, Path checkpoint) throws IOException {
        if (Files.exists(checkpoint)) {
            var old = run.resolve("checkpoint.old");
            delete(old);
            Files.move(checkpoint, old);
            delete(old);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
