package dev.tandem.evaluation.gate.output;

import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells somebody of an outcome: one HTTP POST of {@link GateJson} with a field {@code text} beside, which chats show. What
 * does not arrive is tried once more, unless the receiver refused it, and then said; it changes no verdict. An address may
 * hold a secret, so that of it only the host is ever shown. Redirects are not followed.
 *
 * @param timeout of each try
 * @param pause before the second
 */
public record GateWebhook(URI address, Duration timeout, Duration pause) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /**
     * One to an address, with usual times.
     *
     * @throws MendableException if it is no address of a web server
     */
    public static GateWebhook to(String address) {
        try {
            var uri = new URI(address.strip());
            var scheme = String.valueOf(uri.getScheme());
            if ((scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https")) && uri.getHost() != null) {
                return new GateWebhook(uri, TIMEOUT, PAUSE);
            }
        } catch (URISyntaxException notAnAddress) {
            // Said below; the exception's own message holds the address.
        }
        throw new MendableException(
                "The webhook's address cannot be used: it begins with https:// or http://, then a host, as in"
                        + " https://hooks.example.org/tandem.");
    }

    /** Sends; what went wrong, if it did not arrive. */
    public Optional<String> send(GateOutcome outcome) {
        var body = GateJson.of(outcome).put("text", outcome.sentence() + " Run " + outcome.run() + ".");
        var request = HttpRequest.newBuilder(address)
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "tandem")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try (var client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            var first = attempt(client, request);
            if (first.isEmpty() || !first.get().again()) {
                return first.map(this::sentence);
            }
            LockSupport.parkNanos(pause.toNanos());
            return attempt(client, request).map(this::sentence);
        }
    }

    private record Trouble(String what, boolean again) {}

    private static Optional<Trouble> attempt(HttpClient client, HttpRequest request) {
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return status / 100 == 2
                    ? Optional.empty()
                    : Optional.of(
                            new Trouble("it answered with HTTP status " + status, status >= 500 || status == 429));
        } catch (HttpTimeoutException e) {
            return Optional.of(new Trouble("it did not answer in time", true));
        } catch (IOException e) {
            return Optional.of(
                    new Trouble("it could not be reached (" + e.getClass().getSimpleName() + ")", true));
        } catch (MendableException offline) {
            return Optional.of(new Trouble("Tandem is offline", false));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Trouble("it was interrupted", false));
        }
    }

    private String sentence(Trouble trouble) {
        return "The webhook at " + address.getHost() + " was not told: " + trouble.what()
                + ". Check its address; the verdict stands.";
    }
}
