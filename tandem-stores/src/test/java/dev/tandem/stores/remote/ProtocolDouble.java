package dev.tandem.stores.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * A stand-in for a vector database: what Tandem uses of its protocol, over HTTP, with points in memory. Each is written from the
 * maker's documentation of the protocol; where a real server could be run the same tests ran against it too (docs/stores.md).
 */
abstract class ProtocolDouble implements AutoCloseable {
    private final HttpServer server;

    /** The key that requests must carry in {@link #keyHeader}; empty for none. */
    String key = "";

    /** Where the last request took it to be, which is by way of what leads to it. */
    volatile String host = "";

    /** What was put into each collection, by id. */
    final Map<String, Map<String, Stored>> collections = new HashMap<>();

    /** What each collection was made with. */
    final Map<String, JsonNode> made = new TreeMap<>();

    /** A point as the server keeps it. */
    record Stored(String id, ObjectNode fields, JsonNode vector, JsonNode words) {}

    /** What is answered. */
    record Answer(int status, JsonNode body, Map<String, String> headers) {
        static Answer of(JsonNode body) {
            return new Answer(200, body, Map.of());
        }

        static Answer of(int status, String message) {
            return new Answer(status, Records.JSON.createObjectNode().put("message", message), Map.of());
        }
    }

    ProtocolDouble() {
        // The JDK's server writes headers and body apart; held back, each answer would take 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                var text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                var body = text.isEmpty() ? Records.JSON.createObjectNode() : Records.JSON.readTree(text);
                Answer answer;
                host = "http://" + exchange.getRequestHeaders().getFirst("Host");
                try {
                    answer = isAllowed(exchange.getRequestHeaders().getFirst(keyHeader()))
                            ? answer(
                                    exchange.getRequestMethod(),
                                    exchange.getRequestURI().toString(),
                                    body)
                            : Answer.of(401, "the key is wrong");
                } catch (RuntimeException e) {
                    answer = Answer.of(400, e.toString());
                }
                var bytes = answer.body().toString().getBytes(StandardCharsets.UTF_8);
                answer.headers().forEach(exchange.getResponseHeaders()::add);
                exchange.sendResponseHeaders(answer.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    private boolean isAllowed(String given) {
        return key.isEmpty() || given != null && given.endsWith(key);
    }

    private synchronized Answer answer(String method, String uri, JsonNode body) {
        int question = uri.indexOf('?');
        var path = question < 0 ? uri : uri.substring(0, question);
        var query = question < 0 ? "" : uri.substring(question + 1);
        return answer(method, List.of(path.substring(1).split("/")), query, body);
    }

    abstract String keyHeader();

    abstract Answer answer(String method, List<String> path, String query, JsonNode body);

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    Map<String, Stored> points(String collection) {
        return collections.computeIfAbsent(collection, name -> new TreeMap<>());
    }

    List<Stored> passing(String collection, Predicate<ObjectNode> filter) {
        return points(collection).values().stream()
                .filter(point -> filter.test(point.fields()))
                .toList();
    }

    /** The best by a measure, best first. */
    static List<Map.Entry<Stored, Double>> best(List<Stored> points, int count, ToDoubleFunction<Stored> measure) {
        var scored = new ArrayList<Map.Entry<Stored, Double>>();
        points.forEach(point -> scored.add(Map.entry(point, measure.applyAsDouble(point))));
        scored.sort(Map.Entry.<Stored, Double>comparingByValue()
                .reversed()
                .thenComparing(each -> each.getKey().id()));
        return scored.subList(0, Math.min(count, scored.size()));
    }

    static double product(JsonNode left, JsonNode right) {
        if (left.size() != right.size()) {
            throw new IllegalArgumentException("vectors of " + left.size() + " and " + right.size() + " numbers");
        }
        float sum = 0;
        for (int i = 0; i < left.size(); i++) {
            sum += (float) left.get(i).asDouble() * (float) right.get(i).asDouble();
        }
        return sum;
    }

    /** The product of two sparse vectors, {@code {indices, values}}. */
    static double sparseProduct(JsonNode left, JsonNode right) {
        var values = new HashMap<Long, Double>();
        for (int i = 0; i < left.path("indices").size(); i++) {
            values.put(
                    left.path("indices").get(i).asLong(),
                    left.path("values").get(i).asDouble());
        }
        double sum = 0;
        for (int i = 0; i < right.path("indices").size(); i++) {
            sum += values.getOrDefault(right.path("indices").get(i).asLong(), 0.0)
                    * right.path("values").get(i).asDouble();
        }
        return sum;
    }

    /** Whether a field has one of some values, or, being a list, holds one. */
    static boolean holdsAny(JsonNode field, JsonNode wanted) {
        var texts = new java.util.HashSet<String>();
        wanted.forEach(each -> texts.add(each.asText()));
        if (!field.isArray()) {
            return texts.contains(field.asText());
        }
        for (var each : field) {
            if (texts.contains(each.asText())) {
                return true;
            }
        }
        return false;
    }

    static ObjectNode object() {
        return Records.JSON.createObjectNode();
    }

    static ArrayNode array() {
        return Records.JSON.createArrayNode();
    }

    static Comparator<Stored> byId() {
        return Comparator.comparing(Stored::id);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
