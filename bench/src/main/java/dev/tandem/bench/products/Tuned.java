package dev.tandem.bench.products;

import dev.tandem.bench.starter.Tasks.Dialogue;
import dev.tandem.bench.starter.Trial;
import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.training.RunHistory;
import dev.tandem.tuning.training.TrainingRun;
import dev.tandem.tuning.training.TuningJob;
import dev.tandem.tuning.training.TuningSettings.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * An adapter of the starter, tuned once: what is there already is taken, what was broken off goes on.
 *
 * @param out the folder of the tuning
 * @param epochs passes over the examples
 */
public record Tuned(Path starter, Path out, int epochs) {
    private static final double RATE = 3e-3;
    private static final Duration LIMIT = Duration.ofHours(12);

    /** The adapter's folder; empty if it was stopped. */
    public Optional<Path> adapter(
            Supplier<List<Dialogue>> training,
            Supplier<List<Dialogue>> watched,
            Progress progress,
            BooleanSupplier asked)
            throws IOException {
        var folder = out.resolve("tuned");
        if (Files.isRegularFile(folder.resolve("tandem.json"))
                && RunHistory.of(folder).ending().isPresent()) {
            return Optional.of(folder);
        }
        var began = worked();
        var result = TuningJob.isBrokenOff(folder)
                ? TuningJob.recorded(folder).run(progress, NativeMemory.now(), System.err::println, asked)
                : new Trial(starter, out, Method.LORA, epochs, RATE, LIMIT)
                        .tune(training.get(), watched.get(), progress, asked);
        System.out.printf(
                "%s: %d updates, %,d tokens, %.0f core seconds, held-out loss %.4f (base %.4f), %s%n",
                out.getFileName(),
                result.updates(),
                result.tokens(),
                worked().minus(began).toMillis() / 1e3,
                result.bestLoss(),
                result.baseLoss(),
                result.ending());
        return result.ending() == TrainingRun.Ending.CANCELLED ? Optional.empty() : Optional.of(folder);
    }

    private static Duration worked() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
