package dev.tandem.decoder.model;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Where a few threads wait for one another, hundreds of times a token: whoever waits spins at first, because the others are
 * microseconds behind, then sleeps, because they may be waiting for the very core on which it would spin.
 */
final class SpinBarrier {
    private static final int SPINS = 1_500;
    private static final long NAP_NANOS = 50_000;

    private final int parties;
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile int round;
    private volatile boolean broken;

    SpinBarrier(int parties) {
        this.parties = parties;
    }

    /**
     * Waits until all have come; what each wrote before is seen by all afterwards.
     *
     * @throws IllegalStateException if one of them failed and will not come
     */
    void await() {
        int before = round;
        if (arrived.incrementAndGet() == parties) {
            arrived.set(0);
            round = before + 1;
            return;
        }
        for (int looks = 0; round == before; looks++) {
            if (broken) {
                throw new IllegalStateException("Another thread of this pass failed");
            }
            if (looks < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }

    /** Lets nobody wait for one who failed. */
    void fail() {
        broken = true;
    }

    boolean broken() {
        return broken;
    }
}
