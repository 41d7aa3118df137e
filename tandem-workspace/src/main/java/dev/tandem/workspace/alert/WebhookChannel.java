package dev.tandem.workspace.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.http.Patience;
import dev.tandem.models.http.PatientHttpClient;
import dev.tandem.workspace.settings.AlertRule;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Posts alerts as JSON, with a field {@code text} that chats show. With a secret, posts are signed as Standard Webhooks has it
 * (standardwebhooks.com): {@code webhook-id}, {@code webhook-timestamp} and {@code webhook-signature}. An address may hold a secret
 * itself, so that of it only the host is ever shown.
 */
final class WebhookChannel implements AlertChannel {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI address;
    private final Optional<WebhookSignature> signature;
    private final Clock clock;
    private final HttpClient client;

    WebhookChannel(String address, Optional<WebhookSignature> signature, Patience patience, Clock clock) {
        this.address = uri(address);
        this.signature = signature;
        this.clock = clock;
        // Redirects are not followed: what is offline is decided for the first address alone.
        this.client = new PatientHttpClient(
                HttpClient.newBuilder()
                        .connectTimeout(TIMEOUT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build(),
                patience);
    }

    private static URI uri(String address) {
        try {
            var uri = new URI(address.strip());
            var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException noAddress) {
            // Said below; the exception's own message holds the address.
        }
        throw new MendableException(
                "alerts.webhook in tandem.yaml is no address of a web server: write one that begins with"
                        + " https:// or http://, then a host, as https://hooks.example.org/tandem.");
    }

    @Override
    public AlertRule.Channel kind() {
        return AlertRule.Channel.WEBHOOK;
    }

    @Override
    public String address() {
        return address.getHost();
    }

    @Override
    public void send(Alert alert) {
        var body = body(alert);
        var request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("User-Agent", "tandem")
                .POST(BodyPublishers.ofString(body, UTF_8));
        // Receivers tell by the id what they have already: both states of one alert are told.
        var id = "msg_" + alert.id() + "_" + alert.state().key();
        long seconds = clock.instant().getEpochSecond();
        signature.ifPresent(each -> request.header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", each.of(id, seconds, body)));
        try {
            int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw failed("it answered with HTTP status " + status, Optional.empty());
            }
        } catch (IOException e) {
            throw failed("it could not be reached (" + e.getClass().getSimpleName() + ")", Optional.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("it was interrupted", Optional.of(e));
        }
    }

    private MendableException failed(String why, Optional<Exception> cause) {
        var told = "The webhook at " + address.getHost() + " was not told: " + why
                + ". Check alerts.webhook in tandem.yaml, and that it takes JSON.";
        return cause.map(each -> new MendableException(told, each)).orElseGet(() -> new MendableException(told));
    }

    private static String body(Alert alert) {
        var json = JSON.createObjectNode();
        json.put("type", "tandem.alert." + alert.state().key());
        json.put("timestamp", alert.time().toString());
        json.put("text", alert.title() + ". " + alert.text());
        var data = json.putObject("data");
        data.put("id", alert.id());
        data.put("state", alert.state().key());
        data.put("workspace", alert.workspace());
        data.put("rule", alert.rule());
        data.put("metric", alert.metric());
        data.put("sentence", alert.sentence());
        data.put("look", alert.look());
        alert.value().ifPresent(value -> data.put("value", value));
        alert.baseline().ifPresent(value -> data.put("baseline", value));
        return json.toString();
    }
}
