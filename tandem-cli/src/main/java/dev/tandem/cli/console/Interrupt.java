package dev.tandem.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C as a question instead of an end: the work is asked to stop where it can go on later, and is given time to write
 * that down.
 */
public final class Interrupt implements AutoCloseable {
    private static final long MOST_SECONDS = 120;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private final CountDownLatch asking = new CountDownLatch(1);
    private volatile boolean asked;

    private Interrupt() {
        hook = new Thread(this::waitForEnd, "interrupt");
    }

    /** Watches until it is closed. */
    public static Interrupt watch() {
        var interrupt = new Interrupt();
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    private void waitForEnd() {
        asked = true;
        asking.countDown();
        try {
            finished.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether somebody wants the work to stop. */
    public boolean asked() {
        return asked;
    }

    /** Waits until somebody wants the work to stop. */
    public void await() throws InterruptedException {
        asking.await();
    }

    @Override
    public void close() {
        finished.countDown();
        if (!asked) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
