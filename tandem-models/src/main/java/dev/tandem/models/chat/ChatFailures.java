package dev.tandem.models.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLException;

/** What can go wrong between here and a model's server, each in a sentence that says how to mend it. */
final class ChatFailures {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A server's own words are quoted up to here: more is a page of HTML or a stack trace. */
    private static final int LONGEST_DETAIL = 300;

    private static final int DEEPEST_CAUSE = 20;

    private final ChatModelSettings settings;
    private final Secrets secrets;

    ChatFailures(ChatModelSettings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /** The failure in a sentence for people, or itself where it is not theirs to mend. */
    RuntimeException explain(Throwable failure) {
        if (find(failure, InterruptedException.class).isPresent()) {
            var cancelled = new CancellationException("The answer was cancelled.");
            cancelled.initCause(failure);
            return cancelled;
        }
        var told = find(failure, MendableException.class);
        if (told.isPresent()) {
            return told.get();
        }
        var http = find(failure, HttpException.class);
        if (http.isPresent()) {
            return mendable(
                    refused(
                            http.get().statusCode(),
                            detail(String.valueOf(http.get().getMessage()))),
                    failure);
        }
        if (find(failure, HttpConnectTimeoutException.class).isPresent()
                || find(failure, ConnectException.class).isPresent()
                || find(failure, UnresolvedAddressException.class).isPresent()
                || find(failure, UnknownHostException.class).isPresent()) {
            return mendable(unreachable(), failure);
        }
        if (find(failure, HttpTimeoutException.class).isPresent()
                || find(failure, TimeoutException.class).isPresent()) {
            return silent(failure);
        }
        if (find(failure, SSLException.class).isPresent()) {
            return mendable(
                    "No secure connection to " + settings.baseUrl() + " could be made: check its certificate, and"
                            + " whether model.base_url should begin with http or https.",
                    failure);
        }
        if (find(failure, JsonProcessingException.class).isPresent()) {
            return malformed(failure);
        }
        if (find(failure, IOException.class).isPresent()) {
            return mendable(brokeOff(), failure);
        }
        var detail = detail(String.valueOf(failure.getMessage()));
        return mendable(model() + " failed" + detail + ": check the server's log, then ask again.", failure);
    }

    /** The server was silent for longer than it may be. */
    MendableException silent(Throwable cause) {
        return mendable(
                model() + " was silent for " + seconds() + ": check that its server is not overloaded, or raise"
                        + " model.timeout.",
                cause);
    }

    MendableException malformed(Throwable cause) {
        return mendable(
                model() + " sent an answer that does not follow the protocol: check that model.base_url is the address"
                        + " of " + protocol() + ".",
                cause);
    }

    /** The stream ended before the model said that it was done. */
    MendableException incomplete() {
        return new MendableException(brokeOff());
    }

    private String refused(int status, String detail) {
        var words = detail.toLowerCase(Locale.ROOT);
        if (status == 401 || status == 403) {
            return settings.apiKeyVariable().isEmpty()
                    ? model() + " asks for a key (HTTP " + status + "): put it in an environment variable and name that"
                            + " under model.api_key_variable."
                    : model() + " refused the key in " + settings.apiKeyVariable() + " (HTTP " + status
                            + "): set that environment variable to a valid key.";
        }
        if (status == 404) {
            return settings.provider() == ChatModelSettings.Provider.OLLAMA
                    ? "Ollama at " + settings.baseUrl() + " does not have the model '" + settings.name()
                            + "': fetch it with 'ollama pull " + settings.name() + "', or change model.name."
                    : "The server at " + settings.baseUrl() + " does not know the model '" + settings.name()
                            + "' or this address" + detail
                            + ": check model.name, and that model.base_url holds the whole path (often ending in /v1).";
        }
        if (status == 429) {
            return model() + " is over its rate limit or quota" + detail + ": wait, then ask again.";
        }
        if (status == 408 || status == 504) {
            return model() + " took too long for its own server (HTTP " + status + "): ask again, or use a smaller"
                    + " model.";
        }
        if (status >= 500) {
            return "The server of " + model() + " failed (HTTP " + status + ")" + detail
                    + ": check its log, then ask again.";
        }
        if (words.contains("context length") || words.contains("context size") || words.contains("context window")) {
            return model() + " reads less than this prompt" + detail + ": lower model.context_tokens to what the server"
                    + " was started with.";
        }
        if (words.contains("temperature")) {
            return model() + " refused the request" + detail + ": remove or change model.temperature.";
        }
        return model() + " refused the request (HTTP " + status + ")" + detail
                + ": check the keys under model: in tandem.yaml.";
    }

    private String unreachable() {
        return settings.provider() == ChatModelSettings.Provider.OLLAMA
                ? "No Ollama answers at " + settings.baseUrl() + ": start it with 'ollama serve' (and fetch the model"
                        + " once with 'ollama pull " + settings.name() + "'), or change model.base_url."
                : "No server answers at " + settings.baseUrl() + ": start it, or change model.base_url.";
    }

    private String brokeOff() {
        return model() + " broke off in the middle of its answer, so nothing of it is kept: check that its server is"
                + " up, then ask again.";
    }

    private String model() {
        return "The model '" + settings.name() + "' at " + settings.baseUrl();
    }

    private String protocol() {
        return settings.provider() == ChatModelSettings.Provider.OLLAMA
                ? "an Ollama server"
                : "a server that speaks OpenAI's chat completions";
    }

    private String seconds() {
        long millis = settings.timeout().toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    /** The server's own words, in parentheses after a space; empty where it gave none that help. */
    private String detail(String body) {
        var words = message(body).strip().replaceAll("\\s+", " ");
        if (words.isEmpty() || words.startsWith("<") || words.equals("null")) {
            return "";
        }
        var struck = secrets.strike(words).replaceAll("[.:]+$", "");
        return " (" + (struck.length() > LONGEST_DETAIL ? struck.substring(0, LONGEST_DETAIL) + "…" : struck) + ")";
    }

    private static String message(String body) {
        try {
            var tree = JSON.readTree(body);
            for (var node : new JsonNode[] {tree.at("/error/message"), tree.at("/error"), tree.at("/message")}) {
                if (node.isTextual()) {
                    return node.asText();
                }
            }
            return tree.isTextual() ? tree.asText() : "";
        } catch (JsonProcessingException e) {
            return body;
        }
    }

    /** A cause that quotes a secret back is dropped, because {@code --verbose} prints causes. */
    private MendableException mendable(String message, Throwable cause) {
        int depth = 0;
        for (Throwable at = cause; at != null && depth < DEEPEST_CAUSE; at = at.getCause()) {
            if (secrets.in(String.valueOf(at.getMessage()))) {
                return new MendableException(message);
            }
            depth++;
        }
        return new MendableException(message, cause);
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
        int depth = 0;
        for (Throwable at = failure; at != null && depth < DEEPEST_CAUSE; at = at.getCause()) {
            if (kind.isInstance(at)) {
                return Optional.of(kind.cast(at));
            }
            depth++;
        }
        return Optional.empty();
    }
}
