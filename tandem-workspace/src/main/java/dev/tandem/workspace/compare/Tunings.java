package dev.tandem.workspace.compare;

import dev.tandem.decoder.model.ConfigFile;
import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.training.FileHash;
import dev.tandem.tuning.training.RunHistory;
import dev.tandem.tuning.training.TrainingRun;
import dev.tandem.tuning.training.TuningJob;
import dev.tandem.tuning.training.TuningSettings;
import dev.tandem.tuning.training.TuningSettings.Method;
import dev.tandem.workspace.strategy.ContentHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a comparison tunes: with the default settings of the method for the model, into a folder whose name is a hash of base, data
 * and settings, so that an equal one is there already the next time and one that was stopped goes on.
 *
 * @param adapters the folder in which the tunings lie
 */
record Tunings(Path adapters, Path base, Path training) {
    private static final int HASH_CHARS = 10;

    /**
     * Tunes, unless that was done before.
     *
     * @return empty if it was cancelled; the same again goes on
     * @throws MendableException as {@link TuningJob#run}
     */
    Optional<Tuned> tuned(Method method, Progress progress, Consumer<String> remark, BooleanSupplier cancelled) {
        var settings =
                TuningSettings.of(method, ConfigFile.read(base).parameters()).withSamples(0);
        var out = adapters.resolve("compare-" + label(method) + "-" + hash(settings));
        if (isFinished(out)) {
            return Optional.of(of(out, true));
        }
        if (cancelled.getAsBoolean()) {
            return Optional.empty();
        }
        var memory = NativeMemory.now();
        var job = TuningJob.isBrokenOff(out)
                ? TuningJob.recorded(out)
                : new TuningJob(base, training, Optional.empty(), Optional.empty(), out, settings, Placement.best())
                        .remembering(memory);
        var result = job.run(progress, memory, remark::accept, cancelled);
        return result.ending() == TrainingRun.Ending.CANCELLED ? Optional.empty() : Optional.of(of(out, false));
    }

    /** A tuning that came to its end. */
    private static boolean isFinished(Path out) {
        return Files.isDirectory(out)
                && Files.isRegularFile(out.resolve("tandem.json"))
                && RunHistory.of(out).ending().isPresent();
    }

    /** What lies in a folder, which need not have been made by Tandem. */
    static Tuned of(Path folder, boolean before) {
        if (!Files.isRegularFile(folder.resolve("tandem.json"))) {
            return new Tuned(folder, Optional.empty(), OptionalDouble.empty(), OptionalLong.empty(), before);
        }
        var history = RunHistory.of(folder);
        if (history.ending().isEmpty()) {
            throw new MendableException("The tuning in " + folder + " has not come to its end: go on with `tandem tune"
                    + " --resume " + folder + "`.");
        }
        var examples = history.number("examples");
        return new Tuned(
                folder,
                Optional.of(history.job().settings().method()),
                history.number("seconds"),
                examples.isPresent() ? OptionalLong.of((long) examples.getAsDouble()) : OptionalLong.empty(),
                before);
    }

    static String label(Method method) {
        return method.name().toLowerCase(Locale.ROOT);
    }

    private String hash(TuningSettings settings) {
        var whole = ContentHash.ofFolder(base) + FileHash.of(training) + settings;
        return ContentHash.ofText(whole).substring(0, HASH_CHARS);
    }
}
