package dev.tandem.tuning.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.decoder.torch.Device;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run leaves beside its weights: {@code tandem.json}, which says all that the weights came from and how it went, and a
 * model card. The first is written before training, so that a run that was broken off goes on from its folder alone.
 */
final class RunRecord {
    static final String NAME = "tandem.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TuningJob job;
    private final TrainingRun.Data data;
    private final ObjectNode json = JSON.createObjectNode();
    private final double secondsBefore;

    /** Begins a job's record. */
    RunRecord(TuningJob job, TrainingRun.Data data) {
        this.job = job;
        this.data = data;
        secondsBefore = secondsBefore(job.out());
        json.put("base", absolute(job.base()));
        json.put("base_config_hash", FileHash.of(job.base().resolve("config.json")));
        json.put("data", absolute(job.training()));
        job.heldOut().ifPresent(file -> json.put("held_out", absolute(file)));
        job.general().ifPresent(file -> json.put("general", absolute(file)));
        json.put("data_hash", data.hash());
        json.put("examples", data.training().examples().size());
        json.put("held_out_examples", data.heldOut().examples().size());
        data.general()
                .ifPresent(set -> json.put("general_examples", set.examples().size()));
        json.put("examples_cut", data.training().cut());
        json.put("examples_dropped", data.training().dropped());
        json.put("learned_tokens", data.training().learnedTokens());
        json.put("device", job.placement().device().name());
        json.put("precision", job.placement().precision().name());
        json.set("settings", JSON.valueToTree(job.settings()));
    }

    /** What was spent on the part of a run that goes on, as far as it came to an orderly stop. */
    private static double secondsBefore(Path out) {
        return isUnfinished(out) && Checkpoint.newest(out).isPresent()
                ? read(out).path("seconds").asDouble()
                : 0;
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().normalize().toString();
    }

    void write() {
        try {
            Files.createDirectories(job.out());
            WholeFile.write(
                    job.out().resolve(NAME),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Adds what the base can do, so that a run that is killed has it too. */
    void begin(TrainingRun.Start start) {
        json.put("base_loss", start.baseLoss());
        start.generalBaseLoss().ifPresent(loss -> json.put("general_base_loss", loss));
        if (secondsBefore > 0) {
            json.put("seconds", secondsBefore);
        }
        write();
    }

    /** Adds how it went, and writes the model card. */
    void finish(TrainingRun.Result result, double seconds) {
        json.put("updates", result.updates());
        json.put("tokens", result.tokens());
        json.put("base_loss", result.baseLoss());
        json.put("held_out_loss", result.bestLoss());
        json.put("training_loss", result.trainingLoss());
        result.general().ifPresent(general -> {
            json.put("general_base_loss", general.base());
            json.put("general_loss", general.tuned());
        });
        LearningWarnings.of(result).forEach(json.putArray("warnings")::add);
        json.put("seconds", secondsBefore + seconds);
        if (result.ending() != TrainingRun.Ending.CANCELLED) {
            json.put("ending", result.ending().name().toLowerCase(Locale.ROOT));
        }
        writeCard(result);
        write();
    }

    private void writeCard(TrainingRun.Result result) {
        var card = new StringBuilder(String.format(
                Locale.ROOT,
                """
                ---
                base_model: %s
                tags: [tandem]
                ---
                # %s

                Tuned by Tandem: method %s, %d examples of %s (%d held out), %d updates.

                | loss a token | base | tuned |
                |---|---|---|
                | held out | %.4f | %.4f |
                | held out, perplexity | %.2f | %.2f |
                """,
                job.base().getFileName(),
                job.out().toAbsolutePath().getFileName(),
                job.settings().method().name().toLowerCase(Locale.ROOT),
                data.training().examples().size(),
                job.training().getFileName(),
                data.heldOut().examples().size(),
                result.updates(),
                result.baseLoss(),
                result.bestLoss(),
                Math.exp(result.baseLoss()),
                Math.exp(result.bestLoss())));
        result.general()
                .ifPresent(general -> card.append(
                        String.format(Locale.ROOT, "| general | %.4f | %.4f |%n", general.base(), general.tuned())));
        LearningWarnings.of(result)
                .forEach(warning ->
                        card.append("\n**Warning:** ").append(warning).append('\n'));
        card.append("\nAll settings and hashes are in tandem.json, the losses of every update in metrics.csv.\n");
        try {
            WholeFile.write(job.out().resolve("README.md"), card.toString());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private MendableException failure(IOException e) {
        return new MendableException("Cannot write to " + job.out() + ": " + e.getMessage() + ".", e);
    }

    /** Whether a folder records a run that did not come to its end. */
    static boolean isUnfinished(Path out) {
        return Files.isRegularFile(out.resolve(NAME)) && !read(out).has("ending");
    }

    /** The job that a run's folder records. */
    static TuningJob job(Path out) {
        var json = read(out);
        try {
            return new TuningJob(
                    Path.of(json.path("base").asText()),
                    Path.of(json.path("data").asText()),
                    path(json, "held_out"),
                    path(json, "general"),
                    out,
                    JSON.treeToValue(json.path("settings"), TuningSettings.class),
                    new Placement(
                            Device.valueOf(json.path("device").asText()),
                            Precision.valueOf(json.path("precision").asText())));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(out, e);
        }
    }

    private static Optional<Path> path(JsonNode json, String key) {
        return json.hasNonNull(key) ? Optional.of(Path.of(json.get(key).asText())) : Optional.empty();
    }

    static JsonNode read(Path out) {
        try {
            return JSON.readTree(out.resolve(NAME).toFile());
        } catch (IOException e) {
            throw unreadable(out, e);
        }
    }

    private static MendableException unreadable(Path out, Exception e) {
        return new MendableException(out.resolve(NAME) + " cannot be read: " + e.getMessage(), e);
    }
}
