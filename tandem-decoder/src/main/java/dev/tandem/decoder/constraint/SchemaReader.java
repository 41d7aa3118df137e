package dev.tandem.decoder.constraint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.foundation.MendableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads keywords of a schema, and says where it is wrong. */
final class SchemaReader {
    /** More digits than bounds that people write have. */
    private static final int MOST_DIGITS = 40;

    private final JsonNode document;
    private final String name;

    SchemaReader(JsonNode document, String name) {
        this.document = document;
        this.name = name;
    }

    /**
     * A schema within the document.
     *
     * @param pointer where, as a JSON pointer (RFC 6901) behind a #
     */
    record Place(JsonNode schema, String pointer) {
        Place at(String keyword) {
            return new Place(
                    schema.path(keyword),
                    pointer + "/" + keyword.replace("~", "~0").replace("/", "~1"));
        }

        Place at(int number) {
            return new Place(schema.path(number), pointer + "/" + number);
        }

        boolean has(String keyword) {
            return schema.has(keyword);
        }
    }

    Place root() {
        return new Place(document, "#");
    }

    MendableException fault(Place place, String what) {
        return new MendableException(name + ", " + place.pointer() + ": " + what);
    }

    /** Follows references to the schema that they lead to. */
    Place resolved(Place place) {
        var seen = new LinkedHashSet<String>();
        var at = place;
        while (at.has("$ref")) {
            if (!seen.add(at.pointer())) {
                throw fault(place, "the $ref leads back to itself: let it lead to a schema that says something.");
            }
            at = target(at.at("$ref"));
        }
        return at;
    }

    private Place target(Place reference) {
        var text = reference.schema().asText();
        if (!reference.schema().isTextual() || !(text.equals("#") || text.startsWith("#/"))) {
            throw fault(
                    reference,
                    "only references within the schema are understood, as #/$defs/NAME: put there what "
                            + (text.isEmpty() ? "it" : text) + " means.");
        }
        var at = root();
        for (var step : text.equals("#") ? new String[0] : text.substring(2).split("/", -1)) {
            var key = decoded(reference, step).replace("~1", "/").replace("~0", "~");
            at = at.schema().isArray() && key.matches("\\d{1,6}") ? at.at(Integer.parseInt(key)) : at.at(key);
        }
        if (at.schema().isMissingNode()) {
            throw fault(reference, "there is no " + text + " in the schema: add it, or mend the reference.");
        }
        return at;
    }

    private String decoded(Place reference, String step) {
        try {
            return URLDecoder.decode(step.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw fault(reference, "this is no JSON pointer: write % as %25.");
        }
    }

    /** A length or count; none if the schema does not say. */
    OptionalInt count(Place schema, String keyword) {
        if (!schema.has(keyword)) {
            return OptionalInt.empty();
        }
        finite(schema.at(keyword));
        var value = schema.schema().get(keyword);
        var number = value.isNumber() ? value.decimalValue().stripTrailingZeros() : BigDecimal.ONE.negate();
        if (number.signum() < 0 || number.scale() > 0 || number.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw fault(schema.at(keyword), "give a whole number that is not negative.");
        }
        return OptionalInt.of(number.intValue());
    }

    /**
     * The stricter of a bound and its exclusive form.
     *
     * @param sign 1 for the lower bound, -1 for the upper
     * @param whole whether only whole numbers are meant, so that a bound between two of them is one of them
     */
    Optional<JsonText.Bound> bound(Place schema, String included, String excluded, int sign, boolean whole) {
        Optional<JsonText.Bound> strictest = Optional.empty();
        for (var keyword : List.of(included, excluded)) {
            if (schema.has(keyword)) {
                var bound = bound(schema.at(keyword), keyword.equals(included), sign, whole);
                int order = strictest
                        .map(other -> bound.value().compareTo(other.value()))
                        .orElse(sign);
                boolean stricter = sign > 0 ? order > 0 : order < 0;
                if (stricter || (order == 0 && !bound.included())) {
                    strictest = Optional.of(bound);
                }
            }
        }
        return strictest;
    }

    private JsonText.Bound bound(Place place, boolean included, int sign, boolean whole) {
        if (!place.schema().isNumber()) {
            throw fault(place, "give a number.");
        }
        finite(place);
        var value = place.schema().decimalValue();
        if (value.precision() - (long) value.scale() > MOST_DIGITS || value.scale() > 400) {
            throw fault(place, "the bound has too many digits: leave it out.");
        }
        boolean exact = value.stripTrailingZeros().scale() <= 0;
        if (!exact && !whole) {
            throw fault(place, "only whole bounds are supported for numbers: round it or leave it out.");
        }
        var floor = value.setScale(0, java.math.RoundingMode.FLOOR).toBigInteger();
        var inner = exact || sign < 0 ? floor : floor.add(BigInteger.ONE);
        return new JsonText.Bound(inner, included || !exact);
    }

    /** Refuses numbers that were too large to be read. */
    void finite(Place place) {
        if (place.schema().isDouble() && !Double.isFinite(place.schema().doubleValue())) {
            throw fault(place, "the number has too many digits.");
        }
    }

    /** Refuses keywords that are neither among these nor annotations. */
    void only(Place schema, Set<String> known, String why) {
        schema.schema().fieldNames().forEachRemaining(keyword -> {
            if (!known.contains(keyword) && !ANNOTATIONS.contains(keyword)) {
                throw fault(
                        schema.at(keyword),
                        "the keyword \"" + keyword + "\" is not supported" + why + ": leave it out.");
            }
        });
    }

    private static final Set<String> ANNOTATIONS = Set.of(
            "$schema",
            "$id",
            "$comment",
            "$defs",
            "definitions",
            "title",
            "description",
            "default",
            "examples",
            "format",
            "deprecated",
            "readOnly",
            "writeOnly",
            "contentEncoding",
            "contentMediaType");
}
