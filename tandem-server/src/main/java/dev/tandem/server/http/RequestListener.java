package dev.tandem.server.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/** Told of requests, to count, log or trace them. Safe for use by many threads; must not fail and not wait. */
public interface RequestListener {
    /** A request found its endpoint; nobody was let in yet. */
    default void began(Context context, Endpoint endpoint) {}

    /** A request is over: what there was to send is sent, or its client is gone. */
    void ended(Context context, Handled handled);

    /**
     * A request that is over.
     *
     * @param id as the client was told in {@code X-Request-Id}
     * @param caller the name of the key, where one was let in
     * @param endpoint its path as the table has it, with parameters in braces; empty where there is none
     */
    record Handled(
            String id, Optional<String> caller, String method, Optional<String> endpoint, int status, Duration taken) {}
}
