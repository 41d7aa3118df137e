package dev.tandem.tuning.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.decoder.torch.Device;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.dataset.Dataset;
import dev.tandem.tuning.dataset.TokenExample;
import dev.tandem.tuning.example.gate.Examples;
import dev.tandem.tuning.example.gate.Leakage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A whole tuning, from files to files: reads the data, holds some out, trains, and leaves beside the weights what they came
 * from: {@code tandem.json} (base, data and their hashes, settings, losses) and a model card. The record is written first,
 * so that a run that was broken off goes on from its folder alone.
 *
 * @param base the model's folder
 * @param training JSON lines
 * @param heldOut JSON lines; without it a tenth of the training data is held out
 * @param out where everything goes
 */
public record TuningJob(
        Path base, Path training, Optional<Path> heldOut, Path out, TuningSettings settings, Placement placement) {
    private static final String RECORD = "tandem.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The job that a run's folder records, to go on with. */
    public static TuningJob recorded(Path out) {
        var file = out.resolve(RECORD);
        if (!Files.isRegularFile(file)) {
            throw new MendableException("The folder " + out + " holds no run (" + RECORD
                    + " is missing): name a folder that `tandem tune --out` made.");
        }
        try {
            var json = JSON.readTree(file.toFile());
            if (Checkpoint.newest(out).isEmpty()) {
                throw new MendableException("The run " + out + " has no checkpoint to go on from: "
                        + (json.path("ending").isMissingNode()
                                ? "it was stopped before the first one. Begin anew."
                                : "it is finished."));
            }
            return new TuningJob(
                    Path.of(json.path("base").asText()),
                    Path.of(json.path("data").asText()),
                    json.hasNonNull("held_out")
                            ? Optional.of(Path.of(json.path("held_out").asText()))
                            : Optional.empty(),
                    out,
                    JSON.treeToValue(json.path("settings"), TuningSettings.class),
                    new Placement(
                            Device.valueOf(json.path("device").asText()),
                            Precision.valueOf(json.path("precision").asText())));
        } catch (IOException | IllegalArgumentException e) {
            throw new MendableException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** What is asked of a folder before a new run begins in it. */
    public void requireNew() {
        if (Checkpoint.newest(out).isPresent()) {
            throw new MendableException(
                    "The folder " + out + " holds a run that was broken off: go on with `tandem tune" + " --resume "
                            + out + "`, or name another --out.");
        }
        for (var file : List.of("adapter_config.json", "model.safetensors", RECORD)) {
            if (Files.exists(out.resolve(file))) {
                throw new MendableException(
                        "The folder " + out + " holds a tuned model already (" + file + "): name another --out.");
            }
        }
    }

    /** Refuses where the training data give examples of {@code heldOut} away: its loss would say nothing. */
    public void requireNoLeakage() {
        heldOut.ifPresent(test ->
                Leakage.between(Examples.in(training), Examples.in(test)).refuse(training, test, "--allow-leakage"));
    }

    /**
     * Trains. Native state belongs to the thread that makes it, so the work is done on a thread of its own.
     *
     * @param cancelled asked after each update
     */
    public TrainingRun.Result run(Progress progress, BooleanSupplier cancelled) {
        return onThread(() -> train(progress, cancelled));
    }

    private TrainingRun.Result train(Progress progress, BooleanSupplier cancelled) {
        long began = System.nanoTime();
        var data = data();
        var record = record(data);
        write(record);
        TrainingRun.Result result;
        try (var task = progress.start("Tuning", Progress.UNKNOWN, "updates")) {
            var seen = new boolean[1];
            result = new TrainingRun(base, out, data, settings, placement)
                    .run(
                            update -> {
                                if (!seen[0]) {
                                    task.total(update.total());
                                    task.step(update.update() - 1);
                                    seen[0] = true;
                                }
                                task.step(1);
                                task.note(note(update));
                            },
                            cancelled);
        }
        record.put("updates", result.updates());
        record.put("tokens", result.tokens());
        record.put("base_loss", result.baseLoss());
        record.put("held_out_loss", result.bestLoss());
        record.put("training_loss", result.trainingLoss());
        record.put("seconds", (System.nanoTime() - began) / 1e9);
        if (result.ending() != TrainingRun.Ending.CANCELLED) {
            record.put("ending", result.ending().name().toLowerCase(Locale.ROOT));
        }
        write(record);
        writeCard(result, data);
        return result;
    }

    private static String note(TrainingRun.Update update) {
        return String.format(
                Locale.ROOT,
                "loss %.3f%s, %.0f tokens/s, %,d MB",
                update.loss(),
                update.heldOut().isPresent()
                        ? String.format(
                                Locale.ROOT, ", held out %.3f", update.heldOut().getAsDouble())
                        : "",
                update.tokensPerSecond(),
                MetricsLog.residentMegabytes());
    }

    private TrainingRun.Data data() {
        try (var tokenizer = Tokenizer.open(base)) {
            var all = Dataset.read(training, tokenizer, settings.maxLength());
            var hash = hash(training) + heldOut.map(TuningJob::hash).orElse("");
            if (heldOut.isPresent()) {
                return new TrainingRun.Data(all, Dataset.read(heldOut.get(), tokenizer, settings.maxLength()), hash);
            }
            if (all.examples().size() < 2) {
                throw new MendableException(training + " has a single example: add more, or name --eval.");
            }
            var shuffled = new ArrayList<TokenExample>(all.examples());
            Collections.shuffle(shuffled, new Random(settings.seed()));
            int held = Math.max(1, Math.min(500, shuffled.size() / 10));
            return new TrainingRun.Data(
                    new Dataset(shuffled.subList(held, shuffled.size()), all.cut(), all.dropped()),
                    new Dataset(shuffled.subList(0, held), 0, 0),
                    hash);
        }
    }

    private static String hash(Path file) {
        try (var in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new MendableException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private ObjectNode record(TrainingRun.Data data) {
        var json = JSON.createObjectNode();
        json.put("base", base.toAbsolutePath().normalize().toString());
        json.put("base_config_hash", hash(base.resolve("config.json")));
        json.put("data", training.toAbsolutePath().normalize().toString());
        heldOut.ifPresent(
                file -> json.put("held_out", file.toAbsolutePath().normalize().toString()));
        json.put("data_hash", data.hash());
        json.put("examples", data.training().examples().size());
        json.put("held_out_examples", data.heldOut().examples().size());
        json.put("examples_cut", data.training().cut());
        json.put("examples_dropped", data.training().dropped());
        json.put("learned_tokens", data.training().learnedTokens());
        json.put("device", placement.device().name());
        json.put("precision", placement.precision().name());
        json.set("settings", JSON.valueToTree(settings));
        return json;
    }

    private void write(ObjectNode record) {
        try {
            Files.createDirectories(out);
            Files.writeString(
                    out.resolve(RECORD), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(record) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new MendableException("Cannot write to " + out + ": " + e.getMessage() + ".", e);
        }
    }

    private void writeCard(TrainingRun.Result result, TrainingRun.Data data) {
        var card = String.format(
                Locale.ROOT,
                """
                ---
                base_model: %s
                tags: [tandem]
                ---
                # %s

                Tuned by Tandem: method %s, %d examples of %s (%d held out), %d updates.

                | held-out loss a token | |
                |---|---|
                | base | %.4f |
                | tuned | %.4f |

                All settings and hashes are in tandem.json, the losses of every update in metrics.csv.
                """,
                base.getFileName(),
                out.toAbsolutePath().getFileName(),
                settings.method().name().toLowerCase(Locale.ROOT),
                data.training().examples().size(),
                training.getFileName(),
                data.heldOut().examples().size(),
                result.updates(),
                result.baseLoss(),
                result.bestLoss());
        try {
            Files.writeString(out.resolve("README.md"), card);
        } catch (IOException e) {
            throw new MendableException("Cannot write to " + out + ": " + e.getMessage() + ".", e);
        }
    }

    private static <T> T onThread(Supplier<T> work) {
        var result = new AtomicReference<Optional<T>>(Optional.empty());
        var failure = new AtomicReference<Optional<Throwable>>(Optional.empty());
        var thread = Thread.ofPlatform().name("tuning").start(() -> {
            try {
                result.set(Optional.of(work.get()));
            } catch (Throwable e) {
                failure.set(Optional.of(e));
            }
        });
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while tuning", e);
        }
        failure.get().ifPresent(e -> {
            if (e instanceof RuntimeException runtime) {
                throw runtime;
            }
            if (e instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e);
        });
        return result.get().orElseThrow();
    }
}
