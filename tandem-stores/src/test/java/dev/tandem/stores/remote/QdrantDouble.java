package dev.tandem.stores.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Predicate;

/** What Tandem uses of Qdrant's REST interface. */
final class QdrantDouble extends ProtocolDouble {
    @Override
    String keyHeader() {
        return "api-key";
    }

    @Override
    Answer answer(String method, List<String> path, String query, JsonNode body) {
        var name = path.get(1);
        var call = method + " " + String.join("/", path.subList(2, path.size()));
        if (call.equals("PUT ")) {
            made.put(name, body);
            collections.remove(name);
            return result(Records.JSON.getNodeFactory().booleanNode(true));
        }
        if (call.equals("DELETE ")) {
            collections.remove(name);
            return result(Records.JSON.getNodeFactory().booleanNode(made.remove(name) != null));
        }
        if (!made.containsKey(name)) {
            return new Answer(
                    404,
                    object().set("status", object().put("error", "Not found: Collection " + name)),
                    java.util.Map.of());
        }
        return switch (call) {
            case "GET " -> {
                var result = object();
                result.putObject("config").set("params", made.get(name));
                yield result(result.put("points_count", points(name).size()));
            }
            case "PUT index" -> result(object());
            case "PUT points" -> {
                for (var point : body.path("points")) {
                    var vector = point.path("vector").path("dense");
                    int size = made.get(name).at("/vectors/dense/size").asInt();
                    if (!vector.isMissingNode() && vector.size() != size) {
                        yield Answer.of(400, "Wrong input: Vector dimension error: expected dim: " + size);
                    }
                    points(name)
                            .put(
                                    point.path("id").asText(),
                                    new Stored(
                                            point.path("id").asText(),
                                            (ObjectNode) point.path("payload"),
                                            vector,
                                            point.path("vector").path("words")));
                }
                yield result(object());
            }
            case "POST points" -> {
                var found = array();
                body.path("ids").forEach(id -> {
                    var point = points(name).get(id.asText());
                    if (point != null) {
                        found.add(shown(point, body));
                    }
                });
                yield result(found);
            }
            case "POST points/scroll" -> {
                var all = passing(name, filter(body.path("filter"))).stream()
                        .filter(point -> !body.has("offset")
                                || point.id().compareTo(body.path("offset").asText()) >= 0)
                        .toList();
                int limit = body.path("limit").asInt();
                var result = object();
                var page = result.putArray("points");
                all.stream().limit(limit).forEach(point -> page.add(shown(point, body)));
                if (all.size() > limit) {
                    result.put("next_page_offset", all.get(limit).id());
                } else {
                    result.putNull("next_page_offset");
                }
                yield result(result);
            }
            case "POST points/count" ->
                result(object().put(
                                "count",
                                passing(name, filter(body.path("filter"))).size()));
            case "POST points/query" -> {
                boolean words = body.path("using").asText().equals("words");
                var question = body.path("query");
                var candidates = passing(name, filter(body.path("filter"))).stream()
                        .filter(point -> !words || sparseProduct(question, point.words()) != 0)
                        .toList();
                var result = object();
                var list = result.putArray("points");
                best(
                                candidates,
                                body.path("limit").asInt(),
                                point -> words
                                        ? sparseProduct(question, point.words())
                                        : product(question, point.vector()))
                        .forEach(each -> list.add(shown(each.getKey(), body).put("score", each.getValue())));
                yield result(result);
            }
            case "POST points/payload" -> {
                passing(name, filter(body.path("filter")))
                        .forEach(point -> point.fields().setAll((ObjectNode) body.path("payload")));
                yield result(object());
            }
            case "POST points/delete" -> {
                passing(name, filter(body.path("filter")))
                        .forEach(point -> points(name).remove(point.id()));
                yield result(object());
            }
            default -> Answer.of(405, call);
        };
    }

    private static Answer result(JsonNode result) {
        return Answer.of(object().set("result", result));
    }

    private static ObjectNode shown(Stored point, JsonNode asked) {
        var shown = object().put("id", point.id());
        var fields = shown.putObject("payload");
        var wanted = asked.path("with_payload");
        if (wanted.isArray()) {
            wanted.forEach(field -> fields.set(field.asText(), point.fields().path(field.asText())));
        } else {
            fields.setAll(point.fields());
        }
        if (asked.has("with_vector") && !point.vector().isMissingNode()) {
            shown.putObject("vector").set("dense", point.vector());
        }
        return shown;
    }

    private static Predicate<ObjectNode> filter(JsonNode filter) {
        Predicate<ObjectNode> all = fields -> true;
        for (var part : filter.path("must")) {
            all = all.and(condition(part));
        }
        for (var part : filter.path("must_not")) {
            all = all.and(condition(part).negate());
        }
        if (filter.has("should")) {
            Predicate<ObjectNode> any = fields -> false;
            for (var part : filter.path("should")) {
                any = any.or(condition(part));
            }
            all = all.and(any);
        }
        return all;
    }

    private static Predicate<ObjectNode> condition(JsonNode condition) {
        if (!condition.has("key")) {
            return filter(condition);
        }
        var field = condition.path("key").asText();
        var range = condition.path("range");
        return condition.has("match")
                ? fields -> holdsAny(fields.path(field), condition.at("/match/any"))
                : fields -> fields.path(field).asLong() <= range.path("lte").asLong(Long.MAX_VALUE)
                        && fields.path(field).asLong() > range.path("gt").asLong(Long.MIN_VALUE);
    }
}
