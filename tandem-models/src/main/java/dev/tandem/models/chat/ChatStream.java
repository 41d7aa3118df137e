package dev.tandem.models.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.tandem.foundation.MendableException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a streamed reply on the caller's thread: pieces arrive there in order, an interrupt cancels, silence that lasts
 * too long is a failure. However reading ends, the connection to the server is closed.
 */
public final class ChatStream {
    private ChatStream() {}

    /**
     * Asks and reads to the end.
     *
     * @param silence longest wait for the first piece and between two of them
     * @param partial receives the reply's pieces; if it throws, the stream is closed and the exception goes on
     * @return the whole reply
     * @throws MendableException if the model fails, breaks off or is silent for too long
     * @throws CancellationException if the thread is interrupted; its interrupt flag stays set
     */
    public static ChatResponse read(
            StreamingChatModel model, ChatRequest request, Duration silence, Consumer<String> partial) {
        var receiver = new Receiver();
        try {
            model.chat(request, receiver);
            return receiver.read(silence, partial);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var cancelled = new CancellationException("The answer was cancelled.");
            cancelled.initCause(e);
            throw cancelled;
        } finally {
            receiver.close();
        }
    }

    private sealed interface Event {
        record Piece(String text) implements Event {}

        record SignOfLife() implements Event {}

        record Done(ChatResponse response) implements Event {}

        record Failed(Throwable failure) implements Event {}
    }

    /** Hands what arrives on the HTTP client's thread to the caller's. Unbounded: a reply's length has its own bound. */
    private static final class Receiver implements StreamingChatResponseHandler {
        private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        private volatile boolean closed;
        private volatile @Nullable StreamingHandle handle;

        ChatResponse read(Duration silence, Consumer<String> partial) throws InterruptedException {
            while (true) {
                switch (events.poll(silence.toNanos(), TimeUnit.NANOSECONDS)) {
                    case null -> throw tooLong(silence);
                    case Event.Piece piece -> partial.accept(piece.text());
                    case Event.SignOfLife ignored -> {}
                    case Event.Done done -> {
                        return done.response();
                    }
                    case Event.Failed failed -> throw rethrown(failed.failure());
                }
            }
        }

        private static MendableException tooLong(Duration silence) {
            return new MendableException("The model was silent for " + silence.toMillis() / 1000.0
                    + " s: check that its server is not overloaded, or raise model.timeout.");
        }

        private static RuntimeException rethrown(Throwable failure) {
            if (failure instanceof Error error) {
                throw error;
            }
            return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
        }

        /** Ends the stream; one whose handle is not known yet ends with its first piece. */
        void close() {
            closed = true;
            cancel();
        }

        private void received(Event event, StreamingHandle from) {
            handle = from;
            if (closed) {
                cancel();
            } else {
                events.add(event);
            }
        }

        private void cancel() {
            var known = handle;
            if (known != null && !known.isCancelled()) {
                known.cancel();
            }
        }

        @Override
        public void onPartialResponse(PartialResponse response, PartialResponseContext context) {
            received(new Event.Piece(response.text()), context.streamingHandle());
        }

        @Override
        public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
            received(new Event.SignOfLife(), context.streamingHandle());
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            events.add(new Event.Done(response));
        }

        @Override
        public void onError(Throwable failure) {
            events.add(new Event.Failed(failure));
        }
    }
}
