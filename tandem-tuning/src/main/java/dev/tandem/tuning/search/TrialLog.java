package dev.tandem.tuning.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code trials.jsonl}: a line a trial, on the disk when the trial has ended, from which a search goes on. A last line that a
 * kill cut off is taken out, and its trial runs again.
 */
final class TrialLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Plan plan;
    private final List<Trial> trials = new ArrayList<>();

    /** Opens a plan's log, with the trials that it has. */
    TrialLog(Path file, Plan plan) {
        this.file = file;
        this.plan = plan;
        if (Files.exists(file)) {
            read();
        }
    }

    private void read() {
        try {
            var text = Files.readString(file);
            int whole = text.lastIndexOf('\n') + 1;
            for (var line : text.substring(0, whole).lines().toList()) {
                trials.add(trial(JSON.readTree(line)));
            }
            if (whole < text.length()) {
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(text.substring(0, whole).getBytes(StandardCharsets.UTF_8).length);
                }
            }
        } catch (IOException e) {
            throw new MendableException(
                    file + " cannot be read: " + e.getMessage() + ". Search anew with another --out.", e);
        }
    }

    private static Trial trial(JsonNode line) {
        return new Trial(
                line.path("rung").asInt() - 1,
                line.path("configuration").asInt(),
                line.path("held_out_loss").asDouble(Double.POSITIVE_INFINITY),
                line.path("updates").asLong(),
                line.path("seconds").asDouble());
    }

    /** In the order in which they ended. */
    List<Trial> trials() {
        return List.copyOf(trials);
    }

    Optional<Trial> find(int rung, int configuration) {
        return trials.stream()
                .filter(trial -> trial.rung() == rung && trial.configuration() == configuration)
                .findFirst();
    }

    /** Appends a trial; it is on the disk when this returns. */
    void add(Trial trial) {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            var bytes = ByteBuffer.wrap((JSON.writeValueAsString(line(trial)) + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new MendableException("Cannot write to " + file + ": " + e.getMessage() + ".", e);
        }
        trials.add(trial);
    }

    /** Rungs count from 1 for people, as trials do on the progress bar; a loss that is no number is null. */
    private ObjectNode line(Trial trial) {
        var rung = plan.rungs().get(trial.rung());
        var settings = plan.configurations().get(trial.configuration());
        var line = JSON.createObjectNode();
        line.put("rung", trial.rung() + 1);
        line.put("configuration", trial.configuration());
        line.put("learning_rate", settings.learningRate());
        line.put("batch", settings.batch());
        switch (settings.method()) {
            case LORA, QLORA -> {
                line.put("rank", settings.lora().rank());
                line.put("alpha", settings.lora().alpha());
                settings.lora().targets().forEach(line.putArray("targets")::add);
            }
            case FULL -> line.put("weight_decay", settings.weightDecay());
            case PROMPT -> line.put("virtual_tokens", settings.virtualTokens());
        }
        line.put("examples", rung.examples());
        line.put("epochs", rung.epochs());
        line.put("updates", trial.updates());
        if (trial.converged()) {
            line.put("held_out_loss", trial.loss());
        } else {
            line.putNull("held_out_loss");
        }
        line.put("seconds", trial.seconds());
        return line;
    }
}
