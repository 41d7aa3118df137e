package dev.tandem.stores.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Pinecone's serverless indexes by its REST interface of October 2025. An index of its own holds each edition's vectors and words
 * (dense and sparse, compared by their product); what is only read, which can be larger than a search's answer may be, lies beside it
 * in an index of small vectors, as do documents and commits.
 *
 * <p>Written from Pinecone's documentation and tried against a double made from it; Pinecone's service cannot be run elsewhere.
 */
final class Pinecone implements VectorDatabase {
    /** An update takes 2 MB and 1,000 records; this leaves room for the JSON around. */
    private static final int BATCH_BYTES = 1_500_000;

    private static final int BATCH = 500;
    private static final int LARGEST_RECORD = 40_000;

    /** Ids that one request names in its address. */
    private static final int PAGE = 100;

    /** With fields a search gives 4 MB at most; without, this is its limit. */
    private static final int MOST = 10_000;

    private static final int MOST_WITH_FIELDS = 1_000;

    private final PineconeIndexes indexes;

    Pinecone(PineconeIndexes indexes) {
        this.indexes = indexes;
    }

    @Override
    public String describe() {
        return indexes.describe();
    }

    /** Where points of a collection lie: passages in two places under the same id. */
    private record Part(String index, String namespace, boolean vectors) {}

    private static Part main(PointCollection collection) {
        return collection.kind() == PointCollection.Kind.PASSAGES
                ? new Part(collection.name("-"), "passages", true)
                : new Part(
                        collection.index() + "-records",
                        collection.kind() == PointCollection.Kind.COMMITS
                                ? "commits"
                                : "documents-" + collection.edition(),
                        false);
    }

    private static List<Part> parts(PointCollection collection) {
        return collection.kind() == PointCollection.Kind.PASSAGES
                ? List.of(main(collection), texts(collection))
                : List.of(main(collection));
    }

    private static Part texts(PointCollection collection) {
        return new Part(collection.index() + "-records", "texts-" + collection.edition(), false);
    }

    @Override
    public void create(PointCollection collection) {
        boolean passages = collection.kind() == PointCollection.Kind.PASSAGES;
        indexes.create(main(collection).index(), passages ? collection.dimension() : PineconeRecords.DIMENSION);
    }

    @Override
    public void drop(PointCollection collection) {
        for (var part : parts(collection)) {
            if (part.vectors()) {
                indexes.drop(part.index());
            } else if (indexes.isThere(part.index())) {
                indexes.post(
                        part.index(),
                        "/vectors/delete",
                        JsonServer.object().put("deleteAll", true).put("namespace", part.namespace()));
            }
        }
    }

    @Override
    public void put(PointCollection collection, List<Point> points) {
        for (var part : parts(collection)) {
            var batch = new ArrayList<ObjectNode>();
            int bytes = 0;
            for (var record : records(part, points)) {
                int size = record.toString().length();
                if (!batch.isEmpty() && (bytes + size > BATCH_BYTES || batch.size() == BATCH)) {
                    upsert(part, batch);
                    batch.clear();
                    bytes = 0;
                }
                batch.add(record);
                bytes += size;
            }
            upsert(part, batch);
        }
    }

    private void upsert(Part part, List<ObjectNode> batch) {
        if (!batch.isEmpty()) {
            var asked = JsonServer.object().put("namespace", part.namespace());
            asked.putArray("vectors").addAll(batch);
            indexes.post(part.index(), "/vectors/upsert", asked);
        }
    }

    private static List<ObjectNode> records(Part part, List<Point> points) {
        return part.vectors()
                ? points.stream().map(Pinecone::record).toList()
                : points.stream()
                        .flatMap(point -> PineconeRecords.records(point).stream())
                        .toList();
    }

    private static ObjectNode record(Point point) {
        var record = JsonServer.object().put("id", point.id());
        var fields = record.putObject("metadata");
        PointJson.write(point, fields);
        fields.remove(List.of(Point.STORED, Point.TOKENS));
        PointJson.write(point.vector(), record.putArray("values"));
        if (!point.stems().isEmpty()) {
            var words = record.putObject("sparseValues");
            SparseWords.write(
                    SparseWords.ofPassage(point.stems()), words.putArray("indices"), words.putArray("values"));
        }
        if (fields.toString().getBytes(StandardCharsets.UTF_8).length > LARGEST_RECORD) {
            throw new MendableException(
                    "Pinecone keeps at most 40 kB of words and metadata beside a vector, and a passage of "
                            + point.document() + " has more: set passages.tokens lower, or use another store.");
        }
        return record;
    }

