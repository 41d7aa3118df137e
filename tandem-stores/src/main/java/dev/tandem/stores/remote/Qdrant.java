package dev.tandem.stores.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Qdrant by its REST interface, of 1.10 or newer; tried against a double of it only. Vectors are compared by their product as they come, so
 * that they come back to the bit; words are a sparse vector whose dimensions are the words' checksums.
 */
final class Qdrant implements VectorDatabase {
    private static final String VECTOR = "dense";
    private static final String WORDS = "words";

    /** The server takes 32 MB a request; a passage with 3,072 dimensions and its token vectors is about 100 kB. */
    private static final int BATCH = 200;

    private static final int PAGE = 1_000;

    /** How far the graph is searched: more finds more and takes longer. */
    private static final int GRAPH_EFFORT = 256;

    private final JsonServer server;

    Qdrant(JsonServer server) {
        this.server = server;
    }

    @Override
    public String describe() {
        return server.describe();
    }

    private static String path(PointCollection collection) {
        return "/collections/" + collection.name("-");
    }

    @Override
    public void create(PointCollection collection) {
        var there = server.get(path(collection));
        if (!there.isMissing()) {
            requireOurs(collection, there.body().at("/result/config/params"));
            return;
        }
        var wanted = JsonServer.object();
        var vectors = wanted.putObject("vectors");
        if (collection.kind() == PointCollection.Kind.PASSAGES) {
            vectors.putObject(VECTOR).put("size", collection.dimension()).put("distance", "Dot");
            wanted.putObject("sparse_vectors").putObject(WORDS);
        }
        server.put(path(collection), wanted);
        index(collection, Point.DOCUMENT, "keyword");
        index(collection, Point.FROM, "integer");
        index(collection, Point.UNTIL, "integer");
        if (collection.kind() == PointCollection.Kind.PASSAGES) {
            index(collection, Point.ORDINAL, "integer");
            index(collection, Point.TAGS, "keyword");
            index(collection, Point.STEMS, "keyword");
            index(collection, Point.CONTENT, "keyword");
        }
    }

    private void index(PointCollection collection, String field, String schema) {
        server.put(
                path(collection) + "/index?wait=true",
                JsonServer.object().put("field_name", field).put("field_schema", schema));
    }

    private void requireOurs(PointCollection collection, JsonNode parameters) {
        var vectors = parameters.path("vectors");
        boolean ours = collection.kind() == PointCollection.Kind.PASSAGES
                ? vectors.path(VECTOR).path("size").asInt() == collection.dimension()
                        && parameters.path("sparse_vectors").has(WORDS)
                : vectors.isEmpty();
        if (!ours) {
            throw new MendableException("The collection " + collection.name("-") + " in " + describe()
                    + " is there already and holds something else: set store.name to another name, or delete it.");
        }
    }

    @Override
    public void drop(PointCollection collection) {
        server.delete(path(collection));
    }

    @Override
    public void put(PointCollection collection, List<Point> points) {
        for (int from = 0; from < points.size(); from += BATCH) {
            var batch = JsonServer.object();
            var list = batch.putArray("points");
            points.subList(from, Math.min(points.size(), from + BATCH))
                    .forEach(point -> write(point, list.addObject()));
            required(collection, server.put(path(collection) + "/points?wait=true", batch));
        }
    }

    private static void write(Point point, ObjectNode json) {
        json.put("id", point.id());
        PointJson.write(point, json.putObject("payload"));
        var vector = json.putObject("vector");
        if (point.vector().length > 0) {
            PointJson.write(point.vector(), vector.putArray(VECTOR));
            var words = vector.putObject(WORDS);
            SparseWords.write(
                    SparseWords.ofPassage(point.stems()), words.putArray("indices"), words.putArray("values"));
        }
    }

    @Override
    public void mark(PointCollection collection, Condition condition, long until) {
        var change = JsonServer.object();
        change.putObject("payload").put(Point.UNTIL, until);
        change.set("filter", filter(condition));
        required(collection, server.post(path(collection) + "/points/payload?wait=true", change));
    }

    @Override
    public void delete(PointCollection collection, Condition condition) {
        var change = JsonServer.object();
        change.set("filter", filter(condition));
        required(collection, server.post(path(collection) + "/points/delete?wait=true", change));
    }

    @Override
    public void settle(PointCollection collection) {
        // Every write above waits for itself.
    }

    private JsonNode required(PointCollection collection, JsonServer.Reply reply) {
        if (reply.isMissing()) {
            throw PointJson.gone(describe(), collection.name("-"));
        }
        return reply.body().path("result");
    }

    @Override
    public List<Point> fetch(PointCollection collection, List<String> ids, Wanted wanted) {
        var points = new ArrayList<Point>();
        for (int from = 0; from < ids.size(); from += PAGE) {
            var asked = wanted(JsonServer.object(), wanted);
            var list = asked.putArray("ids");
            ids.subList(from, Math.min(ids.size(), from + PAGE)).forEach(list::add);
            server.post(path(collection) + "/points", asked)
                    .body()
                    .path("result")
                    .forEach(each -> points.add(point(each)));
        }
        return points;
    }

