package dev.tandem.workspace.alert;

import dev.tandem.foundation.MendableException;
import dev.tandem.models.http.Patience;
import dev.tandem.workspace.settings.AlertRule.Channel;
import dev.tandem.workspace.settings.AlertSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The channels that are set up, and who is told by which. Safe for use by many threads. */
public final class Alerts {
    private final List<AlertChannel> channels;

    private Alerts(List<AlertChannel> channels) {
        this.channels = List.copyOf(channels);
    }

    /**
     * What came of telling.
     *
     * @param address as may be shown to people
     * @param trouble why nobody was told, and what to do
     */
    public record Delivery(Channel channel, String address, Optional<String> trouble) {}

    /**
     * The channels of the settings.
     *
     * @param environment holds the secrets that the settings name variables of
     * @param log takes a line
     * @throws MendableException if one cannot be set up: something is missing or is no address
     */
    public static Alerts of(AlertSettings settings, Map<String, String> environment, Consumer<String> log) {
        return of(settings, environment, log, Patience.USUAL);
    }

    static Alerts of(AlertSettings settings, Map<String, String> environment, Consumer<String> log, Patience patience) {
        var channels = new ArrayList<AlertChannel>(List.of(new LogChannel(log)));
        settings.webhook()
                .ifPresent(address -> channels.add(new WebhookChannel(
                        address,
                        settings.webhookSecretVariable()
                                .map(name -> secret("alerts.webhook_secret_variable", name, environment))
                                .map(WebhookSignature::by),
                        patience,
                        Clock.systemUTC())));
        if (!settings.emailTo().isEmpty()) {
            channels.add(new EmailChannel(
                    settings,
                    settings.smtpPasswordVariable()
                            .map(name -> secret("alerts.smtp_password_variable", name, environment))));
        }
        var alerts = new Alerts(channels);
        settings.rules()
                .forEach(rule -> rule.channels().forEach(channel -> {
                    if (!alerts.channels().containsKey(channel)) {
                        throw new MendableException(
                                "The alert rule \"" + rule.text() + "\" in tandem.yaml is to be told by "
                                        + channel.key() + ", which is not set up: set "
                                        + (channel == Channel.WEBHOOK
                                                ? "alerts.webhook"
                                                : "alerts.email_to and alerts.smtp_host")
                                        + ", or take it out of the rule.");
                    }
                }));
        return alerts;
    }

    private static String secret(String key, String variable, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(String::strip)
                .orElseThrow(() -> new MendableException("The environment variable " + variable + ", named by " + key
                        + " in tandem.yaml, is not set: export it with the secret."));
    }

    /** Where each channel that is set up leads. */
    public Map<Channel, String> channels() {
        var addresses = new EnumMap<Channel, String>(Channel.class);
        channels.forEach(each -> addresses.put(each.kind(), each.address()));
        return addresses;
    }

    /**
     * Tells by the channels; one that fails keeps none of the others from being tried. May take half a minute.
     *
     * @param to empty for all that are set up
     * @return what came of each
     */
    public List<Delivery> send(Alert alert, Set<Channel> to) {
        return channels.stream()
                .filter(channel -> to.isEmpty() || to.contains(channel.kind()))
                .map(channel -> new Delivery(channel.kind(), channel.address(), attempt(channel, alert)))
                .toList();
    }

    private static Optional<String> attempt(AlertChannel channel, Alert alert) {
        try {
            channel.send(alert);
            return Optional.empty();
        } catch (MendableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
