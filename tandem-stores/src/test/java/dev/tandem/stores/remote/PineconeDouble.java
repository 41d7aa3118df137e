package dev.tandem.stores.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What Tandem uses of Pinecone's REST interface of October 2025, with its limits on what a request may hold. The first request
 * after a write says that it is not indexed yet, as Pinecone's searches lag behind its writes.
 */
final class PineconeDouble extends ProtocolDouble {
    private long written;
    private long seen;

    @Override
    String keyHeader() {
        return "Api-Key";
    }

    @Override
    Answer answer(String method, List<String> path, String query, JsonNode body) {
        if (path.getFirst().equals("indexes")) {
            return control(method, path, body);
        }
        var index = path.get(1);
        if (!made.containsKey(index)) {
            return Answer.of(404, "no such index");
        }
        var call = String.join("/", path.subList(2, path.size()));
        var namespace = body.has("namespace")
                ? body.path("namespace").asText()
                : query.replaceAll(".*namespace=([^&]*).*", "$1");
        boolean writes =
                List.of("vectors/upsert", "vectors/update", "vectors/delete").contains(call);
        if (writes) {
            written++;
        }
        var answer = data(index, index + "/" + namespace, call, query, body);
        var number = writes
                ? Map.of("x-pinecone-request-lsn", Long.toString(written))
                : Map.of("x-pinecone-max-indexed-lsn", Long.toString(seen));
        seen = writes ? seen : written;
        return new Answer(answer.status(), answer.body(), number);
    }

    private Answer control(String method, List<String> path, JsonNode body) {
        if (method.equals("POST")) {
            made.put(body.path("name").asText(), body);
            return new Answer(201, body, Map.of());
        }
        var name = path.get(1);
        var index = made.get(name);
        if (index == null) {
            return Answer.of(404, "Resource " + name + " not found");
        }
        if (method.equals("DELETE")) {
            made.remove(name);
            collections.keySet().removeIf(each -> each.startsWith(name + "/"));
            return new Answer(202, object(), Map.of());
        }
        var described = ((ObjectNode) index.deepCopy()).put("host", host + "/host/" + name);
        described.putObject("status").put("ready", true);
        return Answer.of(described);
    }

    private Answer data(String index, String place, String call, String query, JsonNode body) {
        return switch (call) {
            case "vectors/upsert" -> upsert(index, place, body);
            case "vectors/update" -> {
                passing(place, filter(body.path("filter")))
                        .forEach(point -> point.fields().setAll((ObjectNode) body.path("setMetadata")));
                yield Answer.of(object());
            }
            case "vectors/delete" -> {
                if (body.path("deleteAll").asBoolean()) {
                    collections.remove(place);
                } else {
                    passing(place, filter(body.path("filter")))
                            .forEach(point -> points(place).remove(point.id()));
                }
                yield Answer.of(object());
            }
            case "vectors/list" -> Answer.of(object().set("vectors", array()));
            case "vectors/fetch" -> {
                var found = new ArrayList<Stored>();
                for (var part : query.split("&", -1)) {
                    var point = part.startsWith("ids=") ? points(place).get(part.substring(4)) : null;
                    if (point != null) {
                        found.add(point);
                    }
                }
                yield Answer.of(vectors(found));
            }
            case "vectors/fetch_by_metadata" -> {
                var all = passing(place, filter(body.path("filter"))).stream()
                        .filter(point -> !body.has("paginationToken")
                                || point.id()
                                                .compareTo(body.path("paginationToken")
                                                        .asText())
                                        > 0)
                        .toList();
                int limit = Math.min(all.size(), body.path("limit").asInt());
                var page = vectors(all.subList(0, limit));
                if (limit < all.size()) {
                    page.putObject("pagination").put("next", all.get(limit - 1).id());
                }
                yield Answer.of(page);
            }
            case "query" -> search(place, body);
            default -> Answer.of(405, call);
        };
    }

    private Answer upsert(String index, String place, JsonNode body) {
        if (body.toString().length() > 2_000_000 || body.path("vectors").size() > 1_000) {
            return Answer.of(400, "the request is too large");
        }
        for (var vector : body.path("vectors")) {
            boolean nothing = true;
            for (var number : vector.path("values")) {
                nothing &= number.asDouble() == 0;
            }
            if (nothing
                    || vector.path("values").size()
                            != Objects.requireNonNull(made.get(index))
                                    .path("dimension")
                                    .asInt()) {
                return Answer.of(
                        400, "Dense vectors must contain at least one non-zero value, of the index's dimension");
            }
            if (vector.path("metadata").toString().length() > 40_960) {
                return Answer.of(400, "metadata size exceeds the limit of 40960 bytes per vector");
            }
            points(place)
                    .put(
                            vector.path("id").asText(),
                            new Stored(
                                    vector.path("id").asText(),
                                    (ObjectNode) vector.path("metadata"),
                                    vector.path("values"),
                                    vector.path("sparseValues")));
        }
        return Answer.of(object().put("upsertedCount", body.path("vectors").size()));
    }

    private static ObjectNode vectors(List<Stored> points) {
        var answer = object();
        var vectors = answer.putObject("vectors");
        for (var point : points) {
            var vector = vectors.putObject(point.id()).put("id", point.id());
            vector.set("values", point.vector());
            vector.set("metadata", point.fields());
        }
        return answer;
    }

    private Answer search(String place, JsonNode body) {
        int count = body.path("topK").asInt();
        boolean fields = body.path("includeMetadata").asBoolean();
        if (count > 10_000 || count < 1) {
            return Answer.of(400, "topK must be between 1 and 10000");
        }
        var answer = object();
        var matches = answer.putArray("matches");
        best(
                        passing(place, filter(body.path("filter"))),
                        count,
                        point -> product(body.path("vector"), point.vector())
                                + sparseProduct(
                                        body.has("sparseVector")
                                                ? body.path("sparseVector")
                                                : MissingNode.getInstance(),
                                        point.words()))
                .forEach(each -> {
                    var match =
                            matches.addObject().put("id", each.getKey().id()).put("score", each.getValue());
                    if (fields) {
                        match.set("metadata", each.getKey().fields());
                    }
                });
        return answer.toString().length() > 4_000_000 ? Answer.of(400, "the result is over 4 MB") : Answer.of(answer);
    }

    private static Predicate<ObjectNode> filter(JsonNode filter) {
        var entry = filter.properties().iterator().next();
        var name = entry.getKey();
        var value = entry.getValue();
        if (name.equals("$and") || name.equals("$or")) {
            Predicate<ObjectNode> joined = fields -> name.equals("$and");
            for (var part : value) {
                joined = name.equals("$and") ? joined.and(filter(part)) : joined.or(filter(part));
            }
            return joined;
        }
        var operator = value.properties().iterator().next();
        var operand = operator.getValue();
        return switch (operator.getKey()) {
            case "$in" -> fields -> holdsAny(fields.path(name), operand);
            case "$nin" -> fields -> !holdsAny(fields.path(name), operand);
            case "$lte" -> fields -> fields.path(name).asLong() <= operand.asLong();
            case "$gt" -> fields -> fields.path(name).asLong() > operand.asLong();
            default -> throw new IllegalArgumentException(operator.getKey());
        };
    }
}
