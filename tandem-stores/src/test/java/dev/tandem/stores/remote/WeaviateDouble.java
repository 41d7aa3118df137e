package dev.tandem.stores.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What Tandem uses of Weaviate's REST interface and, of its GraphQL, the two shapes of question that Tandem writes. */
final class WeaviateDouble extends ProtocolDouble {
    private static final ObjectMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();
    private static final Pattern OPERATOR = Pattern.compile("operator:([A-Za-z]+)");
    private static final Pattern AGGREGATE = Pattern.compile("(w\\d+):(\\w+)\\(");
    private static final int MOST = 10_000;

    @Override
    String keyHeader() {
        return "Authorization";
    }

    @Override
    Answer answer(String method, List<String> path, String query, JsonNode body) {
        var call = method + " " + path.get(1) + (path.size() > 2 && path.get(1).equals("batch") ? "/batch" : "");
        return switch (call) {
            case "POST schema" -> {
                made.put(body.path("class").asText(), body);
                yield Answer.of(body);
            }
            case "GET schema" -> {
                var schema = made.get(path.get(2));
                yield schema == null ? Answer.of(404, "no such class") : Answer.of(schema);
            }
            case "DELETE schema" -> {
                made.remove(path.get(2));
                collections.remove(path.get(2));
                yield Answer.of(object());
            }
            case "POST batch/batch" -> put(body);
            case "DELETE batch/batch" -> delete(body);
            case "GET objects" -> path.size() > 3 ? one(path.get(2), path.get(3)) : page(query);
            case "POST graphql" -> ask(body.path("query").asText());
            default -> Answer.of(405, call);
        };
    }

    private Answer put(JsonNode body) {
        var answers = array();
        for (var object : body.path("objects")) {
            var result = answers.addObject().putObject("result");
            var name = object.path("class").asText();
            if (!made.containsKey(name)) {
                result.putObject("errors")
                        .putArray("error")
                        .addObject()
                        .put("message", "could not find class " + name + " in schema");
                continue;
            }
            points(name)
                    .put(
                            object.path("id").asText(),
                            new Stored(
                                    object.path("id").asText(),
                                    ((ObjectNode) object.path("properties"))
                                            .put("id", object.path("id").asText()),
                                    object.path("vector"),
                                    object()));
        }
        return Answer.of(answers);
    }

    private Answer delete(JsonNode body) {
        var name = body.at("/match/class").asText();
        var matches = passing(name, where(body.at("/match/where"), "valueTextArray"));
        matches.stream().limit(MOST).forEach(point -> points(name).remove(point.id()));
        var answer = object();
        answer.putObject("results")
                .put("matches", matches.size())
                .put("limit", MOST)
                .put("failed", 0);
        return Answer.of(answer);
    }

    private Answer one(String name, String id) {
        var point = points(name).get(id);
        return point == null ? Answer.of(404, "") : Answer.of(object(point));
    }

    private static ObjectNode object(Stored point) {
        var json = object().put("id", point.id());
        json.set("properties", point.fields());
        return json;
    }

    private Answer page(String query) {
        var name = query.replaceAll(".*class=([^&]*).*", "$1");
        var after = query.replaceAll(".*after=([^&]*).*", "$1");
        int limit = Integer.parseInt(query.replaceAll(".*limit=([^&]*).*", "$1"));
        if (!made.containsKey(name)) {
            return Answer.of(404, "no such class");
        }
        var answer = object();
        var objects = answer.putArray("objects");
        points(name).values().stream()
                .filter(point -> point.id().compareTo(after) > 0)
                .limit(limit)
                .forEach(point -> objects.add(object(point)));
        return Answer.of(answer);
    }

