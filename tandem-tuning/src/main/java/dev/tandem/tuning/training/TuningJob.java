package dev.tandem.tuning.training;

import dev.tandem.decoder.model.ConfigFile;
import dev.tandem.decoder.torch.Device;
import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.dataset.Dataset;
import dev.tandem.tuning.dataset.TokenExample;
import dev.tandem.tuning.example.gate.Examples;
import dev.tandem.tuning.example.gate.Leakage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A whole tuning, from files to files: reads the data, holds some out, trains, and leaves beside the weights what they came
 * from.
 *
 * @param base the model's folder
 * @param training JSON lines
 * @param heldOut JSON lines; without it a tenth of the training data is held out
 * @param general JSON lines of what the base can do and should not forget, whose loss is watched
 * @param out where everything goes
 */
public record TuningJob(
        Path base,
        Path training,
        Optional<Path> heldOut,
        Optional<Path> general,
        Path out,
        TuningSettings settings,
        Placement placement) {
    /** The job that a run's folder records, to go on with. */
    public static TuningJob recorded(Path out) {
        if (!Files.isRegularFile(out.resolve(RunRecord.NAME))) {
            throw new MendableException("The folder " + out + " holds no run (" + RunRecord.NAME
                    + " is missing): name a folder that `tandem tune --out` made.");
        }
        if (Checkpoint.newest(out).isEmpty()) {
            throw new MendableException("The run " + out + " has no checkpoint to go on from: "
                    + (RunRecord.isUnfinished(out)
                            ? "it was stopped before the first one. Begin anew, with the same --out if you like."
                            : "it is finished."));
        }
        return RunRecord.job(out);
    }

    /** Whether a folder holds a run that was broken off and can go on; see {@link #recorded}. */
    public static boolean isBrokenOff(Path out) {
        return Files.isRegularFile(out.resolve(RunRecord.NAME))
                && Checkpoint.newest(out).isPresent();
    }

    /** What is asked of a folder before a new run begins in it; one that was stopped before its first checkpoint is free. */
    public void requireNew() {
        if (Checkpoint.newest(out).isPresent()) {
            throw new MendableException(
                    "The folder " + out + " holds a run that was broken off: go on with `tandem tune" + " --resume "
                            + out + "`, or name another --out.");
        }
        if (RunRecord.isUnfinished(out)) {
            return;
        }
        for (var file : List.of("adapter_config.json", "model.safetensors", RunRecord.NAME)) {
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

    /** Who is told of what should be known before training. */
    @FunctionalInterface
    public interface Listener {
        /** Told in a sentence what may go wrong. */
        void remark(String sentence);

        /** Told what the base can do; the default does not care. */
        default void begins(TrainingRun.Start start) {}
    }

    /**
     * Which settings fit into a memory by the estimate; on a GPU, whose memory is not asked about, all.
     *
     * @throws MendableException if base or data cannot be used
     */
    public Predicate<TuningSettings> fitting(NativeMemory memory) {
        if (placement.device() != Device.CPU) {
            return any -> true;
        }
        var config = ConfigFile.read(base);
        var data = data();
        return any -> MemoryNeed.of(config, any, placement.precision(), data).bytes() <= memory.total();
    }

    /**
     * The same run, keeping all activations instead of running each block twice, if half of the machine's memory suffices for
     * that by the estimate and so much is free: half again as fast. Not for four-bit bases, which are chosen to save memory,
     * and not on a GPU, whose memory is not asked about.
     *
     * @throws MendableException if base or data cannot be used
     */
    public TuningJob remembering(NativeMemory memory) {
        if (placement.device() != Device.CPU || settings.method() == TuningSettings.Method.QLORA) {
            return this;
        }
        var job = new TuningJob(base, training, heldOut, general, out, settings.withRemember(true), placement);
        long most = Math.min(memory.total() / 2, memory.available());
        return MemoryNeed.of(ConfigFile.read(base), job.settings, placement.precision(), data())
                                .bytes()
                        <= most
                ? job
                : this;
    }

    /**
     * Trains. Native state belongs to the thread that makes it, so the work is done on a thread of its own.
     *
     * @param memory what there is; a run that needs more by the estimate is refused
     * @param listener called on another thread
     * @param cancelled asked after each update, and while samples are answered
     * @throws MendableException if base, data or settings cannot be used, memory or disk do not suffice, or training diverges
     */
    public TrainingRun.Result run(
            Progress progress, NativeMemory memory, Listener listener, BooleanSupplier cancelled) {
        return onThread(() -> train(progress, memory, listener, cancelled));
    }

    private TrainingRun.Result train(
            Progress progress, NativeMemory memory, Listener listener, BooleanSupplier cancelled) {
        long began = System.nanoTime();
        var config = ConfigFile.read(base);
        var data = data();
        var need = MemoryNeed.of(config, settings, placement.precision(), data);
        check(need, memory, listener);
        var record = new RunRecord(this, data);
        record.write();
        TrainingRun.Result result;
        try (var watcher = new Watching(record, progress, listener)) {
            result = new TrainingRun(base, out, data, settings, placement).run(watcher, progress, cancelled);
        } catch (RuntimeException e) {
            throw NativeMemory.isShort(e) ? ranOut(need, memory, e) : e;
        }
        record.finish(result, (System.nanoTime() - began) / 1e9);
        if (result.ending() != TrainingRun.Ending.CANCELLED) {
            Checkpoint.clear(out);
        }
        return result;
    }

    /** Records and tells how a run begins, and shows its updates. */
    private static final class Watching implements TrainingRun.Watcher, AutoCloseable {
        private final RunRecord record;
        private final Progress progress;
        private final Listener listener;
        private final Sparkline curve = new Sparkline(24);
        private Progress.Task task = steps -> {};

        Watching(RunRecord record, Progress progress, Listener listener) {
            this.record = record;
            this.progress = progress;
            this.listener = listener;
        }

        @Override
        public void begins(TrainingRun.Start start) {
            record.begin(start);
            listener.begins(start);
            task = progress.start("Tuning", start.total(), "updates");
            task.before(start.done());
        }

        @Override
        public void updated(TrainingRun.Update update) {
            curve.add(update.loss());
            task.step(1);
            task.note(curve + " " + note(update));
        }

        @Override
        public void trained() {
            close();
        }

        @Override
        public void close() {
            task.close();
            task = steps -> {};
        }
    }

    private void check(MemoryNeed need, NativeMemory memory, Listener listener) {
        if (placement.device() != Device.CPU) {
            return;
        }
        var needed = "This run needs about " + MemoryNeed.gigabytes(need.bytes()) + " of memory; ";
        if (need.bytes() > memory.total()) {
            throw new MendableException(needed + "the machine has " + MemoryNeed.gigabytes(memory.total()) + ". "
                    + need.advice(memory.total()) + " (--ignore-memory tries it all the same.)");
        }
        if (need.bytes() > memory.available()) {
            listener.remark(needed + MemoryNeed.gigabytes(memory.available()) + " are free now. "
                    + need.advice(memory.available()));
        }
    }

    private MendableException ranOut(MemoryNeed need, NativeMemory memory, RuntimeException e) {
        long least = Math.min(memory.available(), need.bytes() - 1);
        return new MendableException(
                "The memory ran out while tuning ("
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                        + "); the run needs about " + MemoryNeed.gigabytes(need.bytes()) + ". " + need.advice(least)
                        + (Checkpoint.newest(out).isPresent()
                                ? " The last checkpoint is whole: `tandem tune --resume " + out + "` goes on from it."
                                : ""),
                e);
    }

    private static String note(TrainingRun.Update update) {
        return String.format(
                Locale.ROOT,
                "loss %.3f%s%s, %.0f tokens/s, %,d MB",
                update.loss(),
                note(", held out %.3f", update.heldOut()),
                note(", general %.3f", update.general()),
                update.tokensPerSecond(),
                MetricsLog.residentMegabytes());
    }

    private static String note(String format, OptionalDouble loss) {
        return loss.isPresent() ? String.format(Locale.ROOT, format, loss.getAsDouble()) : "";
    }

    private TrainingRun.Data data() {
        try (var tokenizer = Tokenizer.open(base)) {
            var all = Dataset.read(training, tokenizer, settings.maxLength());
            var watched = general.map(file -> Dataset.read(file, tokenizer, settings.maxLength()));
            var hash = FileHash.of(training)
                    + heldOut.map(FileHash::of).orElse("")
                    + general.map(FileHash::of).orElse("");
            if (heldOut.isPresent()) {
                return new TrainingRun.Data(
                        all, Dataset.read(heldOut.get(), tokenizer, settings.maxLength()), watched, hash);
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
                    watched,
                    hash);
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
