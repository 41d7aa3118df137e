package dev.tandem.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Server-sent events over the reply to a request. Whoever makes the events hands them over and goes on; the request's own thread
 * sends them, so that a client that reads slowly or not at all keeps nothing from working but its own connection. Comments are sent
 * in silence, by which a client that is gone is noticed.
 */
public final class EventStream {
    private static final long SILENCE_SECONDS = 15;

    private EventStream() {}

    /** One thing to send. */
    private sealed interface Item {
        record Text(String text) implements Item {}

        record End(Optional<Throwable> failure) implements Item {}
    }

    /** An event's data with its number, by which a client that comes back says what it has (Last-Event-ID). */
    public static String numbered(long number, String data) {
        // The fields of an event may stand in any order.
        return data + "\nid: " + number;
    }

    /** What makes the events. */
    @FunctionalInterface
    public interface Source {
        /**
         * Makes all events; is interrupted when the client is gone.
         *
         * @param send takes an event's data, in a line; does not wait
         */
        void run(Consumer<String> send);
    }

    /**
     * Runs a source on a thread of its own and sends what it makes until it ends.
     *
     * @param failed what is sent in place of an exception
     * @return whether the client heard all of it
     */
    public static boolean send(Context context, Source source, Function<Throwable, String> failed) {
        BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
        var thread = Thread.ofVirtual().name("tandem-stream").unstarted(() -> {
            Optional<Throwable> failure = Optional.empty();
            try {
                source.run(data -> queue.add(new Item.Text("data: " + data + "\n\n")));
            } catch (Throwable e) {
                failure = Optional.of(e);
            } finally {
                queue.add(new Item.End(failure));
            }
        });
        context.contentType("text/event-stream")
                .header("Cache-Control", "no-cache")
                .header("X-Accel-Buffering", "no");
        thread.start();
        try {
            forward(queue, context.res().getOutputStream(), failed);
            return true;
        } catch (IOException gone) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            thread.interrupt();
        }
    }

    private static void forward(BlockingQueue<Item> queue, OutputStream out, Function<Throwable, String> failed)
            throws IOException, InterruptedException {
        out.flush();
        while (true) {
            var item = queue.poll(SILENCE_SECONDS, TimeUnit.SECONDS);
            switch (item) {
                case null -> write(out, ": still here\n\n");
                case Item.Text(String text) -> write(out, text);
                case Item.End(var failure) -> {
                    if (failure.isPresent()) {
                        write(out, "data: " + failed.apply(failure.get()) + "\n\n");
                    }
                    return;
                }
            }
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }
}
