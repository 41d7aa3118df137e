package dev.tandem.models.http;

import java.time.Duration;

/**
 * How often a request is made again when a server is busy (429), down for a moment (500, 502, 503, 504, 529) or does not accept
 * connections, and how long is waited in between: twice as long each time, a quarter more or less by chance, or as long as the
 * server asks for in {@code Retry-After}.
 *
 * @param tries at most, the first included
 * @param first wait
 * @param longest wait; a server that asks for more is not asked again
 */
public record Patience(int tries, Duration first, Duration longest) {
    /** What a person who waits for an answer bears. */
    public static final Patience USUAL = new Patience(4, Duration.ofMillis(500), Duration.ofSeconds(30));

    /** Nothing is tried twice. */
    public static final Patience NONE = new Patience(1, Duration.ofMillis(1), Duration.ofMillis(2));
}
