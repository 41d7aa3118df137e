package dev.tandem.decoder.chat;

import dev.tandem.decoder.generation.Generator;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * A request on its way: who asked reads its events, the owning thread adds them. Exactly one last event comes to every job
 * that was taken on. The queue of events is unbounded because an answer's length has its own bound.
 */
final class ChatJob implements Work {
    private final Generator.Request request;
    private final int promptTokens;
    private final Set<String> tools;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile boolean cancelled;
    private boolean finished;

    private sealed interface Event {
        record Piece(String text) implements Event {}

        record Done(Generator.Generation generation) implements Event {}

        record Failed(Throwable failure) implements Event {}
    }

    /**
     * A job.
     *
     * @param promptTokens the prompt's length with the adapter's virtual tokens
     * @param tools names of the functions that the answer may call
     */
    ChatJob(Generator.Request request, int promptTokens, Set<String> tools) {
        this.request = request;
        this.promptTokens = promptTokens;
        this.tools = Set.copyOf(tools);
    }

    /** A job whose answer is text. */
    ChatJob(Generator.Request request, int promptTokens) {
        this(request, promptTokens, Set.of());
    }

    Set<String> tools() {
        return tools;
    }

    Generator.Request request() {
        return request;
    }

    int promptTokens() {
        return promptTokens;
    }

    /** Asks that the job end soon; its last event comes all the same. */
    void cancel() {
        cancelled = true;
    }

    boolean cancelled() {
        return cancelled;
    }

    /** Reads to the end on the caller's thread; the failure of the job, if it fails, is thrown. */
    Generator.Generation read(Consumer<String> partial) throws InterruptedException {
        while (true) {
            switch (events.take()) {
                case Event.Piece(String text) -> partial.accept(text);
                case Event.Done(Generator.Generation generation) -> {
                    return generation;
                }
                case Event.Failed(Throwable failure) -> throw thrown(failure);
            }
        }
    }

    private static RuntimeException thrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    // What follows is the owning thread's.

    void piece(String text) {
        events.add(new Event.Piece(text));
    }

    void done(Generator.Generation generation) {
        finish(new Event.Done(generation));
    }

    /** The job was cancelled before anything came of it. */
    void dropped() {
        done(new Generator.Generation("", 0, Generator.Ending.CANCELLED));
    }

    /** Nothing happens to a job that has ended already. */
    void fail(Throwable failure) {
        finish(new Event.Failed(failure));
    }

    private void finish(Event last) {
        if (!finished) {
            finished = true;
            events.add(last);
        }
    }
}
