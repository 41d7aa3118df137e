package dev.tandem.server.access;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** How many answers are made at once; others wait in the order in which they came, as many as may. */
public final class Turns {
    private final Semaphore free;
    private final int mostWaiting;
    private final AtomicInteger waiting = new AtomicInteger();

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
        this.mostWaiting = mostWaiting;
    }

    /**
     * Waits for its turn and works.
     *
     * @throws Full if too many wait already
     * @throws CancellationException if the thread is interrupted while it waits
     */
    public <T> T take(Supplier<T> work) {
        if (!free.tryAcquire()) {
            await();
        }
        try {
            return work.get();
        } finally {
            free.release();
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
