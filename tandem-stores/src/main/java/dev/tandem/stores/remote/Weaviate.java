package dev.tandem.stores.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weaviate by its REST and GraphQL interfaces (tried with 1.35; {@code ContainsNone} needs 1.33). Vectors are compared by their
 * product as they come; words are a text property with Weaviate's own BM25.
 *
 * <p>It cannot change many objects in one request, so those that a write marks are read and written again.
 */
final class Weaviate implements VectorDatabase {
    private static final int BATCH = 200;
    private static final int PAGE = 1_000;

    /** Weaviate's own limit, QUERY_MAXIMUM_RESULTS, unless it is set otherwise. */
    private static final int MOST = 10_000;

    private final JsonServer server;
    private final WeaviateQueries queries;

    Weaviate(JsonServer server) {
        this.server = server;
        this.queries = new WeaviateQueries(server);
    }

    @Override
    public String describe() {
        return server.describe();
    }

    @Override
    public void create(PointCollection collection) {
        var there = server.get("/v1/schema/" + WeaviateQueries.name(collection));
        if (!there.isMissing()) {
            requireOurs(collection, there.body());
            return;
        }
        var wanted = JsonServer.object()
                .put("class", WeaviateQueries.name(collection))
                .put("description", "Tandem's " + collection.kind() + " of " + collection.dimension() + " numbers")
                .put("vectorizer", "none")
                .put("vectorIndexType", "hnsw");
        wanted.putObject("vectorIndexConfig")
                .put("distance", "dot")
                .put("skip", collection.kind() != PointCollection.Kind.PASSAGES);
        wanted.putObject("invertedIndexConfig").putObject("stopwords").put("preset", "none");
        var properties = wanted.putArray("properties");
        property(properties, Point.DOCUMENT, "text", "field", true, false);
        property(properties, Point.ORDINAL, "int", "", true, false);
        property(properties, Point.FROM, "int", "", true, false);
        property(properties, Point.UNTIL, "int", "", true, false);
        property(properties, Point.STORED, "text", "field", false, false);
        if (collection.kind() == PointCollection.Kind.PASSAGES) {
            property(properties, Point.TAGS, "text[]", "field", true, false);
            property(properties, Point.STEMS, "text[]", "whitespace", true, true);
            property(properties, Point.CONTENT, "text", "field", true, false);
            property(properties, Point.TOKENS, "text", "field", false, false);
        }
        server.post("/v1/schema", wanted);
    }

    private static void property(
            ArrayNode properties, String name, String type, String tokenization, boolean filtered, boolean searched) {
        var property = properties.addObject().put("name", name);
        property.putArray("dataType").add(type);
        property.put("indexFilterable", filtered);
        if (!tokenization.isEmpty()) {
            property.put("tokenization", tokenization).put("indexSearchable", searched);
        } else {
            property.put("indexRangeFilters", true);
        }
    }

    private void requireOurs(PointCollection collection, JsonNode schema) {
        var description = "Tandem's " + collection.kind() + " of " + collection.dimension() + " numbers";
        if (!schema.path("description").asText().equals(description)) {
            throw new MendableException("The class " + WeaviateQueries.name(collection) + " in " + describe()
                    + " is there already and holds something else: set store.name to another name, or delete it.");
        }
    }

    @Override
    public void drop(PointCollection collection) {
        // Looked up first: a deletion is agreed upon by all nodes and written to disk, though nothing be there.
        var path = "/v1/schema/" + WeaviateQueries.name(collection);
        if (!server.get(path).isMissing()) {
            server.delete(path);
        }
    }

    @Override
    public void put(PointCollection collection, List<Point> points) {
        for (int from = 0; from < points.size(); from += BATCH) {
            var batch = JsonServer.object();
            var objects = batch.putArray("objects");
            for (var point : points.subList(from, Math.min(points.size(), from + BATCH))) {
                var object = objects.addObject()
                        .put("class", WeaviateQueries.name(collection))
                        .put("id", point.id());
                PointJson.write(point, object.putObject("properties"));
                if (point.vector().length > 0) {
                    PointJson.write(point.vector(), object.putArray("vector"));
                }
            }
            for (var written : server.post("/v1/batch/objects", batch).body()) {
                if (written.at("/result/errors").has("error")) {
                    throw refused(collection, written.at("/result/errors").toString());
                }
            }
        }
    }

    private RuntimeException refused(PointCollection collection, String said) {
        return said.contains("could not find class") || said.contains("class not found")
                ? PointJson.gone(describe(), WeaviateQueries.name(collection))
                : new IllegalStateException(describe() + " did not take what was written: " + said);
    }

    @Override
    public void mark(PointCollection collection, Condition condition, long until) {
        // What is marked already is written again, which changes nothing, should a page fall short of all.
        var unmarked = condition.and(
                until == Point.LIVING
                        ? new Condition.AtMost(Point.UNTIL, Point.LIVING - 1)
                        : new Condition.Above(Point.UNTIL, until));
        for (var page = find(collection, unmarked, BATCH, Wanted.EVERYTHING); !page.isEmpty(); ) {
            put(collection, page.stream().map(point -> point.until(until)).toList());
            page = find(collection, unmarked, BATCH, Wanted.EVERYTHING);
        }
    }

