package dev.tandem.server.http;

import dev.tandem.foundation.MendableException;
import dev.tandem.server.access.Caller;
import dev.tandem.server.access.Turns;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table of endpoints, put into a server: rights before the handler, errors in OpenAI's shape, headers on everything. */
public final class Api {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    /** Nothing but this server's own scripts, styles and pictures, and in no frame. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String REFUSED = "tandem.refused";
    private static final String ENDPOINT = "tandem.endpoint";

    private final List<Endpoint> endpoints;
    private final Gate gate;
    private final long maxBody;
    private final List<RequestListener> listeners;

    /**
     * An API.
     *
     * @param maxBody most bytes of a body; an endpoint for uploads has a limit of its own
     * @param listeners are told of every request
     */
    public Api(List<Endpoint> endpoints, Gate gate, long maxBody, List<RequestListener> listeners) {
        this.endpoints = List.copyOf(endpoints);
        this.gate = gate;
        this.maxBody = maxBody;
        this.listeners = List.copyOf(listeners);
    }

    /** Puts everything in. */
    public void into(JavalinConfig config) {
        config.routes.before(this::headers);
        config.requestLogger.http((context, millis) -> ended(context, millis == null ? 0 : millis));
        for (var endpoint : endpoints) {
            config.routes.addHttpHandler(endpoint.method(), endpoint.path(), context -> handle(endpoint, context));
        }
        config.routes.exception(Exception.class, (e, context) -> refuse(context, e));
        // What no handler had: unknown paths and methods.
        config.routes.error(
                404,
                context -> bare(
                        context,
                        "There is no " + context.method() + " " + context.path()
                                + ": /openapi.json lists all there is."));
        config.routes.error(405, context -> bare(context, context.path() + " does not know " + context.method() + "."));
    }

    private void ended(Context context, double millis) {
        Endpoint endpoint = context.attribute(ENDPOINT);
        var handled = new RequestListener.Handled(
                String.valueOf(context.res().getHeader("X-Request-Id")),
                Requests.known(context).map(Caller::name),
                context.method().name(),
                endpoint == null ? Optional.empty() : Optional.of(endpoint.path()),
                context.statusCode(),
                Duration.ofNanos((long) (millis * 1e6)));
        listeners.forEach(listener -> listener.ended(context, handled));
    }

    private void handle(Endpoint endpoint, Context context) throws Exception {
        context.attribute(ENDPOINT, endpoint);
        listeners.forEach(listener -> listener.began(context, endpoint));
        Requests.setLimit(context, maxBody);
        endpoint.role().ifPresent(role -> Requests.setCaller(context, gate.admit(context, role)));
        endpoint.handler().handle(context);
    }

    private void headers(Context context) {
        context.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "no-store")
                .header("X-Request-Id", "req_" + UUID.randomUUID());
        gate.allowedOrigin(context).ifPresent(origin -> {
            context.header("Access-Control-Allow-Origin", origin)
                    .header("Cross-Origin-Resource-Policy", "cross-origin")
                    .header("Vary", "Origin");
            if (context.method().equals(HandlerType.OPTIONS)) {
                context.header("Access-Control-Allow-Headers", "Authorization, Content-Type")
                        .header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE")
                        .header("Access-Control-Max-Age", "600")
                        .status(204)
                        .skipRemainingHandlers();
            }
        });
    }

    private static void bare(Context context, String message) {
        if (context.attribute(REFUSED) == null) {
            write(context, ApiError.of(context.statusCode(), message));
        }
    }

    private static void refuse(Context context, Exception e) {
        write(context, of(e));
    }

    /** What an exception tells the caller; one that is nobody's to mend is logged here, once, and not told. */
    public static ApiError of(Throwable e) {
        return switch (e) {
            case ApiError known -> known;
            case MendableException mendable -> ApiError.invalid(String.valueOf(mendable.getMessage()));
            case Turns.Full full -> ApiError.tooMany(String.valueOf(full.getMessage()), Duration.ofSeconds(5));
            case HttpResponseException known -> ApiError.of(known.getStatus(), String.valueOf(known.getMessage()));
            case CancellationException cancelled ->
                ApiError.unavailable("The request was cancelled because the server stops.");
            default -> {
                var id = UUID.randomUUID().toString();
                LOG.error("A request failed, {}", id, e);
                yield ApiError.of(500, "The server failed at this request; its log says why, under " + id + ".");
            }
        };
    }

    private static void write(Context context, ApiError error) {
        if (context.res().isCommitted()) {
            return;
        }
        if (error.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        if (!error.retryAfter().isZero()) {
            context.header("Retry-After", Long.toString(atLeastASecond(error.retryAfter())));
        }
        context.attribute(REFUSED, true);
        context.status(error.status()).contentType("application/json").result(JsonBodies.text(error.body()));
    }

    private static long atLeastASecond(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    /** Answers with JSON. */
    public static void reply(Context context, Object body) {
        context.contentType("application/json").result(JsonBodies.text(body));
    }
}
