package dev.tandem.stores.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.http.Patience;
import dev.tandem.models.http.PatientHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A server that takes JSON and gives JSON, with its failures as sentences. Safe for use by many threads. */
final class JsonServer {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int SHOWN = 300;
    static final int NOT_FOUND = 404;

    private final String product;
    private final String address;
    private final Map<String, String> headers;
    private final String keyVariable;
    private final HttpClient client;

    /**
     * What came back.
     *
     * @param status 200 to 299, or 404
     */
    record Reply(int status, JsonNode body, HttpHeaders headers) {
        boolean isMissing() {
            return status == NOT_FOUND;
        }
    }

    /**
     * A server.
     *
     * @param product its name for people
     * @param address where it is, without a slash at the end
     * @param headers that go with every request, such as the key
     * @param keyVariable the environment variable that usually holds the key, for messages
     * @param patience with a server that is busy or not there
     */
    JsonServer(String product, String address, Map<String, String> headers, String keyVariable, Patience patience) {
        this(
                product,
                address,
                headers,
                keyVariable,
                new PatientHttpClient(
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .connectTimeout(Duration.ofSeconds(10))
                                .build(),
                        patience));
    }

    private JsonServer(
            String product, String address, Map<String, String> headers, String keyVariable, HttpClient client) {
        this.product = product;
        this.address = address;
        this.headers = Map.copyOf(headers);
        this.keyVariable = keyVariable;
        this.client = client;
    }

    /** The same product at another address, as Pinecone has one for each index. */
    JsonServer at(String other) {
        return new JsonServer(product, other, headers, keyVariable, client);
    }

    String describe() {
        return "the " + product + " server at " + address;
    }

    static ObjectNode object() {
        return Records.JSON.createObjectNode();
    }

    Reply get(String path) {
        return send("GET", path, "", Set.of());
    }

    Reply post(String path, JsonNode body) {
        return send("POST", path, body.toString(), Set.of());
    }

    Reply put(String path, JsonNode body) {
        return send("PUT", path, body.toString(), Set.of());
    }

    Reply delete(String path) {
        return send("DELETE", path, "", Set.of());
    }

    Reply delete(String path, JsonNode body) {
        return send("DELETE", path, body.toString(), Set.of());
    }

    /**
     * Asks.
     *
     * @param alsoRight statuses that the caller takes for an answer, besides 2xx and 404
     */
    Reply send(String method, String path, String body, Set<Integer> alsoRight) {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(LONGEST)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        HttpResponse<String> response;
        try {
            response = client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new MendableException(
                    "There is no answer from " + describe() + " (" + reason(e)
                            + "): start it, or set store.url to where it is.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MendableException("Waiting for " + describe() + " was interrupted: run the command again.", e);
        }
        int status = response.statusCode();
        if (status / 100 == 2 || status == NOT_FOUND || alsoRight.contains(status)) {
            return new Reply(status, json(response.body()), response.headers());
        }
        throw refused(method, path, status, response.body());
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private JsonNode json(String text) {
        try {
            return text.isBlank() ? MissingNode.getInstance() : Records.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new MendableException(
                    "What answers at " + address + " is no " + product + " server: set store.url to where that is.", e);
        }
    }

    private RuntimeException refused(String method, String path, int status, String body) {
        var said = "status " + status + ", " + shortened(body.strip());
        return switch (status) {
            case 401, 403 ->
                new MendableException("No key, or a wrong one, was given to " + describe() + " (" + said
                        + "): put the right one into the environment variable that store.api_key_variable names, "
                        + keyVariable + " if it names none.");
            case 413 ->
                new MendableException("What is written is too large for " + describe() + " (" + said
                        + "): set passages.tokens lower, or the server's limit higher.");
            case 429, 500, 502, 503, 504, 507 ->
                new MendableException("Something is wrong with " + describe() + " (" + said
                        + "): look at its log, then run the same command again.");
            default -> new IllegalStateException(method + " " + path + " at " + describe() + ": " + said);
        };
    }

    private String shortened(String said) {
        var whole = said;
        for (var secret : List.copyOf(headers.values())) {
            whole = secret.length() < 6 ? whole : whole.replace(secret, "***");
        }
        return whole.length() <= SHOWN ? whole : whole.substring(0, SHOWN) + "...";
    }
}
