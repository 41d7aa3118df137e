package dev.tandem.server.access;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** How many answers are made at once; others wait in the order in which they came, as many as may. */
public final class Turns implements AutoCloseable {
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final Semaphore free;
    private final int atOnce;
    private final int mostWaiting;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    /** Said to those who may not even wait. */
    public static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full(int waiting) {
            super(waiting + " requests wait for an answer already: ask again in a moment, or raise"
                    + " serve.answers_waiting in tandem.yaml.");
        }
    }

    public Turns(int atOnce, int mostWaiting) {
        this.free = new Semaphore(atOnce, true);
        this.atOnce = atOnce;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Waits for its turn and works.
     *
     * @throws Full if too many wait already
     * @throws CancellationException if the thread is interrupted while it waits, or there are no more turns
     */
    public <T> T take(Supplier<T> work) {
        if (!free.tryAcquire()) {
            await();
        }
        try {
            if (closed) {
                throw new CancellationException("The server stops.");
            }
            return work.get();
        } finally {
            free.release();
        }
    }

    /**
     * Ends: waits for whoever works, because what they work with is about to be closed, and gives nobody a turn any more. Does not wait
     * for ever: after a minute the caller goes on.
     */
    @Override
    public void close() {
        closed = true;
        try {
            if (free.tryAcquire(atOnce, LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                free.release(atOnce);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await() {
        if (waiting.incrementAndGet() > mostWaiting) {
            waiting.decrementAndGet();
            throw new Full(mostWaiting);
        }
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var cancelled = new CancellationException("The request was cancelled.");
            cancelled.initCause(e);
            throw cancelled;
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** How many wait now. */
    public int waiting() {
        return waiting.get();
    }
}