    private Answer ask(String query) {
        var answer = object();
        var data = answer.putObject("data");
        if (query.startsWith("{Get{")) {
            int open = query.indexOf('(');
            var name = query.substring("{Get{".length(), open);
            if (!made.containsKey(name)) {
                answer.putArray("errors")
                        .addObject()
                        .put("message", "Cannot query field \"" + name + "\" on type \"GetObjectsObj\".");
                return Answer.of(answer);
            }
            var list = data.putObject("Get").putArray(name);
            found(name, arguments(query, open)).forEach(list::add);
        } else {
            var counts = data.putObject("Aggregate");
            var each = AGGREGATE.matcher(query);
            while (each.find()) {
                int count = passing(
                                each.group(2),
                                where(arguments(query, each.end() - 1).path("where"), "valueText"))
                        .size();
                counts.putArray(each.group(1)).addObject().putObject("meta").put("count", count);
            }
        }
        return Answer.of(answer);
    }

    private List<ObjectNode> found(String name, JsonNode arguments) {
        int limit = arguments.path("limit").asInt();
        if (limit > MOST) {
            throw new IllegalArgumentException("query maximum results exceeded");
        }
        var candidates = passing(name, where(arguments.path("where"), "valueText"));
        if (arguments.has("nearVector")) {
            return best(candidates, limit, point -> product(arguments.at("/nearVector/vector"), point.vector()))
                    .stream()
                    .map(each -> shown(each.getKey(), "distance", -each.getValue()))
                    .toList();
        }
        if (arguments.has("bm25")) {
            var words = Set.of(arguments.at("/bm25/query").asText().split(" "));
            return best(candidates, limit, point -> shared(words, point.fields().path("stems"))).stream()
                    .filter(each -> each.getValue() > 0)
                    .map(each -> shown(each.getKey(), "score", each.getValue()))
                    .toList();
        }
        return candidates.stream()
                .limit(limit)
                .map(point -> shown(point, "certainty", 0))
                .toList();
    }

    private static double shared(Set<String> words, JsonNode stems) {
        int shared = 0;
        for (var stem : stems) {
            shared += words.contains(stem.asText()) ? 1 : 0;
        }
        return shared / (20.0 + stems.size());
    }

    private static ObjectNode shown(Stored point, String by, double score) {
        var shown = point.fields().deepCopy();
        shown.putObject("_additional").put("id", point.id()).put(by, score).set("vector", point.vector());
        return shown;
    }

    /** The arguments that open at a bracket, as JSON. */
    private static JsonNode arguments(String query, int open) {
        boolean quoted = false;
        int depth = 0;
        for (int at = open; at < query.length(); at++) {
            char c = query.charAt(at);
            if (quoted && c == '\\') {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')' && --depth == 0) {
                try {
                    return LENIENT.readTree("{"
                            + OPERATOR.matcher(query.substring(open + 1, at)).replaceAll("operator:\"$1\"") + "}");
                } catch (JsonProcessingException e) {
                    throw new IllegalArgumentException(e);
                }
            }
        }
        throw new IllegalArgumentException("the bracket is not closed: " + query);
    }

    /**
     * A condition.
     *
     * @param texts what a list of texts is called, which differs between the two interfaces
     */
    private static Predicate<ObjectNode> where(JsonNode where, String texts) {
        var field = where.path("path").path(0).asText();
        return switch (where.path("operator").asText()) {
            case "And" -> {
                Predicate<ObjectNode> all = fields -> true;
                for (var part : where.path("operands")) {
                    all = all.and(where(part, texts));
                }
                yield all;
            }
            case "Or" -> {
                Predicate<ObjectNode> any = fields -> false;
                for (var part : where.path("operands")) {
                    any = any.or(where(part, texts));
                }
                yield any;
            }
            case "ContainsAny" -> fields -> holdsAny(fields.path(field), where.required(texts));
            case "ContainsNone" -> fields -> !holdsAny(fields.path(field), where.required(texts));
            case "LessThanEqual" ->
                fields -> fields.path(field).asLong() <= where.path("valueInt").asLong();
            case "GreaterThan" ->
                fields -> fields.path(field).asLong() > where.path("valueInt").asLong();
            default -> throw new IllegalArgumentException(where.toString());
        };
    }
}
