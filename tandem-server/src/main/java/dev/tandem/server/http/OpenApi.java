package dev.tandem.server.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The OpenAPI 3.1 document of a table of endpoints. */
public final class OpenApi {
    private static final String KEY = "api-key";

    private OpenApi() {}

    /**
     * The document.
     *
     * @param version of the program
     * @param strict whether replies may have no fields that are not in it, to test against
     */
    public static ObjectNode of(List<Endpoint> endpoints, String version, boolean strict) {
        var document = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Tandem")
                .put("version", version)
                .put(
                        "description",
                        "A workspace as a service. What begins with /v1 is compatible with OpenAI's API; the rest is Tandem's own.");
        var schemas = new JsonSchemas(strict);
        var paths = new TreeMap<String, ObjectNode>();
        for (var endpoint : endpoints) {
            paths.computeIfAbsent(
                            endpoint.path().replace('<', '{').replace('>', '}'),
                            path -> JsonNodeFactory.instance.objectNode())
                    .set(endpoint.method().name().toLowerCase(Locale.ROOT), operation(endpoint, schemas));
        }
        var listed = document.putObject("paths");
        paths.forEach(listed::set);
        var components = document.putObject("components");
        var all = components.putObject("schemas");
        schemas.named().forEach(all::set);
        components
                .putObject("securitySchemes")
                .putObject(KEY)
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A key made with `tandem key create`; none is asked for where there are none.");
        return document;
    }

    private static ObjectNode operation(Endpoint endpoint, JsonSchemas schemas) {
        var operation = JsonNodeFactory.instance.objectNode().put("summary", endpoint.summary());
        operation.putArray("tags").add(endpoint.group());
        endpoint.role().ifPresent(role -> {
            operation.put("description", "Needs the role " + role.name().toLowerCase(Locale.ROOT) + ".");
            operation.putArray("security").addObject().putArray(KEY);
        });
        if (!endpoint.parameters().isEmpty()) {
            var parameters = operation.putArray("parameters");
            endpoint.parameters()
                    .forEach(parameter -> parameters
                            .addObject()
                            .put("name", parameter.name())
                            .put("in", parameter.inPath() ? "path" : "query")
                            .put("required", parameter.inPath())
                            .put("description", parameter.description())
                            .putObject("schema")
                            .put("type", parameter.type()));
        }
        endpoint.request()
                .ifPresent(body -> content(
                        operation.putObject("requestBody").put("required", true),
                        body.mediaType(),
                        body.type(),
                        schemas));
        var replies = operation.putObject("responses");
        for (var reply : endpoint.replies()) {
            var status = Integer.toString(reply.status());
            var described = replies.has(status)
                    ? (ObjectNode) replies.get(status)
                    : replies.putObject(status).put("description", "As asked for.");
            content(described, reply.mediaType(), reply.type(), schemas);
        }
        content(
                replies.putObject("default").put("description", "Why not, in OpenAI's shape."),
                "application/json",
                ApiError.Body.class,
                schemas);
        return operation;
    }

    private static void content(ObjectNode of, String mediaType, Type type, JsonSchemas schemas) {
        var content = of.has("content") ? (ObjectNode) of.get("content") : of.putObject("content");
        content.putObject(mediaType).set("schema", schemas.of(type));
    }
}
