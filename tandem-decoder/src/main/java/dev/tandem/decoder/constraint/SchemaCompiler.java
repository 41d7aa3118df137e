package dev.tandem.decoder.constraint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.decoder.constraint.SchemaReader.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/** A JSON Schema to a grammar: a rule a schema, made when it is first called, so that recursion is nothing special. */
final class SchemaCompiler {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaReader reader;
    private final GrammarBuilder builder = new GrammarBuilder();
    private final Structures structures = new Structures(builder);
    private final Scalars scalars;
    private final Map<String, Rule> rules = new HashMap<>();
    private final ArrayDeque<Runnable> todo = new ArrayDeque<>();

    SchemaCompiler(JsonNode schema, String name) {
        reader = new SchemaReader(schema, name);
        scalars = new Scalars(reader, builder);
    }

    Grammar grammar() {
        var place = reader.root();
        try {
            var root = builder.rule("#");
            var spaced = builder.literal(root.start(), " ");
            root.start().free.add(spaced);
            builder.call(spaced, rule(place), builder.end());
            while (!todo.isEmpty()) {
                todo.remove().run();
            }
            if (!builder.prune().contains(root.start())) {
                throw reader.fault(
                        place,
                        "no finite value satisfies the schema: look for bounds that contradict, or endless $ref.");
            }
            builder.leftRecursive().ifPresent(rule -> {
                throw reader.fault(
                        new Place(place.schema(), rule.name()),
                        "the schema is an alternative of itself: let its $ref lead somewhere else.");
            });
            return new Grammar(root);
        } catch (GrammarBuilder.TooLargeException | TooComplexToDeterminizeException e) {
            throw reader.fault(place, "the schema is too large: lower maxItems and maxLength, or leave them out.");
        }
    }

    /** What reads a schema's values; its body is made later. */
    private Rule rule(Place reference) {
        var place = reader.resolved(reference);
        if (reference.has("$ref")) {
            reader.only(reference, Set.of("$ref"), " beside $ref");
        }
        return remembered(place.pointer(), rule -> body(rule, place));
    }

    private Rule remembered(String key, Consumer<Rule> body) {
        var known = rules.get(key);
        if (known != null) {
            return known;
        }
        var rule = builder.rule(key);
        rules.put(key, rule);
        todo.add(() -> body.accept(rule));
        return rule;
    }

    private void body(Rule rule, Place place) {
        var schema = place.schema();
        if (schema.isBoolean() && schema.booleanValue()) {
            builder.alternatives(rule, List.of(any()));
        } else if (!schema.isObject()) {
            throw reader.fault(
                    place,
                    schema.isBoolean()
                            ? "no value satisfies the schema false: leave it out."
                            : "a schema is a JSON object, as {\"type\": \"string\"}, not " + schema + ".");
        } else if (place.has("enum") || place.has("const")) {
            reader.only(place, Set.of("enum", "const", "type"), " beside enum and const");
            values(rule, place);
        } else if (place.has("anyOf") || place.has("oneOf") || place.has("allOf")) {
            var keyword = place.has("anyOf") ? "anyOf" : place.has("oneOf") ? "oneOf" : "allOf";
            reader.only(place, Set.of(keyword), " beside " + keyword);
            alternatives(rule, place.at(keyword), keyword);
        } else {
            var known = new HashSet<>(Set.of("type"));
            EnumSet.allOf(ValueType.class).forEach(type -> known.addAll(type.keywords()));
            reader.only(place, known, "");
            var types = types(place);
            builder.alternatives(
                    rule,
                    types.isEmpty()
                            ? List.of(any())
                            : types.stream().map(type -> ofType(type, place)).toList());
        }
    }

    private void alternatives(Rule rule, Place list, String keyword) {
        if (!list.schema().isArray() || list.schema().isEmpty()) {
            throw reader.fault(list, "give a list of schemas.");
        }
        if (keyword.equals("allOf") && list.schema().size() > 1) {
            throw reader.fault(
                    list, "the keyword \"allOf\" is supported with one schema only: write them as one schema.");
        }
        var alternatives = new ArrayList<Rule>();
        for (int i = 0; i < list.schema().size(); i++) {
            alternatives.add(rule(list.at(i)));
        }
        builder.alternatives(rule, alternatives);
    }

    private void values(Rule rule, Place place) {
        var values = place.at("enum");
        if (place.has("enum") && !values.schema().isArray()) {
            throw reader.fault(values, "give a list of values.");
        }
        var types = place.has("type") ? types(place) : EnumSet.allOf(ValueType.class);
        var texts = new ArrayList<String>();
        for (var value :
                place.has("enum") ? values.schema() : List.of(place.schema().get("const"))) {
            reader.finite(new Place(value, place.pointer()));
            boolean isConst = !place.has("const") || value.equals(place.schema().get("const"));
            if (isConst && isOf(value, types)) {
                texts.add(text(value));
            }
        }
        builder.alternatives(rule, List.of(builder.terminalOfBytes(rule.name(), StringText.anyOf(texts))));
    }

