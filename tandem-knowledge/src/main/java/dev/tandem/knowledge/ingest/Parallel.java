package dev.tandem.knowledge.ingest;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Work on a list by a few threads; the first failure stops the others and is thrown. */
final class Parallel {
    private Parallel() {}

    static <T> void forEach(List<T> items, int threads, Consumer<T> work) {
        var next = new AtomicInteger();
        var failure = new AtomicReference<@Nullable Throwable>();
        var workers = new Thread[Math.min(threads, items.size())];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = Thread.ofPlatform().name("ingest-" + (i + 1)).daemon().start(() -> {
                for (int item = next.getAndIncrement();
                        item < items.size() && failure.get() == null;
                        item = next.getAndIncrement()) {
                    try {
                        work.accept(items.get(item));
                    } catch (Throwable e) { // also an Error: whatever stops one worker stops the ingest
                        failure.compareAndSet(null, e);
                    }
                }
            });
        }
        join(workers, failure);
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private static void join(Thread[] workers, AtomicReference<@Nullable Throwable> failure) {
        for (var worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    // Cancelled: let the documents in work end, start no other, and say so.
                    failure.compareAndSet(null, new IllegalStateException("The ingest was interrupted", e));
                }
            }
        }
    }
}
