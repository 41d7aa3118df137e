package dev.tandem.models.embedding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Embedding services that want to be told whether a text is a question or a passage: Voyage's and Cohere's, whose models find less
 * without it. One object for each of the two. Safe for use by many threads.
 */
public final class TypedEmbeddingModel implements EmbeddingModel {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final Endpoint endpoint;
    private final String inputType;

    /**
     * Where and how.
     *
     * @param url of the request itself
     * @param cohere whether its body is Cohere's; else OpenAI's with {@code input_type}
     */
    public record Endpoint(String url, String model, String key, boolean cohere, Duration timeout) {
        /** All but the key. */
        @Override
        public String toString() {
            return url + " " + model;
        }
    }

    /** @param inputType as the service names it: query, document, search_query, search_document */
    public TypedEmbeddingModel(HttpClient client, Endpoint endpoint, String inputType) {
        this.client = client;
        this.endpoint = endpoint;
        this.inputType = inputType;
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        var request = HttpRequest.newBuilder(URI.create(endpoint.url()))
                .timeout(endpoint.timeout())
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + endpoint.key())
                .POST(BodyPublishers.ofString(body(segments)))
                .build();
        try {
            return Response.from(vectors(client.send(request, BodyHandlers.ofString())));
        } catch (JsonProcessingException e) {
            throw failed("sent no JSON: check embedding.base_url", e);
        } catch (IOException e) {
            throw failed(
                    "cannot be reached ("
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                            + "): check embedding.base_url and the network",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted", e);
        }
    }

    private String body(List<TextSegment> segments) {
        var body = JSON.createObjectNode().put("model", endpoint.model()).put("input_type", inputType);
        var texts = body.putArray(endpoint.cohere() ? "texts" : "input");
        segments.forEach(segment -> texts.add(segment.text()));
        if (endpoint.cohere()) {
            body.putArray("embedding_types").add("float");
        }
        return body.toString();
    }

    private List<Embedding> vectors(HttpResponse<String> response) throws JsonProcessingException {
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            throw failed("refused the key (HTTP " + status + "): check embedding.api_key_variable", null);
        }
        if (status == 404) {
            throw failed("is not known there (HTTP 404): check embedding.model and embedding.base_url", null);
        }
        if (status == 429) {
            throw failed(
                    "is over its rate limit: wait, then run the same command again; what was embedded is kept", null);
        }
        if (status != 200) {
            throw failed("failed (HTTP " + status + "): " + shortened(response.body()), null);
        }
        var json = JSON.readTree(response.body());
        var vectors = new ArrayList<Embedding>();
        for (var item : endpoint.cohere() ? json.at("/embeddings/float") : json.path("data")) {
            vectors.add(vector(endpoint.cohere() ? item : item.path("embedding")));
        }
        return vectors;
    }

    private static Embedding vector(JsonNode numbers) {
        var values = StreamSupport.stream(numbers.spliterator(), false)
                .map(JsonNode::floatValue)
                .toList();
        return Embedding.from(values);
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }

    private MendableException failed(String how, @org.jspecify.annotations.Nullable Exception cause) {
        return new MendableException("The embedding model '" + endpoint.model() + "' " + how + ".", cause);
    }
}
