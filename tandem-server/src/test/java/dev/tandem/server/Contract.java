package dev.tandem.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.OpenApi;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The OpenAPI document in its strict form, in which a reply may have no field that is not described. */
final class Contract {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode document;
    private final List<Endpoint> endpoints;
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    Contract(List<Endpoint> endpoints) {
        this.endpoints = endpoints;
        this.document = OpenApi.of(endpoints, "test", true);
    }

    /** Fails if a JSON reply is not as documented. */
    void check(HttpResponse<String> reply) {
        var type = reply.headers().firstValue("Content-Type").orElse("");
        if (!type.startsWith("application/json") || reply.body().isEmpty()) {
            return;
        }
        var described = endpoint(reply)
                .map(endpoint -> document.at("/paths/"
                        + endpoint.path()
                                .replace("~", "~0")
                                .replace("/", "~1")
                                .replace('<', '{')
                                .replace('>', '}')
                        + "/" + reply.request().method().toLowerCase(java.util.Locale.ROOT) + "/responses"))
                .flatMap(replies -> Optional.of(replies.path(Integer.toString(reply.statusCode())))
                        .filter(JsonNode::isObject)
                        .or(() -> Optional.of(replies.path("default")).filter(each -> reply.statusCode() >= 400)))
                .map(each -> each.at("/content/application~1json/schema"));
        // Paths that there are not are refused as all else is.
        var schema = described.isPresent()
                ? described.get()
                : JSON.createObjectNode().put("$ref", "#/components/schemas/ApiErrorBody");
        assertThat(schema.isObject())
                .as(
                        "%s %s replies with %d, which is not documented",
                        reply.request().method(), reply.uri(), reply.statusCode())
                .isTrue();
        assertThat(schema(schema).validate(reply.body(), InputFormat.JSON))
                .as("%s %s, %d: %s", reply.request().method(), reply.uri(), reply.statusCode(), reply.body())
                .isEmpty();
    }

    private JsonSchema schema(JsonNode wanted) {
        return schemas.computeIfAbsent(wanted.toString(), text -> {
            var whole = JSON.createObjectNode();
            whole.setAll((ObjectNode) wanted.deepCopy());
            whole.set("components", document.get("components"));
            return factory.getSchema(whole.toString());
        });
    }

    private Optional<Endpoint> endpoint(HttpResponse<String> reply) {
        var path = reply.uri().getRawPath();
        return endpoints.stream()
                .filter(endpoint ->
                        endpoint.method().name().equals(reply.request().method()))
                .filter(endpoint -> pattern(endpoint.path()).matcher(path).matches())
                .findFirst();
    }

    private static Pattern pattern(String path) {
        return Pattern.compile(
                path.replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+").replaceAll("<[^>]+>", ".+"));
    }
}