    @Override
    public void mark(PointCollection collection, Condition condition, long until) {
        for (var part : parts(collection)) {
            var asked = JsonServer.object().put("namespace", part.namespace());
            asked.set("filter", filter(condition));
            asked.putObject("setMetadata").put(Point.UNTIL, until);
            indexes.post(part.index(), "/vectors/update", asked);
        }
    }

    @Override
    public void delete(PointCollection collection, Condition condition) {
        for (var part : parts(collection)) {
            var asked = JsonServer.object().put("namespace", part.namespace());
            asked.set("filter", filter(condition));
            indexes.post(part.index(), "/vectors/delete", asked);
        }
    }

    @Override
    public void settle(PointCollection collection) {
        parts(collection).forEach(part -> indexes.settle(part.index()));
    }

    @Override
    public List<Point> fetch(PointCollection collection, List<String> ids, Wanted wanted) {
        if (!indexes.isThere(main(collection).index())) {
            return List.of();
        }
        var found = fetch(main(collection), ids);
        boolean whole = wanted == Wanted.FIELDS || wanted == Wanted.EVERYTHING;
        return collection.kind() == PointCollection.Kind.PASSAGES && whole
                ? withTexts(collection, found)
                : List.copyOf(found.values());
    }

    private Map<String, Point> fetch(Part part, List<String> ids) {
        return points(part, look(part, ids).values());
    }

    private Map<String, JsonNode> look(Part part, List<String> ids) {
        var records = new HashMap<String, JsonNode>();
        for (int from = 0; from < ids.size(); from += PAGE) {
            var path = "/vectors/fetch?namespace=" + part.namespace() + "&ids="
                    + String.join("&ids=", ids.subList(from, Math.min(ids.size(), from + PAGE)));
            indexes.get(part.index(), path)
                    .path("vectors")
                    .forEach(each -> records.put(each.path("id").asText(), each));
        }
        return records;
    }

    /** Records as points by id; of texts in pieces the rest is looked up. */
    private Map<String, Point> points(Part part, Collection<JsonNode> records) {
        var points = new HashMap<String, Point>();
        if (part.vectors()) {
            records.forEach(each -> points.put(
                    each.path("id").asText(),
                    PointJson.read(each.path("id").asText(), each.path("metadata"), each.path("values"))));
            return points;
        }
        var rest = look(
                part,
                records.stream()
                        .flatMap(each -> PineconeRecords.rest(each).stream())
                        .toList());
        records.forEach(each -> points.put(each.path("id").asText(), PineconeRecords.point(each, rest)));
        return points;
    }

    private List<Point> withTexts(PointCollection collection, Map<String, Point> found) {
        var texts = fetch(texts(collection), List.copyOf(found.keySet()));
        return found.values().stream()
                .filter(point -> texts.containsKey(point.id()))
                .map(point -> {
                    var text = Objects.requireNonNull(texts.get(point.id()), "filtered above");
                    return new Point(
                            point.id(),
                            point.document(),
                            point.ordinal(),
                            point.from(),
                            point.until(),
                            point.tags(),
                            point.stems(),
                            point.content(),
                            text.stored(),
                            text.tokens(),
                            point.vector());
                })
                .toList();
    }

    @Override
    public List<Point> find(PointCollection collection, Condition condition, int count, Wanted wanted) {
        var found = some(main(collection), condition, count);
        return collection.kind() == PointCollection.Kind.PASSAGES
                ? withTexts(collection, found)
                : List.copyOf(found.values());
    }

    @Override
    public List<Point> all(PointCollection collection, Condition condition) {
        return List.copyOf(some(main(collection), condition, Integer.MAX_VALUE).values());
    }

    private Map<String, Point> some(Part part, Condition condition, int count) {
        var records = new ArrayList<JsonNode>();
        var asked = JsonServer.object().put("namespace", part.namespace());
        asked.set(
                "filter",
                filter(part.vectors() ? condition : condition.and(new Condition.AtMost(PineconeRecords.PIECE, 0))));
        while (true) {
            asked.put("limit", Math.min(PAGE, count - records.size()));
            var reply = indexes.post(part.index(), "/vectors/fetch_by_metadata", asked);
            reply.path("vectors").forEach(records::add);
            var next = reply.at("/pagination/next").asText();
            if (next.isEmpty() || records.size() >= count) {
                return points(part, records);
            }
            asked.put("paginationToken", next);
        }
    }

