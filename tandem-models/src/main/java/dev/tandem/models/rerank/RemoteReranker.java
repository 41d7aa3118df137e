package dev.tandem.models.rerank;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Re-ranking services and servers. Cohere's request has become the one that all have: model, query and documents, to which come an index
 * and a relevance for each, under {@code results} (Cohere, Jina, vLLM) or {@code data} (Voyage). Safe for use by many threads.
 */
public final class RemoteReranker implements ScoringModel {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final Endpoint endpoint;

    /**
     * Where and how.
     *
     * @param url of the request itself
     * @param key none where the server asks for none
     */
    public record Endpoint(String url, String model, Optional<String> key, Duration timeout) {
        /** All but the key. */
        @Override
        public String toString() {
            return url + " " + model;
        }
    }

    public RemoteReranker(HttpClient client, Endpoint endpoint) {
        this.client = client;
        this.endpoint = endpoint;
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> passages, String question) {
        if (passages.isEmpty()) {
            return Response.from(List.of());
        }
        var body = JSON.createObjectNode().put("model", endpoint.model()).put("query", question);
        var documents = body.putArray("documents");
        passages.forEach(passage -> documents.add(passage.text()));
        var request = HttpRequest.newBuilder(URI.create(endpoint.url()))
                .timeout(endpoint.timeout())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
        endpoint.key().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        try {
            return Response.from(scores(client.send(request.build(), BodyHandlers.ofString()), passages.size()));
        } catch (JsonProcessingException e) {
            throw failed("sent no JSON: check rerank.base_url", e);
        } catch (IOException e) {
            throw failed(
                    "cannot be reached ("
                            + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                            + "): check rerank.base_url and the network",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted", e);
        }
    }

    private List<Double> scores(HttpResponse<String> response, int count) throws JsonProcessingException {
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            throw failed("refused the key (HTTP " + status + "): check rerank.api_key_variable", null);
        }
        if (status == 404) {
            throw failed("is not known there (HTTP 404): check rerank.model and rerank.base_url", null);
        }
        if (status == 429) {
            throw failed("is over its rate limit: wait, or rank fewer passages with rerank.candidates", null);
        }
        if (status != 200) {
            throw failed("failed (HTTP " + status + "): " + shortened(response.body()), null);
        }
        var json = JSON.readTree(response.body());
        var scores = new Double[count];
        for (var item : json.has("results") ? json.path("results") : json.path("data")) {
            int index = item.path("index").asInt(-1);
            if (index >= 0 && index < count && item.path("relevance_score").isNumber()) {
                scores[index] = item.path("relevance_score").asDouble();
            }
        }
        var all = new ArrayList<Double>(count);
        for (var score : scores) {
            if (score == null) {
                throw failed("did not score every passage: check that rerank.base_url speaks Cohere's protocol", null);
            }
            all.add(score);
        }
        return all;
    }

    private static String shortened(String text) {
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }

    private MendableException failed(String how, @Nullable Exception cause) {
        return new MendableException("The re-ranker '" + endpoint.model() + "' " + how + ".", cause);
    }
}