    private static ObjectNode wanted(ObjectNode asked, Wanted wanted) {
        switch (wanted) {
            case PLACE -> asked.putArray("with_payload").add(Point.DOCUMENT).add(Point.ORDINAL);
            case WORDS ->
                asked.putArray("with_payload")
                        .add(Point.DOCUMENT)
                        .add(Point.ORDINAL)
                        .add(Point.STEMS);
            case FIELDS, EVERYTHING -> asked.put("with_payload", true);
        }
        if (wanted == Wanted.EVERYTHING) {
            asked.putArray("with_vector").add(VECTOR);
        }
        return asked;
    }

    private static Point point(JsonNode json) {
        return PointJson.read(
                json.path("id").asText(),
                json.path("payload"),
                json.path("vector").path(VECTOR));
    }

    @Override
    public List<Point> find(PointCollection collection, Condition condition, int count, Wanted wanted) {
        var asked = wanted(JsonServer.object().put("limit", count), wanted);
        asked.set("filter", filter(condition));
        var points = new ArrayList<Point>();
        required(collection, server.post(path(collection) + "/points/scroll", asked))
                .path("points")
                .forEach(each -> points.add(point(each)));
        return points;
    }

    @Override
    public List<Point> all(PointCollection collection, Condition condition) {
        var points = new ArrayList<Point>();
        var asked = wanted(JsonServer.object().put("limit", PAGE), Wanted.FIELDS);
        asked.set("filter", filter(condition));
        while (true) {
            var page = required(collection, server.post(path(collection) + "/points/scroll", asked));
            page.path("points").forEach(each -> points.add(point(each)));
            var next = page.path("next_page_offset");
            if (next.isNull() || next.isMissingNode()) {
                return points;
            }
            asked.set("offset", next);
        }
    }

    @Override
    public Map<String, Integer> frequencies(PointCollection collection, List<String> stems, Condition condition) {
        return PointJson.together(
                stems, stem -> count(collection, Condition.is(Point.STEMS, stem).and(condition)));
    }

    private int count(PointCollection collection, Condition condition) {
        var asked = JsonServer.object().put("exact", true);
        asked.set("filter", filter(condition));
        return required(collection, server.post(path(collection) + "/points/count", asked))
                .path("count")
                .asInt();
    }

    @Override
    public List<Hit> nearest(
            PointCollection collection, float[] vector, int count, Condition condition, boolean inFull) {
        var asked = JsonServer.object().put("using", VECTOR).put("limit", count);
        PointJson.write(vector, asked.putArray("query"));
        var parameters = asked.putObject("params");
        if (inFull) {
            parameters.put("exact", true);
        } else {
            parameters.put("hnsw_ef", GRAPH_EFFORT);
        }
        return query(collection, wanted(asked, Wanted.PLACE), condition);
    }

    @Override
    public List<Hit> matching(PointCollection collection, Map<String, Double> weights, int count, Condition condition) {
        var asked = JsonServer.object().put("using", WORDS).put("limit", count);
        var query = asked.putObject("query");
        SparseWords.write(weights, query.putArray("indices"), query.putArray("values"));
        return query(collection, wanted(asked, Wanted.WORDS), condition);
    }

    private List<Hit> query(PointCollection collection, ObjectNode asked, Condition condition) {
        asked.set("filter", filter(condition));
        var hits = new ArrayList<Hit>();
        required(collection, server.post(path(collection) + "/points/query", asked))
                .path("points")
                .forEach(
                        each -> hits.add(new Hit(point(each), each.path("score").asDouble())));
        return hits;
    }

    @Override
    public int mostFound() {
        return 100_000;
    }

    private static ObjectNode filter(Condition condition) {
        var json = JsonServer.object();
        switch (condition) {
            case Condition.AnyOf(String field, List<String> values) -> match(json.putArray("must"), field, values);
            case Condition.NoneOf(String field, List<String> values) -> match(json.putArray("must_not"), field, values);
            case Condition.AtMost(String field, long limit) ->
                json.putArray("must")
                        .addObject()
                        .put("key", field)
                        .putObject("range")
                        .put("lte", limit);
            case Condition.Above(String field, long limit) ->
                json.putArray("must")
                        .addObject()
                        .put("key", field)
                        .putObject("range")
                        .put("gt", limit);
            case Condition.And(List<Condition> parts) -> {
                var must = json.putArray("must");
                parts.forEach(part -> must.add(filter(part)));
            }
            case Condition.Or(List<Condition> parts) -> {
                var should = json.putArray("should");
                parts.forEach(part -> should.add(filter(part)));
            }
        }
        return json;
    }

    private static void match(ArrayNode conditions, String field, List<String> values) {
        var any = conditions.addObject().put("key", field).putObject("match").putArray("any");
        Set.copyOf(values).forEach(any::add);
    }
}