    @Override
    public Map<String, Integer> frequencies(PointCollection collection, List<String> stems, Condition condition) {
        // It counts nothing by condition; a search for all that hold the word, ids only, tells up to its limit.
        var first = new float[collection.dimension()];
        first[0] = 1;
        return PointJson.together(stems, stem -> {
            var asked = JsonServer.object();
            PointJson.write(first, asked.putArray("vector"));
            return query(
                            collection,
                            asked,
                            MOST,
                            Condition.is(Point.STEMS, stem).and(condition),
                            false)
                    .size();
        });
    }

    @Override
    public List<Hit> nearest(
            PointCollection collection, float[] vector, int count, Condition condition, boolean inFull) {
        var asked = JsonServer.object();
        PointJson.write(vector, asked.putArray("vector"));
        return hits(collection, asked, count, condition);
    }

    @Override
    public List<Hit> matching(PointCollection collection, Map<String, Double> weights, int count, Condition condition) {
        var asked = JsonServer.object();
        // Dense and sparse products are added, so that of nothing leaves the words'.
        PointJson.write(new float[collection.dimension()], asked.putArray("vector"));
        var words = asked.putObject("sparseVector");
        SparseWords.write(weights, words.putArray("indices"), words.putArray("values"));
        // Without it, passages that hold none of the words would come too, with a product of nothing.
        var holds = new Condition.AnyOf(Point.STEMS, List.copyOf(weights.keySet()));
        return hits(collection, asked, count, holds.and(condition));
    }

    private List<Hit> hits(PointCollection collection, ObjectNode asked, int count, Condition condition) {
        boolean fields = count <= MOST_WITH_FIELDS;
        var matches = query(collection, asked, count, condition, fields);
        var points = new HashMap<String, Point>();
        if (fields) {
            matches.forEach(match -> points.put(
                    match.path("id").asText(),
                    PointJson.read(match.path("id").asText(), match.path("metadata"), match.path("values"))));
        } else {
            var ids = new ArrayList<String>();
            matches.forEach(match -> ids.add(match.path("id").asText()));
            points.putAll(fetch(main(collection), ids));
        }
        var hits = new ArrayList<Hit>();
        for (var match : matches) {
            var point = points.get(match.path("id").asText());
            if (point != null) {
                hits.add(new Hit(point, match.path("score").asDouble()));
            }
        }
        return hits;
    }

    private JsonNode query(
            PointCollection collection, ObjectNode asked, int count, Condition condition, boolean fields) {
        var part = main(collection);
        asked.put("namespace", part.namespace())
                .put("topK", count)
                .put("includeMetadata", fields)
                .put("includeValues", false);
        asked.set("filter", filter(condition));
        return indexes.post(part.index(), "/query", asked).path("matches");
    }

    @Override
    public int mostFound() {
        return MOST;
    }

    private static ObjectNode filter(Condition condition) {
        var json = JsonServer.object();
        switch (condition) {
            case Condition.AnyOf(String field, List<String> values) ->
                texts(json.putObject(field).putArray("$in"), values);
            // On a list: holds none of them, as in MongoDB's language, which Pinecone's documentation says that its own
            // follows. A field that
            // is missing matches in MongoDB, but perhaps not here: every passage has tags.
            case Condition.NoneOf(String field, List<String> values) ->
                texts(json.putObject(field).putArray("$nin"), values);
            case Condition.AtMost(String field, long limit) ->
                json.putObject(field).put("$lte", limit);
            case Condition.Above(String field, long limit) ->
                json.putObject(field).put("$gt", limit);
            case Condition.And(List<Condition> parts) -> {
                var all = json.putArray("$and");
                parts.forEach(part -> all.add(filter(part)));
            }
            case Condition.Or(List<Condition> parts) -> {
                var any = json.putArray("$or");
                parts.forEach(part -> any.add(filter(part)));
            }
        }
        return json;
    }

    private static void texts(ArrayNode list, List<String> values) {
        Set.copyOf(values).forEach(list::add);
    }
}
