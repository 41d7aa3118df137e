package dev.tandem.stores.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Weaviate's GraphQL: questions written and answers read. */
final class WeaviateQueries {

    /** What a list of texts is called in its REST interface; its GraphQL calls it as it does one. */
    private static final String TEXTS = "valueTextArray";

    private final JsonServer server;

    WeaviateQueries(JsonServer server) {
        this.server = server;
    }

    /** A class begins with a capital and has no hyphens. */
    static String name(PointCollection collection) {
        var name = collection.name("_").replace('-', '_');
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** A condition as the REST interface takes it. */
    static ObjectNode where(Condition condition) {
        var json = JsonServer.object();
        switch (condition) {
            case Condition.AnyOf(String field, List<String> values) -> texts(json, field, "ContainsAny", values);
            case Condition.NoneOf(String field, List<String> values) -> texts(json, field, "ContainsNone", values);
            case Condition.AtMost(String field, long limit) ->
                path(json.put("operator", "LessThanEqual").put("valueInt", limit), field);
            case Condition.Above(String field, long limit) ->
                path(json.put("operator", "GreaterThan").put("valueInt", limit), field);
            case Condition.And(List<Condition> parts) -> joined(json, "And", parts);
            case Condition.Or(List<Condition> parts) -> joined(json, "Or", parts);
        }
        return json;
    }

    /** The condition for some ids. */
    static ObjectNode ids(List<String> ids) {
        var json = JsonServer.object();
        texts(json, "id", "ContainsAny", ids);
        return json;
    }

    private static void texts(ObjectNode json, String field, String operator, List<String> values) {
        var texts = path(json.put("operator", operator), field).putArray(TEXTS);
        values.forEach(texts::add);
    }

    private static ObjectNode path(ObjectNode json, String field) {
        json.putArray("path").add(field);
        return json;
    }

    private static void joined(ObjectNode json, String operator, List<Condition> parts) {
        ArrayNode operands = json.put("operator", operator).putArray("operands");
        parts.forEach(part -> operands.add(where(part)));
    }

    /** A condition as GraphQL writes it: names without quotes, operators too. */
    static String literal(ObjectNode where) {
        var fields = new ArrayList<String>();
        where.properties().forEach(entry -> {
            var value = entry.getValue();
            if (entry.getKey().equals("operands")) {
                var operands = new ArrayList<String>();
                value.forEach(each -> operands.add(literal((ObjectNode) each)));
                fields.add("operands:[" + String.join(",", operands) + "]");
            } else if (entry.getKey().equals("operator")) {
                fields.add("operator:" + value.asText());
            } else {
                fields.add((entry.getKey().equals(TEXTS) ? "valueText" : entry.getKey()) + ":" + value);
            }
        });
        return "{" + String.join(",", fields) + "}";
    }

    List<Point> get(PointCollection collection, String arguments, int count, VectorDatabase.Wanted wanted) {
        var points = new ArrayList<Point>();
        ask(collection, arguments + ",limit:" + count, "", wanted)
                .forEach(object -> points.add(PointJson.read(
                        object.at("/_additional/id").asText(), object, object.at("/_additional/vector"))));
        return points;
    }

    /**
     * Searches.
     *
     * @param by the name of the measure: {@code distance}, which is the product's negative, or {@code score}
     */
    List<VectorDatabase.Hit> search(
            PointCollection collection,
            String search,
            String by,
            int count,
            Condition condition,
            VectorDatabase.Wanted wanted) {
        var hits = new ArrayList<VectorDatabase.Hit>();
        var arguments = search + ",where:" + literal(where(condition)) + ",limit:" + count;
        for (var object : ask(collection, arguments, by, wanted)) {
            double measure = object.at("/_additional/" + by).asDouble();
            hits.add(new VectorDatabase.Hit(
                    PointJson.read(object.at("/_additional/id").asText(), object, object.at("/_additional/vector")),
                    by.equals("distance") ? -measure : measure));
        }
        return hits;
    }

    private JsonNode ask(PointCollection collection, String arguments, String by, VectorDatabase.Wanted wanted) {
        var name = name(collection);
        var fields = switch (wanted) {
            case PLACE -> "document ordinal";
            case WORDS -> "document ordinal stems";
            case FIELDS, EVERYTHING ->
                collection.kind() == PointCollection.Kind.PASSAGES
                        ? "document ordinal from until tags stems content stored tokens"
                        : "document ordinal from until stored";
        };
        boolean vector =
                wanted == VectorDatabase.Wanted.EVERYTHING && collection.kind() == PointCollection.Kind.PASSAGES;
        var additional = ("id " + by + (vector ? " vector" : "")).strip();
        return run(collection, "{Get{" + name + "(" + arguments + "){" + fields + " _additional{" + additional + "}}}}")
                .path("Get")
                .path(name);
    }

    Map<String, Integer> frequencies(PointCollection collection, List<String> stems, Condition condition) {
        var name = name(collection);
        var query = new StringBuilder("{Aggregate{");
        for (int i = 0; i < stems.size(); i++) {
            var one = Condition.is(Point.STEMS, stems.get(i)).and(condition);
            query.append("w%d:%s(where:%s){meta{count}}".formatted(i, name, literal(where(one))))
                    .append(' ');
        }
        var counted = run(collection, query + "}}").path("Aggregate");
        var counts = new HashMap<String, Integer>();
        for (int i = 0; i < stems.size(); i++) {
            int count = counted.path("w" + i).path(0).at("/meta/count").asInt();
            if (count > 0) {
                counts.put(stems.get(i), count);
            }
        }
        return counts;
    }

    private JsonNode run(PointCollection collection, String query) {
        var reply = server.post("/v1/graphql", JsonServer.object().put("query", query))
                .body();
        if (reply.path("errors").size() > 0) {
            var said = reply.path("errors").path(0).path("message").asText();
            if (said.contains("Cannot query field \"" + name(collection) + "\"")
                    || said.contains("could not find class")) {
                throw PointJson.gone(server.describe(), name(collection));
            }
            if (said.contains("ContainsNone")) {
                throw new MendableException(
                        "Too old is " + server.describe() + " (" + said + "): Tandem needs Weaviate 1.33 or newer.");
            }
            throw new IllegalStateException(server.describe() + " did not understand: " + said);
        }
        return reply.path("data");
    }
}
