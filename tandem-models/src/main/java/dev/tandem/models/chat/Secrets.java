package dev.tandem.models.chat;

import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The key and the headers with their values, which stay between here and the server: never printed, never in a message. */
final class Secrets {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    /** Shorter values would be struck out all over harmless messages. */
    private static final int SHORTEST_SECRET = 6;

    private final @Nullable String key;
    private final Map<String, String> headers;
    private final List<String> values;

    private Secrets(@Nullable String key, Map<String, String> headers, List<String> values) {
        this.key = key;
        this.headers = Map.copyOf(headers);
        this.values = List.copyOf(values);
    }

    static Secrets read(ChatModelSettings settings, Map<String, String> environment) {
        var values = new ArrayList<String>();
        var key = settings.apiKeyVariable().isEmpty()
                ? null
                : look(settings.apiKeyVariable(), "model.api_key_variable", environment, values);
        var headers = new HashMap<String, String>();
        settings.headers().forEach((name, value) -> {
            var resolved = REFERENCE
                    .matcher(value)
                    .replaceAll(found -> Matcher.quoteReplacement(
                            look(found.group(1), "model.headers." + name, environment, values)));
            values.add(resolved);
            headers.put(name, resolved);
        });
        return new Secrets(key, headers, values);
    }

    private static String look(String variable, String where, Map<String, String> environment, List<String> values) {
        var value = environment.getOrDefault(variable, "").strip();
        if (value.isEmpty()) {
            throw new MendableException("The environment variable " + variable + ", which " + where
                    + " names, is not set: set it, as in 'export " + variable + "=...', and run the command again.");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new MendableException("The environment variable " + variable + ", which " + where
                    + " names, holds a line break or another control character: set it to the key alone.");
        }
        values.add(value);
        return value;
    }

    @Nullable
    String key() {
        return key;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** Ollama's protocol has no key of its own; servers in front of it take the usual header. */
    Map<String, String> headersWithKey() {
        if (key == null || headers.containsKey("Authorization")) {
            return headers;
        }
        var all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + key);
        return all;
    }

    /** Whether a text holds a secret. */
    boolean in(String text) {
        return values.stream().anyMatch(value -> value.length() >= SHORTEST_SECRET && text.contains(value));
    }

    /** A text with every secret struck out. */
    String strike(String text) {
        var struck = text;
        for (var value : values) {
            if (value.length() >= SHORTEST_SECRET) {
                struck = struck.replace(value, "***");
            }
        }
        return struck;
    }

    @Override
    public String toString() {
        return "Secrets[" + values.size() + "]";
    }
}
