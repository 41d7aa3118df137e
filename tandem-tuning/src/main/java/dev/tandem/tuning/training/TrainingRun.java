package dev.tandem.tuning.training;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.dataset.Batch;
import dev.tandem.tuning.dataset.Dataset;
import dev.tandem.tuning.dataset.TokenExample;
import dev.tandem.tuning.method.AdamW;
import dev.tandem.tuning.method.FullTuning;
import dev.tandem.tuning.method.LoraTuning;
import dev.tandem.tuning.method.PromptTuning;
import dev.tandem.tuning.method.Tuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.PointerScope;

/**
 * The run around the training steps: order of the data, learning rate, held-out loss, the best weights kept, early stopping,
 * checkpoints, metrics. To be used on one platform thread.
 */
public final class TrainingRun {
    private final Path base;
    private final Path out;
    private final Data data;
    private final TuningSettings settings;
    private final Placement placement;

    /**
     * What is trained on.
     *
     * @param training learned from
     * @param heldOut never learned from; says when to stop
     * @param general what the base can do and should not forget; never learned from, decides nothing
     * @param hash of the files, so that a run does not go on with other data
     */
    public record Data(Dataset training, Dataset heldOut, Optional<Dataset> general, String hash) {}

    /**
     * One update, as it was taken.
     *
     * @param update counted from 1
     * @param total updates of the whole run
     * @param loss a learned token
     * @param heldOut held-out loss a token, where it was measured
     * @param general general loss a token, where it was measured
     * @param tokensPerSecond of all tokens, learned or not
     */
    public record Update(
            long update,
            long total,
            double loss,
            OptionalDouble heldOut,
            OptionalDouble general,
            double learningRate,
            double tokensPerSecond) {}

    /**
     * What is known when training begins or goes on.
     *
     * @param baseLoss held-out loss a token before training
     * @param generalBaseLoss general loss a token before training, where there is a general set
     * @param samples held-out examples with the base's answers
     * @param done updates that were taken before
     * @param total updates of the whole run
     */
    public record Start(double baseLoss, OptionalDouble generalBaseLoss, List<Sample> samples, long done, long total) {}

    /** Who is told of each update. */
    @FunctionalInterface
    public interface Watcher {
        void updated(Update update);

        /** Told before the first update; the default does not care. */
        default void begins(Start start) {}

        /** Told after the last update. */
        default void trained() {}
    }

    /**
     * How a run ended.
     *
     * @param updates taken in all
     * @param tokens seen in all
     * @param baseLoss held-out loss a token before training
     * @param bestLoss the lowest held-out loss, which the weights that were kept have
     * @param trainingLoss of the last update
     * @param trainingLossOfBest mean of the updates before the weights that were kept were measured
     * @param general what became of what the base could do, where there is a general set
     * @param samples held-out examples as the base answers them and, at the end of the run, as the tuned model does
     * @param ending why it ended
     */
    public record Result(
            long updates,
            long tokens,
            double baseLoss,
            double bestLoss,
            double trainingLoss,
            double trainingLossOfBest,
            Optional<General> general,
            List<Sample> samples,
            Ending ending) {
        Result with(List<Sample> answered) {
            return new Result(
                    updates, tokens, baseLoss, bestLoss, trainingLoss, trainingLossOfBest, general, answered, ending);
        }
    }

    /** General loss a token, of the base and of the weights that were kept. */
    public record General(double base, double tuned) {}

    /** Why a run ended. */
    public enum Ending {
        /** All epochs are done. */
        DONE,
        /** The held-out loss no longer fell: more training would only learn the examples by heart. */
        STOPPED_EARLY,
        /** Somebody asked for it; it can go on. */
        CANCELLED
    }

    /** Losses or gradients that are no numbers: the cause of the exception that says so to a person. */
    private static final class Divergence extends ArithmeticException {
        private static final long serialVersionUID = 1L;

        Divergence(double loss, double gradient) {
            super("loss " + loss + ", gradient " + gradient);
        }
    }

    /** Whether a run failed because training diverged, so that other settings may succeed where these did not. */
    public static boolean isDivergence(MendableException failure) {
        return failure.getCause() instanceof Divergence;
    }

    /**
     * Prepares a run.
     *
     * @param base the model's folder
     * @param out where the adapter, the metrics and the checkpoints go
     */
    public TrainingRun(Path base, Path out, Data data, TuningSettings settings, Placement placement) {
        this.base = base;
        this.out = out;
        this.data = data;
        this.settings = settings;
        this.placement = placement;
    }

