package dev.tandem.server.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.training.RunHistory;
import dev.tandem.tuning.training.TrainingRun;
import dev.tandem.tuning.training.TuningJob;
import dev.tandem.tuning.training.TuningSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Tunes the model of this process into an adapter. Begun again, it goes on from its last checkpoint. */
public final class TuneAdapter implements JobKind {
    public static final String KIND = "tune";

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What to do.
     *
     * @param heldOut examples by which the training is judged; a tenth of the others without
     * @param out the adapter's folder, whose name is the adapter's
     */
    public record Input(Path base, Path training, Optional<Path> heldOut, Path out, TuningSettings settings) {
        /** As a job holds it. */
        public ObjectNode json() {
            var json = JSON.createObjectNode()
                    .put("base", base.toString())
                    .put("training", training.toString())
                    .put("out", out.toString());
            heldOut.ifPresent(file -> json.put("held_out", file.toString()));
            json.set("settings", JSON.valueToTree(settings));
            return json;
        }

        /** What a job of this kind holds. */
        public static Input of(JsonNode json) {
            try {
                return new Input(
                        Path.of(json.path("base").asText()),
                        Path.of(json.path("training").asText()),
                        Optional.of(json.path("held_out").asText(""))
                                .filter(file -> !file.isEmpty())
                                .map(Path::of),
                        Path.of(json.path("out").asText()),
                        JSON.treeToValue(json.path("settings"), TuningSettings.class));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("No input of a tuning: " + json, e);
            }
        }

        /** The adapter's name. */
        public String adapter() {
            return String.valueOf(out.getFileName());
        }
    }

    @Override
    public String name() {
        return KIND;
    }

    @Override
    public boolean canGoOn(Job job) {
        return TuningJob.isBrokenOff(Input.of(job.input()).out());
    }

    @Override
    public JsonNode run(Job job, JobRun run) {
        var input = Input.of(job.input());
        if (job.attempts() > 1 && isFinished(input.out())) {
            // It was killed after its last word and before it was written down here.
            return result(input.out());
        }
        var tuning = tuning(input, run);
        Progress progress = (label, total, unit) -> {
            var task = run.progress().start(label, total, unit);
            return label.equals("Tuning") ? new TuningMetrics(task, run, input.out(), total) : task;
        };
        var result = tuning.run(progress, NativeMemory.now(), run::remark, run::cancelled);
        if (result.ending() == TrainingRun.Ending.CANCELLED) {
            throw new CancellationException();
        }
        return result(input.out());
    }

    private static TuningJob tuning(Input input, JobRun run) {
        if (TuningJob.isBrokenOff(input.out())) {
            run.remark("The tuning goes on from its last checkpoint.");
            return TuningJob.recorded(input.out());
        }
        var job = new TuningJob(
                input.base(),
                input.training(),
                input.heldOut(),
                Optional.empty(),
                input.out(),
                input.settings(),
                Placement.best());
        job.requireNew();
        return job.remembering(NativeMemory.now());
    }

    private static boolean isFinished(Path out) {
        return Files.isDirectory(out)
                && Files.isRegularFile(out.resolve("tandem.json"))
                && RunHistory.of(out).ending().isPresent();
    }

    private static JsonNode result(Path out) {
        var history = RunHistory.of(out);
        var json = JSON.createObjectNode().put("adapter", String.valueOf(out.getFileName()));
        json.set("updates", history.record().path("updates"));
        json.set("trained_tokens", history.record().path("tokens"));
        for (var loss : new String[] {"base_loss", "held_out_loss", "training_loss", "ending", "warnings"}) {
            if (history.record().has(loss)) {
                json.set(loss, history.record().get(loss));
            }
        }
        history.updates().stream()
                .filter(line -> !Double.isNaN(line.heldOut()))
                .min(Comparator.comparingDouble(RunHistory.Line::heldOut))
                .ifPresent(best -> json.put("best_update", best.update()).put("best_update_loss", best.loss()));
        var samples = json.putArray("samples");
        history.samples().forEach(sample -> {
            var answered = samples.addObject()
                    .put("prompt", sample.prompt())
                    .put("expected", sample.expected())
                    .put("base", sample.base());
            sample.tuned().ifPresent(answer -> answered.put("tuned", answer));
        });
        return json;
    }
}
