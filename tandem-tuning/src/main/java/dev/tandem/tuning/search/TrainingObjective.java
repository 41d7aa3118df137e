package dev.tandem.tuning.search;

import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.training.Perplexity;
import dev.tandem.tuning.training.TrainingRun;
import dev.tandem.tuning.training.TuningJob;
import dev.tandem.tuning.training.TuningSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Trials that train: each is a {@link TuningJob} on the files of the search's folder, so that what `tandem tune` does with the
 * same settings and files is the same. Trials below the last rung measure the held-out loss at their end alone, and what they
 * leave is removed.
 */
final class TrainingObjective implements Objective {
    private final TuningJob whole;
    private final Plan plan;
    private final SearchFolder folder;
    private final NativeMemory memory;
    private final BooleanSupplier cancelled;

    /** @param whole what was asked for: base, data, and where the winner goes */
    TrainingObjective(TuningJob whole, Plan plan, SearchFolder folder, NativeMemory memory, BooleanSupplier cancelled) {
        this.whole = whole;
        this.plan = plan;
        this.folder = folder;
        this.memory = memory;
        this.cancelled = cancelled;
    }

    @Override
    public Optional<Trained> train(int rung, int configuration, LongConsumer seen) {
        if (cancelled.getAsBoolean()) {
            return Optional.empty();
        }
        var job = job(rung, configuration);
        var settings = job.settings();
        TrainingRun.Result result;
        try {
            result = job.run(
                    updates(update -> seen.accept(update * settings.batch() * settings.accumulate())),
                    memory,
                    remark -> {},
                    cancelled);
        } catch (MendableException e) {
            if (TrainingRun.isDivergence(e)) {
                folder.delete(job.out().resolveSibling(""));
                return Optional.of(new Trained(Double.POSITIVE_INFINITY, 0));
            }
            throw e;
        }
        if (result.ending() == TrainingRun.Ending.CANCELLED) {
            return Optional.empty();
        }
        if (!isLast(rung)) {
            folder.delete(job.out().resolveSibling(""));
        }
        return Optional.of(new Trained(result.bestLoss(), result.updates()));
    }

    private TuningJob job(int rung, int configuration) {
        var given = plan.rungs().get(rung);
        var settings = plan.configurations()
                .get(configuration)
                .withEpochs(given.epochs())
                .withSamples(0);
        return new TuningJob(
                whole.base(),
                folder.some(given.examples(), plan.last().examples()),
                Optional.of(folder.selection()),
                isLast(rung) ? whole.general() : Optional.empty(),
                folder.trial(rung, configuration),
                isLast(rung) ? settings : settings.withEvaluateEvery(Integer.MAX_VALUE),
                whole.placement());
    }

    private boolean isLast(int rung) {
        return rung == plan.rungs().size() - 1;
    }

    /** A job's progress as its updates alone, those of an earlier process included. */
    private static Progress updates(LongConsumer updates) {
        return (label, total, unit) -> new Progress.Task() {
            @Override
            public void step(long steps) {
                updates.accept(steps);
            }

            @Override
            public void before(long steps) {
                updates.accept(steps);
            }
        };
    }

    @Override
    public Map<Integer, Double> measure(List<Integer> configurations) {
        var losses = new HashMap<Integer, Double>();
        for (int configuration : configurations) {
            losses.put(configuration, loss(folder.trial(plan.rungs().size() - 1, configuration)));
        }
        return losses;
    }

    private double loss(Path tuned) {
        boolean model = whole.settings().method() == TuningSettings.Method.FULL;
        var report = Perplexity.measure(
                model ? tuned : whole.base(),
                model ? List.of() : List.of(tuned),
                folder.last(),
                whole.placement(),
                new Perplexity.Settings(
                        whole.settings().batch(), whole.settings().maxLength()),
                Progress.silent());
        return (model ? report.base() : report.adapted().values().iterator().next()).lossPerToken();
    }
}
