package dev.tandem.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.models.embedding.Encoding;
import dev.tandem.server.access.Role;
import dev.tandem.server.access.Turns;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Requests;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** {@code POST /v1/embeddings}: texts to vectors by the workspace's embedding model. */
public final class Embeddings {
    private static final int MOST_TEXTS = 2_048;

    private final Engine engine;
    private final Turns turns;

    /** What it takes. */
    @Description("Texts to turn into vectors.")
    public record Request(
            @Description("A text or several, at most 2048.") JsonNode input,

            @Description("The workspace's embedding model, as /v1/models lists it.")
            String model,

            @Description("float, or base64 of 32-bit floats, little end first.")
            Optional<String> encodingFormat,

            Optional<Integer> dimensions,
            Optional<String> user,

            @Description("passage (the default) or query: models are trained with another prefix for each.")
            Optional<String> inputType) {}

    /** All vectors, in the order of the texts. */
    public record Listed(String object, List<Embedding> data, String model, Usage usage) {}

    /** A vector. */
    public record Embedding(
            String object,
            int index,
            @Description("Numbers, or a text in base64.") Object embedding) {}

    /** Tokens that were read. */
    public record Usage(int promptTokens, int totalTokens) {}

    public Embeddings(Engine engine, Turns turns) {
        this.engine = engine;
        this.turns = turns;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.post("/v1/embeddings")
                .needs(Role.ASK)
                .does("Embeddings", "Turn texts into vectors.")
                .takes(Request.class)
                .gives(Listed.class)
                .by(this::embed));
    }

    private void embed(Context context) {
        var request = Requests.body(context, Request.class);
        var encoder = engine.encoder();
        if (!request.model().equals(encoder.id())) {
            throw ApiError.unknown(
                    "The model '" + request.model() + "' does not embed: this workspace's embedding model is "
                            + encoder.id() + ".",
                    "model_not_found");
        }
        if (request.dimensions().orElse(encoder.dimension()) != encoder.dimension()) {
            throw ApiError.invalid(
                    encoder.id() + " gives " + encoder.dimension() + " numbers, no other count.", "dimensions");
        }
        boolean base64 = switch (request.encodingFormat().orElse("float")) {
            case "float" -> false;
            case "base64" -> true;
            default -> throw ApiError.invalid("'encoding_format' must be float or base64.", "encoding_format");
        };
        var texts = texts(request.input());
        var vectors = turns.take(() -> vectors(texts, request.inputType().orElse("passage")));
        int tokens = texts.stream().mapToInt(encoder::countTokens).sum();
        Api.reply(
                context,
                new Listed(
                        "list",
                        IntStream.range(0, vectors.size())
                                .mapToObj(i ->
                                        new Embedding("embedding", i, base64 ? base64(vectors.get(i)) : vectors.get(i)))
                                .toList(),
                        encoder.id(),
                        new Usage(tokens, tokens)));
    }

    private List<float[]> vectors(List<String> texts, String type) {
        var encoder = engine.encoder();
        return switch (type) {
            case "passage" ->
                encoder.encodePassages(texts).stream().map(Encoding::vector).toList();
            case "query" ->
                texts.stream()
                        .map(text -> encoder.encodeQuestion(text).vector())
                        .toList();
            default -> throw ApiError.invalid("'input_type' must be passage or query.", "input_type");
        };
    }

    private static List<String> texts(JsonNode input) {
        var texts = new ArrayList<String>();
        if (input.isTextual()) {
            texts.add(input.asText());
        } else if (input.isArray()) {
            StreamSupport.stream(input.spliterator(), false).forEach(each -> {
                if (!each.isTextual()) {
                    throw ApiError.invalid("'input' must be a text or a list of texts; tokens are not taken.", "input");
                }
                texts.add(each.asText());
            });
        } else {
            throw ApiError.invalid("'input' must be a text or a list of texts.", "input");
        }
        if (texts.isEmpty() || texts.size() > MOST_TEXTS || texts.stream().anyMatch(String::isEmpty)) {
            throw ApiError.invalid("'input' must hold 1 to " + MOST_TEXTS + " texts, none of them empty.", "input");
        }
        return texts;
    }

    private static String base64(float[] vector) {
        var bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
