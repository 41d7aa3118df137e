package dev.tandem.models.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where models come from and who asks.
 *
 * @param endpoint the hub, without a slash at its end
 * @param token sent to the hub alone, never to where it redirects
 * @param offline whether nothing may be fetched
 */
public record HubSettings(URI endpoint, Optional<String> token, boolean offline) {
    private static final String PUBLIC_HUB = "https://huggingface.co";

    /**
     * From the variables that Hugging Face's own tools read: {@code HF_ENDPOINT}, {@code HF_TOKEN} (else the file that its
     * login leaves), {@code HF_HUB_OFFLINE}.
     */
    public static HubSettings of(Map<String, String> environment) {
        var endpoint = environment.getOrDefault("HF_ENDPOINT", "");
        var token = environment.getOrDefault("HF_TOKEN", "").strip();
        return new HubSettings(
                URI.create((endpoint.isBlank() ? PUBLIC_HUB : endpoint.strip()).replaceAll("/+$", "")),
                token.isEmpty() ? savedToken(environment) : Optional.of(token),
                environment.getOrDefault("HF_HUB_OFFLINE", "").matches("(?i)1|true|yes|on"));
    }

    private static Optional<String> savedToken(Map<String, String> environment) {
        var home = environment.containsKey("HF_HOME")
                ? Path.of(environment.get("HF_HOME"))
                : Path.of(System.getProperty("user.home"), ".cache", "huggingface");
        try {
            var saved = home.resolve("token");
            return Files.isRegularFile(saved)
                    ? Optional.of(Files.readString(saved).strip()).filter(text -> !text.isEmpty())
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "HubSettings[" + endpoint + (token.isPresent() ? ", with a token" : "") + "]";
    }
}