    /**
     * Trains, or goes on from the newest checkpoint in the run's folder; which stays, until whoever called has recorded the
     * result.
     *
     * @param progress shows what is done before and after the updates
     * @param cancelled asked after each update and while samples are answered; a run that is cancelled leaves a checkpoint
     * @throws MendableException if the loss is no longer a number, the data are others than the checkpoint's, or the disk is
     *     full; the best weights so far are kept
     */
    public Result run(Watcher watcher, Progress progress, BooleanSupplier cancelled) {
        var storage = settings.method() == TuningSettings.Method.QLORA ? Decoder.Storage.NF4 : Decoder.Storage.PLAIN;
        var samples = new Samples(base, out, data.heldOut().examples(), settings, progress, cancelled);
        Result result;
        try (var scope = new PointerScope();
                var decoder = Decoder.open(base, placement, storage)) {
            var from = Checkpoint.newest(out);
            from.ifPresent(this::requireSameData);
            // Before anything is attached or restored: full tuning changes the decoder's own weights.
            var before = samples.before(decoder, from.isPresent());
            result = train(decoder, before, from, watcher, progress, cancelled);
            watcher.trained();
            if (settings.method() != TuningSettings.Method.FULL && answersAgain(result)) {
                try (var adapter = Adapter.attach(out, "tuned", decoder)) {
                    result = result.with(samples.after(decoder, Optional.of(adapter), before));
                }
            }
        }
        if (settings.method() == TuningSettings.Method.FULL && answersAgain(result)) {
            try (var scope = new PointerScope();
                    var decoder = Decoder.open(out, placement, storage)) {
                result = result.with(samples.after(decoder, Optional.empty(), result.samples()));
            }
        }
        return result;
    }

    /** The same, showing nothing of what is done before and after the updates. */
    public Result run(Watcher watcher, BooleanSupplier cancelled) {
        return run(watcher, Progress.silent(), cancelled);
    }

    private static boolean answersAgain(Result result) {
        return result.ending() != Ending.CANCELLED && !result.samples().isEmpty();
    }

    private Result train(
            Decoder decoder,
            List<Sample> before,
            Optional<Checkpoint.Progress> from,
            Watcher watcher,
            Progress progress,
            BooleanSupplier cancelled) {
        try (var tuning = tuning(decoder);
                var optimizer = new AdamW(tuning.trained(), settings.weightDecay())) {
            from.ifPresent(found -> Checkpoint.restore(out, found, optimizer));
            LossWatch watch;
            try (var task = progress.start("Measuring the base", Progress.UNKNOWN, "examples")) {
                watch = new LossWatch(tuning, data, settings, from.map(Checkpoint.Progress::losses));
            }
            requireNumber(watch.state().base());
            return train(decoder, tuning, optimizer, watch, before, from, watcher, cancelled);
        }
    }

    private void requireSameData(Checkpoint.Progress progress) {
        if (!progress.data().equals(data.hash())) {
            throw new MendableException("The training data have changed since the checkpoint in " + out
                    + ": put them back to go on, or train anew with another --out.");
        }
    }

    private Tuning tuning(Decoder decoder) {
        return switch (settings.method()) {
            case FULL -> new FullTuning(decoder, settings.remember());
            case LORA, QLORA -> new LoraTuning(decoder, settings.lora(), settings.seed(), settings.remember());
            case PROMPT -> new PromptTuning(decoder, settings.remember(), initialTokens());
        };
    }

    private long[] initialTokens() {
        try (var tokenizer = Tokenizer.open(base)) {
            var text = tokenizer.encode(settings.initialText(), false);
            if (text.length == 0) {
                throw new MendableException("The text that virtual tokens begin as has no tokens: give --init-text.");
            }
            var ids = new long[settings.virtualTokens()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = text[i % text.length];
            }
            return ids;
        }
    }

