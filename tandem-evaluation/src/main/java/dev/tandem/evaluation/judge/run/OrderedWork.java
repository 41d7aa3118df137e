package dev.tandem.evaluation.judge.run;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Items worked on several at once, with the results taken in the items' order; no more are held than a window of them.
 *
 * @param parallel items in work at once, at least 1
 * @param chars how large an item is
 */
record OrderedWork<I, O>(int parallel, ToIntFunction<I> chars) {
    /** Items held at once: what waits behind a slow one, and what is in memory. */
    private static final int WINDOW = 64;

    /** Characters of them: a few long texts fill a window, too. */
    private static final int WINDOW_CHARS = 500_000;

    private static final long MILLIS_BETWEEN_LOOKS = 100;

    /** What is done with the results, on the caller's thread. */
    interface Results<I, O> {
        void done(I item, O result);

        void failed(I item, Throwable failure);
    }

    private record Pending<I, O>(I item, Future<O> result) {}

    /**
     * Works.
     *
     * @param next the items, empty at the end
     * @param cancelled asked all the time; what is done by then, up to the first that is not, is taken
     * @param cancel makes the work in progress end soon
     */
    void run(
            Supplier<Optional<I>> next,
            Function<I, O> work,
            Results<I, O> results,
            BooleanSupplier cancelled,
            Runnable cancel) {
        var pending = new ArrayDeque<Pending<I, O>>();
        int held = 0;
        try (var pool = Executors.newFixedThreadPool(parallel)) {
            try {
                var item = next.get();
                while (!cancelled.getAsBoolean() && (item.isPresent() || !pending.isEmpty())) {
                    if (item.isPresent() && (pending.isEmpty() || pending.size() < WINDOW && held < WINDOW_CHARS)) {
                        var one = item.get();
                        held += chars.applyAsInt(one);
                        pending.add(new Pending<>(one, pool.submit(() -> work.apply(one))));
                        item = next.get();
                    } else if (isDone(pending.getFirst())) {
                        var first = pending.removeFirst();
                        held -= chars.applyAsInt(first.item());
                        take(first, results);
                    }
                }
                while (!pending.isEmpty() && pending.getFirst().result().isDone()) {
                    take(pending.removeFirst(), results);
                }
            } finally {
                if (!pending.isEmpty()) {
                    cancel.run();
                    pending.forEach(each -> each.result().cancel(false));
                }
            }
        }
    }

    /** Waits a little. */
    private static boolean isDone(Pending<?, ?> pending) {
        try {
            pending.result().get(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | CancellationException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while judging", e);
        }
    }

    private static <I, O> void take(Pending<I, O> done, Results<I, O> results) {
        switch (done.result().state()) {
            case SUCCESS -> results.done(done.item(), done.result().resultNow());
            case FAILED -> {
                // An error of the machine (no memory) ends the run; all else is one record's own matter.
                if (done.result().exceptionNow() instanceof Error error) {
                    throw error;
                }
                results.failed(done.item(), done.result().exceptionNow());
            }
            case CANCELLED, RUNNING -> {}
        }
    }
}
