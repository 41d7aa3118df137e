package dev.tandem.decoder.chat;

import dev.tandem.foundation.MendableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Work in the order in which it came. Who brings a request waits while the queue is full; changes are few and never wait.
 * Safe for use by many threads.
 */
final class WorkQueue {
    /** Padding up to here is not worth another batch. */
    private static final int CHEAP_PADDING = 1024;

    /** Positions whose keys and values are held at once: about a gigabyte for a model of a billion weights. */
    private static final int MOST_POSITIONS = 16_384;

    private final int capacity;
    private final int rows;
    private final ArrayDeque<Work> waiting = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition left = lock.newCondition();
    private boolean closed;

    /**
     * A queue.
     *
     * @param capacity requests that wait at most
     * @param rows requests that are taken together at most
     */
    WorkQueue(int capacity, int rows) {
        this.capacity = capacity;
        this.rows = rows;
    }

    /**
     * Adds work, waiting for room.
     *
     * @throws MendableException if the model is closed
     */
    void put(Work work) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (work instanceof ChatJob && !closed && waiting.size() >= capacity) {
                left.await();
            }
            if (closed) {
                throw closedModel();
            }
            waiting.add(work);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for work: one change, or requests that are to be answered together. Requests behind a change stay behind it.
     *
     * @return empty once the queue is closed
     */
    List<Work> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closed) {
                arrived.await();
            }
            var taken = closed
                    ? List.<Work>of()
                    : switch (waiting.getFirst()) {
                        case Work.Change change -> List.<Work>of(change);
                        case ChatJob first -> batch(first);
                    };
            waiting.removeAll(taken);
            left.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** The first, and in their order those who fit into one batch with it. */
    private List<Work> batch(ChatJob first) {
        var batch = new ArrayList<Work>(List.of(first));
        var shape = new Shape(
                1,
                first.promptTokens(),
                first.promptTokens(),
                first.request().sampling().maxTokens());
        for (var work : waiting) {
            if (!(work instanceof ChatJob job) || batch.size() == rows) {
                break;
            }
            var wider = shape.with(job);
            if (job != first && wider.fits()) {
                batch.add(job);
                shape = wider;
            }
        }
        return batch;
    }

    /**
     * What a batch takes.
     *
     * @param prompts tokens of all prompts together
     * @param longestPrompt to whose length all are padded
     * @param longestAnswer for which all rows have room
     */
    private record Shape(int rows, long prompts, long longestPrompt, long longestAnswer) {
        Shape with(ChatJob job) {
            return new Shape(
                    rows + 1,
                    prompts + job.promptTokens(),
                    Math.max(longestPrompt, job.promptTokens()),
                    Math.max(longestAnswer, job.request().sampling().maxTokens()));
        }

        boolean fits() {
            long padding = rows * longestPrompt - prompts;
            return padding <= Math.max(prompts / 2, CHEAP_PADDING)
                    && rows * (longestPrompt + longestAnswer) <= MOST_POSITIONS;
        }
    }

    /** Lets nothing more in, and gives what was still waiting. */
    List<Work> close() {
        lock.lock();
        try {
            closed = true;
            var rest = List.copyOf(waiting);
            waiting.clear();
            arrived.signalAll();
            left.signalAll();
            return rest;
        } finally {
            lock.unlock();
        }
    }

    static MendableException closedModel() {
        return new MendableException("The model was closed: open it again.");
    }
}