    private Result train(
            Decoder decoder,
            Tuning tuning,
            AdamW optimizer,
            LossWatch watch,
            List<Sample> samples,
            Optional<Checkpoint.Progress> from,
            Watcher watcher,
            BooleanSupplier cancelled) {
        int perUpdate = settings.batch() * settings.accumulate();
        long perEpoch = Math.ceilDiv(data.training().examples().size(), perUpdate);
        long total = perEpoch * settings.epochs();
        var schedule = new Schedule(settings.learningRate(), Math.round(settings.warmup() * total), total);
        var keeping = new BestWeights(base, out, settings, decoder, tuning);
        long done = from.map(Checkpoint.Progress::updates).orElse(0L);
        long tokens = from.map(Checkpoint.Progress::tokens).orElse(0L);
        var log = new MetricsLog(out, done);
        watcher.begins(start(watch.state(), samples, done, total));
        double loss = Double.NaN;
        var ending = Ending.DONE;
        var order = List.<TokenExample>of();
        while (done < total) {
            long began = System.nanoTime();
            if (order.isEmpty() || done % perEpoch == 0) {
                order = shuffled(done / perEpoch);
            }
            int first = (int) (done % perEpoch) * perUpdate;
            var examples = order.subList(first, Math.min(order.size(), first + perUpdate));
            loss = update(tuning, examples, done);
            double norm = optimizer.clip(settings.clip());
            if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
                throw diverged(done + 1, loss, norm, watch);
            }
            double rate = schedule.at(done);
            optimizer.step(rate);
            done++;
            int seen = examples.stream().mapToInt(TokenExample::length).sum();
            tokens += seen;
            double perSecond = seen / ((System.nanoTime() - began) / 1e9);

            watch.trained(loss);
            var measured = Optional.<LossWatch.Measured>empty();
            if (done % settings.evaluateEvery() == 0 || done == total) {
                measured = Optional.of(watch.measure());
                if (!Double.isFinite(measured.get().heldOut())) {
                    throw diverged(done, measured.get().heldOut(), norm, watch);
                }
                if (measured.get().better()) {
                    keeping.keep();
                }
            }
            var heldOut = measured.map(all -> OptionalDouble.of(all.heldOut())).orElse(OptionalDouble.empty());
            var general = measured.map(LossWatch.Measured::general).orElse(OptionalDouble.empty());
            log.add(done, (double) done / perEpoch, loss, heldOut, general, rate, norm, perSecond);
            watcher.updated(new Update(done, total, loss, heldOut, general, rate, perSecond));
            boolean stop = watch.patienceIsOver();
            boolean cancel = !stop && done < total && cancelled.getAsBoolean();
            if (cancel || (measured.isPresent() && !stop && done < total)) {
                Checkpoint.write(out, optimizer, new Checkpoint.Progress(done, tokens, watch.state(), data.hash()));
            }
            if (stop || cancel) {
                ending = cancel ? Ending.CANCELLED : Ending.STOPPED_EARLY;
                break;
            }
        }
        if (ending != Ending.CANCELLED && !watch.trainedWeightsAreKept()) {
            // A run that never got better than its base still leaves what it trained, which its record says is no
            // better.
            keeping.keep();
        }
        var losses = watch.state();
        return new Result(
                done,
                tokens,
                losses.base(),
                losses.best(),
                loss,
                losses.training(),
                data.general().map(set -> new General(losses.generalBase(), losses.general())),
                samples,
                ending);
    }

    private Start start(LossWatch.State losses, List<Sample> samples, long done, long total) {
        var general = data.general().isPresent() ? OptionalDouble.of(losses.generalBase()) : OptionalDouble.empty();
        return new Start(losses.base(), general, samples, done, total);
    }

    /** An epoch's order of the examples, which follows from the seed alone. */
    private List<TokenExample> shuffled(long epoch) {
        var order = new ArrayList<>(data.training().examples());
        Collections.shuffle(order, new Random(settings.seed() * 1_000_003 + epoch));
        return order;
    }

    /** Accumulates the gradients of an update's batches; every learned token weighs the same, whichever batch it is in. */
    private double update(Tuning tuning, List<TokenExample> examples, long update) {
        int learned = examples.stream().mapToInt(TokenExample::learnedTokens).sum();
        double loss = 0;
        for (int from = 0; from < examples.size(); from += settings.batch()) {
            var batch = Batch.pack(
                    examples.subList(from, Math.min(examples.size(), from + settings.batch())), settings.maxLength());
            loss += tuning.step(batch, 1.0 / learned, settings.seed() * 7_919 + update * 1_009 + from);
        }
        return loss;
    }

    private void requireNumber(double baseLoss) {
        if (!Double.isFinite(baseLoss)) {
            throw new MendableException("The base " + base + " gives the held-out examples no loss (" + baseLoss
                    + ") before anything is trained: its weights are damaged, or too large for "
                    + placement.precision().name().toLowerCase(Locale.ROOT)
                    + " (try --precision bfloat16 or float32).");
        }
    }

    private MendableException diverged(long update, double loss, double norm, LossWatch watch) {
        return new MendableException(
                "Training diverged at update " + update + " (loss " + loss + ", gradient " + norm + "): "
                        + (watch.trainedWeightsAreKept()
                                ? "the weights with the best held-out loss are kept in " + out
                                : "no weights were better than the base yet, so none are kept")
                        + ". Likely causes: a learning rate that is too high (" + settings.learningRate()
                        + "; try a third of it), float16 on a model made for bfloat16, or a damaged example.",
                new Divergence(loss, norm));
    }
}
