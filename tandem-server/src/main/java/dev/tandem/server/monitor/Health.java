package dev.tandem.server.monitor;

import dev.tandem.server.http.Api;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** {@code /health}: whether the process lives; {@code /ready}: whether a question would be answered at once. */
public final class Health {
    private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);
    private final CountDownLatch started = new CountDownLatch(1);

    /** What a server goes through. */
    public enum State {
        STARTING,
        READY,
        STOPPING
    }

    /** How it is. */
    @Description("starting, ready or stopping.")
    public record Status(String status) {}

    /** Changes it; what stops does not become ready again. */
    public void is(State next) {
        state.updateAndGet(now -> now == State.STOPPING ? now : next);
        if (next != State.STARTING) {
            started.countDown();
        }
    }

    /** Waits until it has started, or stops before it has. */
    public void awaitStarted() throws InterruptedException {
        started.await();
    }

    public State state() {
        return state.get();
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/health")
                        .does("Monitoring", "Tell that the process lives.")
                        .gives(Status.class)
                        .by(context -> Api.reply(context, status())),
                Endpoint.get("/ready")
                        .does(
                                "Monitoring",
                                "Tell whether questions are answered: 200, or 503 while starting or stopping.")
                        .gives(Status.class)
                        .gives(503, "application/json", Status.class)
                        .by(context -> {
                            context.status(state() == State.READY ? 200 : 503);
                            Api.reply(context, status());
                        }));
    }

    private Status status() {
        return new Status(state().name().toLowerCase(Locale.ROOT));
    }
}
