package dev.tandem.bench.serve;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;

/**
 * Requests that something is wrong with, made from an OpenAPI document: bodies that almost fit, of wrong types, with fields missing or too
 * many, huge, cut off or in another encoding; paths that climb, parameters that are none, headers that lie. The same seed makes the same.
 */
public final class MalformedRequests {
    private static final List<String> NASTY = List.of(
            "",
            "..",
            "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "..%5c..%5cwindows",
            "%00",
            "a%00b",
            "%ff%fe",
            "%",
            "%zz",
            "%c0%af",
            "-1",
            "999999999999999999999",
            "0x10",
            "1e9",
            "NaN",
            "null",
            "true",
            "' or 1=1 --",
            "%3Cscript%3E",
            "last~99999",
            "last~",
            "*",
            "?",
            ";jsessionid=1",
            "a%0d%0aX-Evil:%201",
            "%F0%9F%98%80",
            "~root",
            "con",
            "a".repeat(3_000),
            ".",
            "%20",
            "con.txt%20");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            "-1",
            "0",
            "1e400",
            "99999999999999999999",
            "0.5",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "[null]",
            "[[[[[[]]]]]]",
            "{\"a\": {\"b\": []}}",
            "\"../../../etc/passwd\"",
            "NaN",
            "\"\u202Eabc\"",
            "\"tandem/rag\"",
            "[\"a\", 1]",
            "\"" + "x".repeat(20_000) + "\"",
            "-2147483649",
            "\"2026-13-45T99:99:99Z\"",
            "'single'",
            "[{\"role\": \"user\"}]");
    private static final List<String> HEADERS = List.of(
            "Content-Type: text/plain",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: ;;;",
            "Accept: nonsense",
            "Authorization: Bearer",
            "Authorization: Basic Og==",
            "Authorization: Bearer " + "x".repeat(2_000),
            "Origin: null",
            "Origin: http://[",
            "MCP-Protocol-Version: 1",
            "traceparent: 00-zz-zz-zz",
            "Content-Encoding: gzip",
            "Range: bytes=9-1",
            "If-Match: \"",
            "Cookie: a=b; =",
            "X-HTTP-Method-Override: DELETE",
            "Accept-Encoding: gzip;q=9",
            "Expect: nothing",
            "Content-Range: x",
            "Sec-Fetch-Site: cross-site",
            "Accept-Language: \u00ff");

    private final List<Operation> operations = new ArrayList<>();
    private final JsonNode schemas;
    private final Random random;

    /** A way in. */
    private record Operation(String method, String path, JsonNode described) {}

    public MalformedRequests(JsonNode document, long seed) {
        this.schemas = document.at("/components/schemas");
        this.random = new Random(seed);
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                path.getKey(),
                                operation.getValue()))));
    }

    /** The next one. */
    public RawRequest next() {
        var operation = any(operations);
        var headers = new ArrayList<String>(List.of("Content-Type: application/json"));
        if (chance(0.2)) {
            headers.set(0, any(HEADERS));
        }
        return new RawRequest(
                chance(0.03)
                        ? any(List.of("PUT", "TRACE", "HEAD", "OPTIONS", "PATCH", "BREW", "get"))
                        : operation.method,
                target(operation),
                headers,
                body(operation));
    }

    private String target(Operation operation) {
        var path = new StringBuilder();
        for (var step : operation.path.substring(1).split("/", -1)) {
            boolean open = step.startsWith("{");
            path.append('/').append(open || chance(0.02) ? any(NASTY) : step);
        }
        if (chance(0.02)) {
            path.insert(0, any(List.of("/..", "//", "/./", "/%2e%2e", "/v1/../api")));
        }
        var query = new StringBuilder();
        for (var parameter : operation.described.path("parameters")) {
            if (parameter.path("in").asText().equals("query") && chance(0.6)) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.path("name").asText())
                        .append('=')
                        .append(any(NASTY).replace("?", "").replace("#", ""));
            }
        }
        return path.toString() + query;
    }

    private byte[] body(Operation operation) {
        var content = operation.described.at("/requestBody/content");
        if (content.isMissingNode()) {
            return chance(0.1) ? any(VALUES).getBytes(UTF_8) : new byte[0];
        }
        var schema = content.elements().next().path("schema");
        var text = chance(0.05) ? any(VALUES) : value(schema, 0, chance(0.8) ? 0.15 : 0);
        return switch (random.nextInt(25)) {
            case 0 -> new byte[0];
            case 1 -> text.substring(0, random.nextInt(text.length() + 1)).getBytes(UTF_8);
            case 2 -> text.getBytes(UTF_16);
            case 3 -> ("\uFEFF" + text).getBytes(UTF_8);
            case 4 -> noise(text.getBytes(UTF_8));
            case 5 -> (text + text).getBytes(UTF_8);
            case 6 -> "[".repeat(1 + random.nextInt(5_000)).getBytes(UTF_8);
            case 7 -> ("{\"a\":".repeat(1 + random.nextInt(2_000)) + "1").getBytes(UTF_8);
            default -> text.getBytes(UTF_8);
        };
    }

    private byte[] noise(byte[] bytes) {
        for (int i = 0; i < 3 && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** JSON of a schema, wrong in places. */
    private String value(JsonNode schema, int depth, double wrong) {
        if (chance(wrong) || depth > 6) {
            return any(VALUES);
        }
        if (schema.has("$ref")) {
            var name = schema.path("$ref").asText();
            return value(schemas.path(name.substring(name.lastIndexOf('/') + 1)), depth + 1, wrong);
        }
        if (schema.has("anyOf")) {
            return value(schema.path("anyOf").path(0), depth, wrong);
        }
        if (schema.has("enum")) {
            return any(StreamSupport.stream(schema.path("enum").spliterator(), false)
                            .toList())
                    .toString();
        }
        return switch (schema.path("type").asText()) {
            case "object" -> object(schema, depth, wrong);
            case "array" -> "[" + value(schema.path("items"), depth + 1, wrong) + "]";
            case "string" ->
                any(List.of(
                        "\"tandem/rag\"",
                        "\"user\"",
                        "\"vpn port?\"",
                        "\"2.0\"",
                        "\"ask\"",
                        "\"tools/call\"",
                        "\"answerable\""));
            case "integer" -> any(List.of("1", "2", "3"));
            case "number" -> "0.5";
            case "boolean" -> any(List.of("true", "false"));
            default ->
                any(List.of("\"vpn port?\"", "{\"name\": \"ask\", \"arguments\": {\"question\": \"vpn port?\"}}", "7"));
        };
    }

    private String object(JsonNode schema, int depth, double wrong) {
        var fields = new ArrayList<String>();
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.path("properties").properties().forEach(field -> {
            boolean there = required.contains(field.getKey()) ? !chance(wrong / 2) : chance(0.15);
            if (there) {
                fields.add("\"" + field.getKey() + "\": " + value(field.getValue(), depth + 1, wrong));
            }
        });
        if (chance(wrong / 2)) {
            fields.add("\"unknown\": " + any(VALUES));
        }
        if (chance(wrong / 4) && !fields.isEmpty()) {
            fields.add(fields.getFirst());
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
