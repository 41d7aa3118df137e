package dev.tandem.server.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.training.RunHistory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Tells of a training's losses while its updates are counted: of each that was measured on held-out examples, and of the newest. */
final class TuningMetrics implements Progress.Task {
    private static final long BETWEEN = Duration.ofSeconds(1).toNanos();

    private final Progress.Task counted;
    private final JobRun run;
    private final Path out;
    private final long total;
    private long last = System.nanoTime();
    private long told;

    /** @param counted is told all that this is told */
    TuningMetrics(Progress.Task counted, JobRun run, Path out, long total) {
        this.counted = counted;
        this.run = run;
        this.out = out;
        this.total = total;
    }

    @Override
    public void step(long steps) {
        counted.step(steps);
        if (System.nanoTime() - last >= BETWEEN) {
            tell();
        }
    }

    @Override
    public void before(long steps) {
        counted.before(steps);
        told = steps;
    }

    @Override
    public void note(String words) {
        counted.note(words);
    }

    @Override
    public void close() {
        tell();
        counted.close();
    }

    private void tell() {
        last = System.nanoTime();
        var lines = RunHistory.of(out).updates().stream()
                .filter(line -> line.update() > told)
                .toList();
        lines.stream()
                .filter(line -> !Double.isNaN(line.heldOut()) || line.equals(lines.getLast()))
                .forEach(this::tell);
        told = lines.isEmpty() ? told : lines.getLast().update();
    }

    private void tell(RunHistory.Line line) {
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("step", line.update())
                .put("total_steps", total)
                .put("train_loss", line.loss())
                .put("learning_rate", line.learningRate());
        var message = String.format(Locale.ROOT, "Step %d/%d: training loss=%.4f", line.update(), total, line.loss());
        if (!Double.isNaN(line.heldOut())) {
            data.put("valid_loss", line.heldOut());
            message += String.format(Locale.ROOT, ", validation loss=%.4f", line.heldOut());
        }
        run.metrics(message, data);
    }
}
