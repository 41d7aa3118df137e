package dev.tandem.server.http;

import dev.tandem.server.access.ApiKeys;
import dev.tandem.server.access.Caller;
import dev.tandem.server.access.RateLimits;
import dev.tandem.server.access.Role;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may come in. With keys, whoever sends one ({@code Authorization: Bearer}); without any, whoever comes from this
 * machine, by one of its loopback names: a page of a stranger in a browser here reaches the port too, but not under such a name
 * (DNS rebinding), or not without saying where it comes from (cross-site requests).
 */
public final class Gate {
    private static final String BEARER = "bearer ";
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final ApiKeys keys;
    private final RateLimits limits;
    private final List<String> origins;

    /** @param origins of pages elsewhere that may call, as {@code https://app.example.com} */
    public Gate(ApiKeys keys, RateLimits limits, List<String> origins) {
        this.keys = keys;
        this.limits = limits;
        this.origins = List.copyOf(origins);
    }

    /**
     * Lets a request in.
     *
     * @throws ApiError 401, 403 or 429 if it may not
     */
    Caller admit(Context context, Role least) {
        var caller = caller(context);
        if (!caller.role().includes(least)) {
            throw ApiError.forbidden("The key '" + caller.name() + "' has the role "
                    + caller.role().name().toLowerCase(Locale.ROOT) + "; this needs "
                    + least.name().toLowerCase(Locale.ROOT) + ".");
        }
        var wait = limits.take(caller);
        if (!wait.isZero()) {
            throw ApiError.tooMany(
                    "Too many requests with this key: ask again in " + Math.max(1, wait.toSeconds()) + " s.", wait);
        }
        return caller;
    }

    private Caller caller(Context context) {
        var authorization = context.header("Authorization");
        if (keys.all().isEmpty()) {
            requireFromHere(context);
            return Caller.LOCAL;
        }
        if (authorization == null
                || !authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                || authorization.length() > 500) {
            throw ApiError.unauthenticated(
                    "You didn't provide an API key: send it in the header Authorization, as 'Bearer tdm_...'.");
        }
        return keys.caller(authorization.substring(BEARER.length()).strip())
                .orElseThrow(() -> ApiError.unauthenticated(
                        "Incorrect API key provided: there is no such key, or it was revoked or has ended."));
    }

    private void requireFromHere(Context context) {
        var host = context.header("Host");
        if (!isLoopback(context.ip()) || host == null || !HERE.contains(name(host))) {
            throw ApiError.unauthenticated("No keys are made yet, so only this machine may come in, as localhost:"
                    + " make one with `tandem key create NAME`.");
        }
        var origin = context.header("Origin");
        boolean fromElsewhere = origin != null && !isOwn(origin, host) && !origins.contains(origin);
        if (fromElsewhere || "cross-site".equals(context.header("Sec-Fetch-Site")) && !mayRead(origin)) {
            throw ApiError.forbidden("Pages of other sites may not call this server: name them under serve.origins in"
                    + " tandem.yaml if they should.");
        }
    }

    /** The header that lets a page elsewhere read a reply, where it may. */
    Optional<String> allowedOrigin(Context context) {
        return Optional.ofNullable(context.header("Origin")).filter(origins::contains);
    }

    private boolean mayRead(@Nullable String origin) {
        return origin != null && origins.contains(origin);
    }

    private static boolean isOwn(String origin, String host) {
        try {
            return host.equals(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException noOrigin) {
            return false;
        }
    }

    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        return (colon > host.lastIndexOf(']') ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }

    private static boolean isLoopback(String address) {
        try {
            // An address, never a name: nothing is looked up.
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
