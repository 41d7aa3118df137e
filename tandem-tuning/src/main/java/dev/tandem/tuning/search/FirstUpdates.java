package dev.tandem.tuning.search;

import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.training.TuningJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Times the first updates of the default configuration, twice: the first time libraries are loaded and code is not compiled
 * yet, which no later trial waits for.
 */
final class FirstUpdates {
    /** Updates that are timed, at the most. */
    static final int UPDATES = 20;

    /** Share of the budget that may go into timing. */
    private static final double SHARE = 0.03;

    private final TuningJob job;
    private final SearchFolder.Sizes sizes;
    private final int general;
    private final LongSupplier nanos;

    /**
     * Prepares.
     *
     * @param job the default configuration on some of the data; what it leaves is of no use
     * @param general how many general examples there are
     */
    FirstUpdates(TuningJob job, SearchFolder.Sizes sizes, int general, LongSupplier nanos) {
        this.job = job;
        this.sizes = sizes;
        this.general = general;
        this.nanos = nanos;
    }

    /**
     * Trains for a moment.
     *
     * @return empty if somebody asked to stop
     */
    Optional<Speed> time(
            Budget budget,
            NativeMemory memory,
            Consumer<String> remarks,
            BooleanSupplier cancelled,
            Runnable betweenRuns) {
        var stamps = new ArrayList<Long>();
        long first = nanos.getAsLong();
        job.run(Progress.silent(), memory, remarks::accept, () -> true);
        double cold = (nanos.getAsLong() - first) / 1e9;
        betweenRuns.run();
        if (cancelled.getAsBoolean()) {
            return Optional.empty();
        }
        long began = nanos.getAsLong();
        job.run(Progress.silent(), memory, remark -> {}, () -> {
            stamps.add(nanos.getAsLong());
            double taken = cold + (stamps.getLast() - began) / 1e9;
            return cancelled.getAsBoolean()
                    || stamps.size() > 1 && (stamps.size() > UPDATES || taken > SHARE * budget.seconds());
        });
        betweenRuns.run();
        return cancelled.getAsBoolean() ? Optional.empty() : Optional.of(speed(stamps, began, nanos.getAsLong()));
    }

    private Speed speed(List<Long> stamps, long began, long ended) {
        int perUpdate = job.settings().batch() * job.settings().accumulate();
        // With so few examples that there was one update only, all the time is taken for it.
        double update = stamps.size() < 2
                ? (ended - began) / 1e9
                : (stamps.getLast() - stamps.getFirst()) / 1e9 / (stamps.size() - 1);
        double start = stamps.isEmpty() ? update : Math.max(0, (stamps.getFirst() - began) / 1e9 - update);
        return new Speed(start, update / perUpdate, sizes.selection(), sizes.selection() + general, sizes.last());
    }
}