    private static boolean isOf(JsonNode value, Set<ValueType> types) {
        return types.contains(
                        switch (value.getNodeType()) {
                            case OBJECT -> ValueType.OBJECT;
                            case ARRAY -> ValueType.ARRAY;
                            case STRING -> ValueType.STRING;
                            case NUMBER -> ValueType.NUMBER;
                            case BOOLEAN -> ValueType.BOOLEAN;
                            default -> ValueType.NULL;
                        })
                || (value.isNumber()
                        && types.contains(ValueType.INTEGER)
                        && value.decimalValue().stripTrailingZeros().scale() <= 0);
    }

    /** The types that a schema names or, if it names none, speaks of; empty for any. */
    private Set<ValueType> types(Place place) {
        var types = EnumSet.noneOf(ValueType.class);
        if (!place.has("type")) {
            // By the letter, a schema that only speaks of properties holds for every number as well; nobody means that.
            EnumSet.complementOf(EnumSet.of(ValueType.INTEGER)).stream()
                    .filter(type -> type.keywords().stream().anyMatch(place::has))
                    .forEach(types::add);
            return types;
        }
        var named = place.at("type");
        for (var each : named.schema().isArray() ? named.schema() : List.of(named.schema())) {
            types.add(ValueType.of(each.asText())
                    .orElseThrow(() -> reader.fault(
                            named,
                            "there is no type " + each + "; there are: "
                                    + EnumSet.allOf(ValueType.class).stream()
                                            .map(ValueType::word)
                                            .collect(Collectors.joining(", "))
                                    + ".")));
        }
        if (types.isEmpty()) {
            throw reader.fault(named, "name at least one type.");
        }
        return types;
    }

    private Rule ofType(ValueType type, Place place) {
        return switch (type) {
            case OBJECT -> remembered("object " + place.pointer(), rule -> object(rule, place));
            case ARRAY -> remembered("array " + place.pointer(), rule -> array(rule, place));
            case STRING -> scalars.string(place);
            case INTEGER -> scalars.integer(place);
            case NUMBER -> scalars.number(place);
            case BOOLEAN -> scalars.booleans();
            case NULL -> scalars.none();
        };
    }

    /** Any JSON value. */
    private Rule any() {
        return remembered("any", any -> {
            var object = builder.rule("any object");
            structures.object(object, List.of(), Optional.of(new Structures.Others(scalars.anyString(), any)));
            var array = builder.rule("any array");
            structures.array(array, new Structures.Elements(List.of(), Optional.of(any), 0, OptionalInt.empty()));
            builder.alternatives(
                    any,
                    List.of(
                            object,
                            array,
                            scalars.anyString(),
                            scalars.anyNumber(),
                            scalars.booleans(),
                            scalars.none()));
        });
    }

    private void object(Rule rule, Place place) {
        var named = place.at("properties");
        if (place.has("properties") && !named.schema().isObject()) {
            throw reader.fault(named, "give an object of schemas.");
        }
        var required = required(place);
        var names = new LinkedHashSet<String>();
        named.schema().fieldNames().forEachRemaining(names::add);
        var additional = place.at("additionalProperties");
        boolean closed = place.has("additionalProperties")
                ? additional.schema().isBoolean() && !additional.schema().booleanValue()
                : place.has("properties");
        var properties = new ArrayList<Structures.Property>();
        for (var name : names) {
            properties.add(new Structures.Property(text(name), rule(named.at(name)), required.contains(name)));
        }
        for (var name : required) {
            if (names.add(name)) {
                if (place.has("additionalProperties") && closed) {
                    throw reader.fault(
                            place.at("required"),
                            "\"" + name + "\" is required and not allowed: add it to properties.");
                }
                properties.add(new Structures.Property(text(name), other(place), true));
            }
        }
        structures.object(
                rule,
                properties,
                closed
                        ? Optional.empty()
                        : Optional.of(new Structures.Others(scalars.stringExcept(names), other(place))));
    }

    private Rule other(Place place) {
        return place.has("additionalProperties") ? rule(place.at("additionalProperties")) : any();
    }

    private Set<String> required(Place place) {
        var required = new LinkedHashSet<String>();
        var list = place.at("required");
        if (place.has("required") && !list.schema().isArray()) {
            throw reader.fault(list, "give a list of names.");
        }
        for (var each : list.schema()) {
            if (!each.isTextual()) {
                throw reader.fault(list, "give a list of names.");
            }
            required.add(each.asText());
        }
        return required;
    }

    private void array(Rule rule, Place place) {
        if (place.schema().path("uniqueItems").asBoolean()) {
            throw reader.fault(place.at("uniqueItems"), "the keyword \"uniqueItems\" is not supported: leave it out.");
        }
        int least = reader.count(place, "minItems").orElse(0);
        var most = reader.count(place, "maxItems");
        var first = new ArrayList<Rule>();
        var prefix = place.at("prefixItems");
        if (place.has("prefixItems") && !prefix.schema().isArray()) {
            throw reader.fault(prefix, "give a list of schemas.");
        }
        for (int i = 0; i < prefix.schema().size(); i++) {
            first.add(rule(prefix.at(i)));
        }
        var items = place.at("items");
        Optional<Rule> others;
        if (place.has("items")) {
            boolean none = items.schema().isBoolean() && !items.schema().booleanValue();
            others = none ? Optional.empty() : Optional.of(rule(items));
        } else {
            others = first.isEmpty() || least > first.size() ? Optional.of(any()) : Optional.empty();
        }
        structures.array(rule, new Structures.Elements(first, others, least, most));
    }

    /** A value as compact JSON. */
    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
