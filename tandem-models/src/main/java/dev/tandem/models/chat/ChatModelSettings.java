package dev.tandem.models.chat;

import dev.tandem.foundation.MendableException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How a language model is reached. No secret is ever in it: the key and secret headers are named, not given, and are
 * read from the environment when the model is opened.
 *
 * @param provider which protocol its server speaks
 * @param baseUrl where its server is, such as {@code http://localhost:8000/v1} or {@code http://localhost:11434}
 * @param name the model's name as its server knows it
 * @param apiKeyVariable name of the environment variable that holds the key; empty where the server asks for none
 * @param temperature from 0 (always the likeliest word) to 2, or {@link #SERVER_DEFAULT} for models that refuse one
 * @param maxOutputTokens longest answer in the model's tokens, at least 1
 * @param contextTokens how many tokens the model reads and writes together, more than {@code maxOutputTokens}
 * @param timeout longest silence of the server: before an answer begins, and between two pieces of it
 * @param headers sent with every request; {@code ${NAME}} in a value stands for an environment variable
 */
public record ChatModelSettings(
        Provider provider,
        String baseUrl,
        String name,
        String apiKeyVariable,
        double temperature,
        int maxOutputTokens,
        int contextTokens,
        Duration timeout,
        Map<String, String> headers) {
    /** A temperature that is not sent, so that the server chooses. */
    public static final double SERVER_DEFAULT = -1;

    private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /** The protocol that a model's server speaks. */
    public enum Provider {
        /** OpenAI's chat completions, as vLLM, llama-server, LM Studio and many services speak them too. */
        OPENAI_COMPATIBLE,
        /** Ollama's own protocol. */
        OLLAMA
    }

    public ChatModelSettings {
        headers = Map.copyOf(headers);
        baseUrl = withoutLastSlash(baseUrl.strip());
        checkUrl(baseUrl);
        check(!name.isBlank(), "model.name is empty: write the name under which the server knows the model.");
        check(
                apiKeyVariable.isEmpty() || isVariableName(apiKeyVariable),
                "model.api_key_variable must be the name of an environment variable that holds the key, such as"
                        + " OPENAI_API_KEY; the key itself never belongs in the file.");
        check(
                temperature == SERVER_DEFAULT || (temperature >= 0 && temperature <= 2),
                "model.temperature is " + temperature + ": choose a number from 0 to 2.");
        check(maxOutputTokens >= 1, "model.max_output_tokens is " + maxOutputTokens + ": choose at least 1.");
        check(
                contextTokens > maxOutputTokens,
                "model.context_tokens (" + contextTokens + ") must be more than model.max_output_tokens ("
                        + maxOutputTokens + "): the question and its passages need room too.");
        check(timeout.isPositive(), "model.timeout must be more than zero.");
        headers.forEach((header, value) -> check(
                HEADER_NAME.matcher(header).matches() && value.chars().noneMatch(Character::isISOControl),
                "model.headers holds a header that cannot be sent: names are letters, digits and dashes, values are"
                        + " one line."));
    }

    /** Room for everything that the model reads, in its tokens. */
    public int promptTokens() {
        return contextTokens - maxOutputTokens;
    }

    /** Everything but the headers' values, which may be secret. */
    @Override
    public String toString() {
        return "ChatModelSettings[provider=" + provider + ", baseUrl=" + baseUrl + ", name=" + name
                + ", apiKeyVariable=" + apiKeyVariable + ", temperature=" + temperature + ", maxOutputTokens="
                + maxOutputTokens + ", contextTokens=" + contextTokens + ", timeout=" + timeout + ", headers="
                + new TreeMap<>(headers).keySet() + "]";
    }

    /** A key pasted in the variable's place mostly has a dash or a dot; the few others look like no variable either. */
    private static boolean isVariableName(String name) {
        return VARIABLE_NAME.matcher(name).matches() && !name.matches("(?i)(?:sk|hf|gsk|xai)_?[A-Za-z0-9]{16,}");
    }

    private static void checkUrl(String url) {
        try {
            var uri = new URI(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            check(
                    uri.getRawUserInfo() == null,
                    "model.base_url holds a user name or password: take it out, and put a key into the environment"
                            + " variable that model.api_key_variable names.");
            check(
                    web && uri.getHost() != null && uri.getRawQuery() == null && uri.getRawFragment() == null,
                    "model.base_url '" + url + "' is no web address: write one such as http://localhost:8000/v1.");
        } catch (URISyntaxException e) {
            throw new MendableException(
                    "model.base_url is no web address (" + e.getReason()
                            + "): write one such as http://localhost:8000/v1.",
                    e);
        }
    }

    private static String withoutLastSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new MendableException(otherwise);
        }
    }
}
