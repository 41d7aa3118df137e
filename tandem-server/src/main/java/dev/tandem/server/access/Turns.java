package dev.tandem.server.access;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many answers are made at once; others wait in the order in which they came, as many as may. The work is done on threads of its own:
 * requests wait on virtual threads, of which one that computes would keep all others from the core that it has. Safe for use by many
 * threads.
 */
public final class Turns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final ExecutorService workers;
    private final int atOnce;
    private final int mostWaiting;
    private final AtomicInteger inside = new AtomicInteger();

    /** Said to those who may not even wait. */
    public static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full(int waiting) {
            super(waiting + " requests wait for an answer already: ask again in a moment, or raise"
                    + " serve.answers_waiting in tandem.yaml.");
        }
    }

    public Turns(int atOnce, int mostWaiting) {
        this.workers = Executors.newFixedThreadPool(
                atOnce, Thread.ofPlatform().daemon().name("tandem-answer-", 1).factory());
        this.atOnce = atOnce;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Waits for its turn and for what is then done.
     *
     * @param work is interrupted when the thread that waits for it is; must not take a turn itself
     * @throws Full if too many wait already
     * @throws CancellationException if the thread is interrupted meanwhile, or there are no more turns
     */
    public <T> T take(Supplier<T> work) {
        if (inside.incrementAndGet() > atOnce + mostWaiting) {
            inside.decrementAndGet();
            throw new Full(mostWaiting);
        }
        try {
            return await(workers.submit(work::get));
        } catch (RejectedExecutionException e) {
            throw cancelled("The server stops.", e);
        } finally {
            inside.decrementAndGet();
        }
    }

    private static <T> T await(Future<T> work) {
        try {
            return work.get();
        } catch (InterruptedException e) {
            work.cancel(true);
            Thread.currentThread().interrupt();
            throw cancelled("The request was cancelled.", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException("A supplier throws nothing else", e);
            }
        }
    }

    private static CancellationException cancelled(String why, Exception cause) {
        var cancelled = new CancellationException(why);
        cancelled.initCause(cause);
        return cancelled;
    }

    /**
     * Ends: whoever waits is cancelled, and whoever works is interrupted and waited for, because what they work with is about to be closed.
     * Does not wait for ever: after a minute the caller goes on.
     */
    @Override
    public void close() {
        for (var left : workers.shutdownNow()) {
            if (left instanceof Future<?> waiting) {
                waiting.cancel(false);
            }
        }
        try {
            boolean ended = workers.awaitTermination(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                LOG.warn("An answer is still in work although the server stops.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether nobody works or waits. */
    public boolean idle() {
        return inside.get() == 0;
    }

    /** How many wait now. */
    public int waiting() {
        return Math.max(0, inside.get() - atOnce);
    }
}
