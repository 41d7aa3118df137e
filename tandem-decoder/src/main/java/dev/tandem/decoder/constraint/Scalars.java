package dev.tandem.decoder.constraint;

import dev.tandem.decoder.constraint.SchemaReader.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/** Rules of strings, numbers, truth values and null; those that say the same are the same rule. */
final class Scalars {
    /** Longer ones make grammars of too many places. */
    private static final int LONGEST_STRING = 10_000;

    private final SchemaReader reader;
    private final GrammarBuilder builder;
    private final Map<Object, Rule> rules = new HashMap<>();

    Scalars(SchemaReader reader, GrammarBuilder builder) {
        this.reader = reader;
        this.builder = builder;
    }

    Rule string(Place place) {
        int least = reader.count(place, "minLength").orElse(0);
        var most = reader.count(place, "maxLength");
        if (least > LONGEST_STRING || most.orElse(0) > LONGEST_STRING) {
            throw reader.fault(
                    place,
                    "strings are bounded at up to " + LONGEST_STRING
                            + " characters: leave minLength and maxLength out.");
        }
        if (least == 0 && most.isEmpty() && !place.has("pattern")) {
            return anyString();
        }
        if (!place.has("pattern")) {
            return terminal("string " + least + most, () -> StringText.quoted(StringText.ofLength(least, most)));
        }
        var pattern = place.at("pattern");
        if (!pattern.schema().isTextual()) {
            throw reader.fault(pattern, "give a regular expression.");
        }
        try {
            var meaning = PatternParser.strings(pattern.schema().asText());
            var bounded = least == 0 && most.isEmpty()
                    ? meaning
                    : Operations.intersection(meaning, StringText.ofLength(least, most));
            return builder.terminal(pattern.pointer(), StringText.quoted(bounded));
        } catch (PatternParser.UnsupportedException e) {
            throw reader.fault(pattern, "the pattern is not supported: " + e.getMessage() + ".");
        } catch (TooComplexToDeterminizeException e) {
            throw reader.fault(pattern, "the pattern is too complex: simplify it.");
        }
    }

    Rule anyString() {
        return terminal("string", () -> StringText.quoted(StringText.ofLength(0, OptionalInt.empty())));
    }

    Rule stringExcept(Set<String> names) {
        return names.isEmpty()
                ? anyString()
                : terminal(Set.copyOf(names), () -> StringText.quoted(StringText.except(names)));
    }

    Rule integer(Place place) {
        var low = reader.bound(place, "minimum", "exclusiveMinimum", 1, true);
        var high = reader.bound(place, "maximum", "exclusiveMaximum", -1, true);
        return terminal(
                "integer " + low + high,
                () -> JsonText.integer(
                        low.orElseGet(() -> JsonText.lowest(high)), high.orElseGet(() -> JsonText.highest(low))));
    }

    Rule number(Place place) {
        var low = reader.bound(place, "minimum", "exclusiveMinimum", 1, false);
        var high = reader.bound(place, "maximum", "exclusiveMaximum", -1, false);
        return low.isEmpty() && high.isEmpty()
                ? anyNumber()
                : terminal(
                        "number " + low + high,
                        () -> JsonText.number(
                                low.orElseGet(() -> JsonText.lowest(high)),
                                high.orElseGet(() -> JsonText.highest(low))));
    }

    Rule anyNumber() {
        return terminal("number", JsonText::number);
    }

    Rule booleans() {
        return terminal("boolean", () -> StringText.anyOf(List.of("false", "true")));
    }

    Rule none() {
        return terminal("null", () -> StringText.anyOf(List.of("null")));
    }

    private Rule terminal(Object key, Supplier<Automaton> codePoints) {
        var known = rules.get(key);
        if (known != null) {
            return known;
        }
        var rule = builder.terminal(key.toString(), codePoints.get());
        rules.put(key, rule);
        return rule;
    }
}