    @Override
    public void delete(PointCollection collection, Condition condition) {
        var asked = JsonServer.object().put("output", "minimal");
        var match = asked.putObject("match").put("class", WeaviateQueries.name(collection));
        match.set("where", WeaviateQueries.where(condition));
        while (true) {
            var results = server.delete("/v1/batch/objects", asked).body().path("results");
            if (results.path("failed").asInt() > 0) {
                throw refused(collection, results.toString());
            }
            if (results.path("matches").asInt() < results.path("limit").asInt(MOST)) {
                return;
            }
        }
    }

    @Override
    public void settle(PointCollection collection) {
        // A write is answered when searches see it, unless the server was started with ASYNC_INDEXING, which scans what
        // is queued.
    }

    @Override
    public List<Point> fetch(PointCollection collection, List<String> ids, Wanted wanted) {
        if (collection.kind() == PointCollection.Kind.COMMITS) {
            return fetchOneByOne(collection, ids);
        }
        var points = new ArrayList<Point>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            var some = ids.subList(from, Math.min(ids.size(), from + BATCH));
            points.addAll(queries.get(
                    collection, "where:" + WeaviateQueries.literal(WeaviateQueries.ids(some)), some.size(), wanted));
        }
        return points;
    }

    /** By id and not by query, which does not know a class that is not there yet. */
    private List<Point> fetchOneByOne(PointCollection collection, List<String> ids) {
        var points = new ArrayList<Point>();
        for (var id : ids) {
            var object = server.get("/v1/objects/" + WeaviateQueries.name(collection) + "/" + id);
            if (!object.isMissing()) {
                points.add(PointJson.read(
                        id, object.body().path("properties"), object.body().path("vector")));
            }
        }
        return points;
    }

    @Override
    public List<Point> find(PointCollection collection, Condition condition, int count, Wanted wanted) {
        return queries.get(
                collection, "where:" + WeaviateQueries.literal(WeaviateQueries.where(condition)), count, wanted);
    }

    @Override
    public List<Point> all(PointCollection collection, Condition condition) {
        // Its cursor takes no condition, and what does not pass is little: documents of the commit before.
        var points = new ArrayList<Point>();
        var after = "";
        while (true) {
            var path = "/v1/objects?class=" + WeaviateQueries.name(collection) + "&limit=" + PAGE
                    + (after.isEmpty() ? "&after=" : "&after=" + after);
            var reply = server.get(path);
            if (reply.isMissing()) {
                throw PointJson.gone(describe(), WeaviateQueries.name(collection));
            }
            var page = reply.body().path("objects");
            for (var object : page) {
                after = object.path("id").asText();
                var point = PointJson.read(after, object.path("properties"), object.path("vector"));
                if (passes(point, condition)) {
                    points.add(point);
                }
            }
            if (page.size() < PAGE) {
                return points;
            }
        }
    }

    private static boolean passes(Point point, Condition condition) {
        return switch (condition) {
            case Condition.AtMost(String field, long limit) -> number(point, field) <= limit;
            case Condition.Above(String field, long limit) -> number(point, field) > limit;
            case Condition.And(List<Condition> parts) -> parts.stream().allMatch(part -> passes(point, part));
            default -> throw new IllegalArgumentException("All points are only asked for by commit");
        };
    }

    private static long number(Point point, String field) {
        return field.equals(Point.FROM) ? point.from() : point.until();
    }

    @Override
    public Map<String, Integer> frequencies(PointCollection collection, List<String> stems, Condition condition) {
        var counts = new HashMap<String, Integer>();
        for (int from = 0; from < stems.size(); from += BATCH) {
            counts.putAll(queries.frequencies(
                    collection, stems.subList(from, Math.min(stems.size(), from + BATCH)), condition));
        }
        return counts;
    }

    @Override
    public List<Hit> nearest(
            PointCollection collection, float[] vector, int count, Condition condition, boolean inFull) {
        // The server compares all vectors by itself where a filter leaves fewer than 40,000, and there always is a
        // filter.
        var numbers = Records.JSON.createArrayNode();
        PointJson.write(vector, numbers);
        return queries.search(
                collection, "nearVector:{vector:" + numbers + "}", "distance", count, condition, Wanted.PLACE);
    }

    @Override
    public List<Hit> matching(PointCollection collection, Map<String, Double> weights, int count, Condition condition) {
        var question = Records.JSON.getNodeFactory().textNode(String.join(" ", Set.copyOf(weights.keySet())));
        return queries.search(
                collection,
                "bm25:{query:" + question + ",properties:[\"" + Point.STEMS + "\"]}",
                "score",
                count,
                condition,
                Wanted.WORDS);
    }

    @Override
    public int mostFound() {
        return MOST;
    }
}
