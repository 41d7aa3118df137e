package dev.tandem.decoder.constraint;

import static dev.tandem.decoder.constraint.Schemas.accepts;
import static dev.tandem.decoder.constraint.Schemas.grammar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "{}                                             ¦ {\"a\":[1,-2.5e-3,{}, \"x\"], \"b\":null} ¦ {\"a\":[1,]}",
                "true                                           ¦ [[],[[]],\"\"]                     ¦ [[]",
                "{}                                             ¦ \"\\u00e9\\ud83d\\ude42é🙂\\n\\/\"   ¦ \"\\ud83d\"",
                "{}                                             ¦ \"\\udb1F\\uDc00\"                 ¦ \"\\udc00\\ud83d\"",
                "{}                                             ¦ -0.5                               ¦ 01",
                "{}                                             ¦ 1E+9                               ¦ +1",
                "{}                                             ¦ 120000                             ¦ 1.",
                "{}                                             ¦ [true, false]                      ¦ [true,  false]",
                "{\"type\":\"object\"}                          ¦ {\"any\":{\"b\":[]}}               ¦ []",
                "{\"type\":[\"integer\",\"null\"]}              ¦ null                               ¦ 1.5",
                "{\"type\":\"integer\"}                         ¦ -17                                ¦ -0",
                "{\"type\":\"integer\",\"minimum\":-5,\"maximum\":120}          ¦ 120                ¦ 121",
                "{\"type\":\"integer\",\"minimum\":-5,\"maximum\":120}          ¦ -5                 ¦ -6",
                "{\"type\":\"integer\",\"exclusiveMinimum\":9,\"maximum\":1000} ¦ 10                 ¦ 9",
                "{\"type\":\"integer\",\"minimum\":1.5}         ¦ 2                                  ¦ 1",
                "{\"type\":\"integer\",\"maximum\":-3}          ¦ -1000                              ¦ -2",
                "{\"type\":\"number\",\"minimum\":0,\"maximum\":1} ¦ 0.25                            ¦ 1.01",
                "{\"type\":\"number\",\"minimum\":0,\"maximum\":1} ¦ 1.00                            ¦ -0.1",
                "{\"type\":\"number\",\"exclusiveMinimum\":0}   ¦ 0.001                              ¦ 0.000",
                "{\"type\":\"number\",\"minimum\":-2,\"exclusiveMaximum\":-1} ¦ -1.5                 ¦ -1.0",
                "{\"type\":\"string\",\"minLength\":2,\"maxLength\":3} ¦ \"🙂é\"                     ¦ \"🙂\"",
                "{\"type\":\"string\",\"maxLength\":3}          ¦ \"a\\nb\"                          ¦ \"abcd\"",
                "{\"pattern\":\"^[A-Z]{2}-\\\\d+$\"}            ¦ \"AB-12\"                          ¦ \"AB-12x\"",
                "{\"pattern\":\"b+\"}                           ¦ \"abbc\"                           ¦ \"ac\"",
                "{\"pattern\":\"^(?:é|[^a-z])$\"}               ¦ \"🙂\"                             ¦ \"q\"",
                "{\"pattern\":\"^a|c$\"}                        ¦ \"xc\"                             ¦ \"xa\"",
                "{\"pattern\":\"^\\\\s\\\\S*?$\"}               ¦ \"\\tx\"                           ¦ \"x\"",
                "{\"pattern\":\"^.{3}$\",\"maxLength\":2}       ¦                                    ¦",
                "{\"pattern\":\"^\\\\w+$\",\"maxLength\":2}     ¦ \"_9\"                             ¦ \"abc\"",
                "{\"enum\":[\"a\\\"b\",1,null,{\"x\":[1]},\"é\"]} ¦ {\"x\":[1]}                      ¦ \"a\"",
                "{\"enum\":[\"x\",2.0,3],\"type\":\"integer\"}  ¦ 3                                  ¦ \"x\"",
                "{\"const\":\"é\"}                              ¦ \"é\"                              ¦ \"e\"",
                "{\"anyOf\":[{\"type\":\"null\"},{\"type\":\"array\"}]} ¦ [1]                        ¦ 1",
                "{\"oneOf\":[{\"const\":\"ab\"},{\"const\":\"ac\"}]} ¦ \"ac\"                        ¦ \"ad\"",
                "{\"allOf\":[{\"type\":\"null\"}],\"title\":\"x\"} ¦ null                            ¦ 1",
                "{\"items\":{\"type\":\"null\"}}                ¦ [null, null]                       ¦ [1]",
                "{\"items\":{\"type\":\"null\"},\"minItems\":2,\"maxItems\":3} ¦ [null,null,null]    ¦ [null]",
                "{\"items\":{\"type\":\"null\"},\"maxItems\":1} ¦ []                                 ¦ [null,null]",
                "{\"type\":\"array\",\"maxItems\":0}            ¦ []                                 ¦ [1]",
                "{\"type\":\"array\",\"minItems\":3}            ¦ [1,2,3,4]                          ¦ [1,2]",
                "{\"prefixItems\":[{\"type\":\"null\"},{\"const\":1}]} ¦ [null,1]                    ¦ [null,1,1]",
                "{\"prefixItems\":[{\"const\":1}],\"items\":{\"const\":2}} ¦ [1,2,2]                 ¦ [1,1]",
            })
    void aSchemaAllowsWhatItHoldsForAndNothingElse(String schema, String allowed, String other) {
        if (allowed == null) {
            assertThatThrownBy(() -> grammar(schema)).hasMessageContaining("no finite value");
            return;
        }
        assertThat(accepts(grammar(schema), allowed)).isTrue();
        assertThat(Schemas.valid(schema, allowed)).isTrue();
        assertThat(accepts(grammar(schema), other)).isFalse();
    }

    @Test
    void propertiesComeInTheirOrderAndOnlyRequiredOnesMust() {
        var grammar = grammar("""
                {"type": "object", "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}}, "required": ["b"]}
                """);
        assertThat(accepts(grammar, "{\"a\":1,\"b\":2,\"c\":3}")).isTrue();
        assertThat(accepts(grammar, " {\"b\": 2, \"c\": 3}")).isTrue();
        assertThat(accepts(grammar, "{\"b\":2}")).isTrue();
        for (var other : new String[] {
            "{}",
            "{\"a\":1}",
            "{\"b\":2,}",
            "{\"b\":2,\"a\":1}",
            "{,\"b\":2}",
            "{\"b\":2,\"d\":1}",
            "{\"b\":2}\n",
            "{\"b\":2,\"b\":2}",
            "  {\"b\":2}",
            "{ \"b\":2}",
            "{\"b\" :2}"
        }) {
            assertThat(accepts(grammar, other)).as(other).isFalse();
        }
    }

    @Test
    void otherPropertiesHaveOtherNames() {
        var grammar = grammar("""
                {"properties": {"ab": {"const": 1}, "a\\"é": {"const": 2}}, "required": ["z"], "additionalProperties": {"type": "boolean"}}
                """);
        assertThat(accepts(grammar, "{\"ab\":1,\"a\\\"é\":2,\"z\":true,\"abc\":true,\"a\":false,\"\":true}"))
                .isTrue();
        assertThat(accepts(grammar, "{\"z\":false,\"a\\\"\":true,\"\\u000a\":true,\"a\\\"ö\":true}"))
                .isTrue();
        for (var other : new String[] {
            "{\"z\":true,\"ab\":true}",
            "{\"z\":true,\"a\\u0062\":true}",
            "{\"z\":true,\"\\u0061b\":true}",
            "{\"z\":true,\"z\":true}",
            "{\"z\":true,\"a\\\"é\":true}",
            "{\"q\":true}",
            "{\"z\":1}"
        }) {
            assertThat(accepts(grammar, other)).as(other).isFalse();
        }
    }

    @Test
    void namesThatLookLikeOthersAreNotMistakenForThem() {
        var grammar = grammar("""
                {"properties": {
                  "x": {"type": "object", "properties": {"a": {"const": 1}, "b": {"const": 1}}, "required": ["a"], "additionalProperties": true},
                  "x object": {"type": "object", "properties": {"a, b": {"const": 1}}, "additionalProperties": true}},
                 "required": ["x", "x object"]}
                """);
        assertThat(accepts(grammar, "{\"x\":{\"a\":1,\"a, b\":2},\"x object\":{\"a\":2,\"b\":2}}"))
                .isTrue();
        assertThat(accepts(grammar, "{\"x\":{\"a\":1,\"b\":2},\"x object\":{}}"))
                .isFalse();
        assertThat(accepts(grammar, "{\"x\":{\"a\":1},\"x object\":{\"a, b\":2}}"))
                .isFalse();
        assertThat(accepts(grammar, "{\"x\":{},\"x object\":{}}")).isFalse();
    }

    @Test
    void referencesMayRecur() {
        var grammar = grammar("""
                {"$ref": "#/$defs/tree%20node", "$defs": {"tree node": {
                  "type": "object", "required": ["value"], "additionalProperties": false,
                  "properties": {"value": {"type": "integer"}, "children": {"type": "array", "items": {"$ref": "#/$defs/tree node"}}}}}}
                """);
        assertThat(accepts(grammar, "{\"value\":1,\"children\":[{\"value\":2},{\"value\":3,\"children\":[]}]}"))
                .isTrue();
        assertThat(accepts(grammar, "{\"value\":1,\"children\":[{\"children\":[]}]}"))
                .isFalse();
        var list = grammar("{\"properties\":{\"next\":{\"anyOf\":[{\"$ref\":\"#\"},{\"type\":\"null\"}]}},"
                + "\"required\":[\"next\"]}");
        var deep = "{\"next\":".repeat(3_000) + "null" + "}".repeat(3_000);
        assertThat(accepts(list, deep)).isTrue();
        assertThat(accepts(list, deep.substring(0, deep.length() - 1))).isFalse();
    }

    @Test
    void stringsAreUtf8WithoutControlCharactersOrSurrogates() {
        var grammar = grammar("{\"type\":\"string\"}");
        assertThat(accepts(grammar, "\"" + Character.toString(0x10ffff) + "\u007f\""))
                .isTrue();
        assertThat(accepts(grammar, "\"\u0000\"")).isFalse();
        assertThat(accepts(grammar, "\"\n\"")).isFalse();
        assertThat(accepts(grammar, new byte[] {'"', (byte) 0xc3, '"'})).isFalse();
        assertThat(accepts(grammar, new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}))
                .isFalse();
        assertThat(accepts(grammar, new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'}))
                .isFalse();
        assertThat(accepts(grammar, new byte[] {'"', (byte) 0xe2, (byte) 0x82, (byte) 0xac, '"'}))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            value = {
                "{\"type\":\"object\",\"properties\":{\"a/b\":{\"not\":{}}}} ¦ #/properties/a~1b/not ¦ \"not\"",
                "{\"type\":\"number\",\"multipleOf\":2}     ¦ #/multipleOf ¦ \"multipleOf\"",
                "{\"patternProperties\":{}}                 ¦ #/patternProperties ¦ leave it out",
                "{\"type\":\"object\",\"anyOf\":[{}]}       ¦ #/type       ¦ beside anyOf",
                "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{}},\"minimum\":1} ¦ #/minimum ¦ beside $ref",
                "{\"allOf\":[{},{}]}                        ¦ #/allOf      ¦ one schema",
                "{\"uniqueItems\":true}                     ¦ #/uniqueItems ¦ uniqueItems",
                "[1]                                        ¦ schema.json, #: ¦ a schema is a JSON object",
                "\"object\"                                 ¦ schema.json, #: ¦ a schema is a JSON object",
                "false                                      ¦ #            ¦ no value",
                "{\"items\":7}                              ¦ #/items      ¦ a schema is a JSON object",
                "{\"type\":\"text\"}                        ¦ #/type       ¦ there are: object, array",
                "{\"$ref\":\"#\"}                           ¦ #            ¦ leads back to itself",
                "{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"$ref\":\"#/$defs/b\"},\"b\":{\"$ref\":\"#/$defs/a\"}}} ¦ # ¦ leads back",
                "{\"anyOf\":[{\"$ref\":\"#\"},{\"type\":\"null\"}]} ¦ # ¦ alternative of itself",
                "{\"anyOf\":[{\"$ref\":\"#\"}]}             ¦ #            ¦ no finite value",
                "{\"properties\":{\"next\":{\"$ref\":\"#\"}},\"required\":[\"next\"]} ¦ # ¦ no finite value",
                "{\"$ref\":\"#/$defs/missing\"}             ¦ #/$ref       ¦ there is no",
                "{\"$ref\":\"https://example.org/x.json\"}  ¦ #/$ref       ¦ within the schema",
                "{\"type\":\"array\",\"items\":{},\"minItems\":3,\"maxItems\":2} ¦ # ¦ no finite value",
                "{\"type\":\"array\",\"items\":{},\"maxItems\":2000000000} ¦ #    ¦ too large",
                "{\"type\":\"array\",\"minItems\":-1}       ¦ #/minItems   ¦ not negative",
                "{\"type\":\"string\",\"maxLength\":1e9}    ¦ #            ¦ 10000",
                "{\"type\":\"integer\",\"minimum\":1e999999999} ¦ #/minimum ¦ too many digits",
                "{\"type\":\"number\",\"minimum\":0.5}      ¦ #/minimum    ¦ whole bounds",
                "{\"type\":\"integer\",\"minimum\":5,\"maximum\":4} ¦ #    ¦ no finite value",
                "{\"enum\":[]}                              ¦ #            ¦ no finite value",
                "{\"enum\":[\"a\"],\"type\":\"null\"}       ¦ #            ¦ no finite value",
                "{\"enum\":\"a\"}                           ¦ #/enum       ¦ list of values",
                "{\"required\":[\"a\"],\"properties\":{},\"additionalProperties\":false} ¦ #/required ¦ not allowed",
                "{\"pattern\":\"(?=a)\"}                    ¦ #/pattern    ¦ look-ahead",
                "{\"pattern\":\"(a)\\\\1\"}                 ¦ #/pattern    ¦ \\1",
                "{\"pattern\":\"\\\\bword\"}                ¦ #/pattern    ¦ word border",
                "{\"pattern\":\"a$b\"}                      ¦ #/pattern    ¦ not supported",
                "{\"pattern\":\"(((a{1000}){1000}){1000})\"} ¦ #/pattern   ¦ repetitions",
                "{\"pattern\":\"(a|b)*a(a|b){40}$\"}        ¦ #/pattern    ¦ too complex",
                "{\"pattern\":\"[a\"}                       ¦ #/pattern    ¦ end of a class",
                "{\"pattern\":\"(a\"}                       ¦ #/pattern    ¦ end of a group",
            })
    void whatIsNotUnderstoodIsRefusedByNameAndPlace(String schema, String place, String why) {
        assertThatThrownBy(() -> grammar(schema))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(why)
                .hasMessageStartingWith("schema.json, #");
    }

    @Test
    void whatAnnotatesIsPassedOver() {
        assertThat(accepts(grammar("""
                        {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "x", "title": "T", "description": "D",
                         "default": 1, "examples": [2], "format": "int32", "type": "integer", "$defs": {"unused": {"not": {}}}}
                        """), "5")).isTrue();
    }

    @Test
    void numbersThatNobodyCanReadAreRefused() throws Exception {
        for (var schema :
                new String[] {"{\"minimum\":1e999}", "{\"const\":1e999}", "{\"enum\":[-1e999]}", "{\"minItems\":1e999}"
                }) {
            var read = new com.fasterxml.jackson.databind.ObjectMapper().readTree(schema);
            assertThatThrownBy(() -> Grammar.ofJsonSchema(read, "schema.json"))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("too many digits");
        }
    }

    @Test
    void alternativesThatBeginAlikeWithinEachOtherDoNotGrowWithoutBounds() {
        var alike = "{\"type\":\"array\",\"minItems\":1,\"items\":{\"anyOf\":[{\"$ref\":\"#\"},{\"type\":\"null\"}]}}";
        var grammar = grammar("{\"anyOf\":[" + alike + "," + alike + "," + alike + "]}");
        assertThat(accepts(grammar, "[".repeat(300) + "null" + "]".repeat(300))).isTrue();
        assertThat(accepts(grammar, "[".repeat(300) + "null" + "]".repeat(299))).isFalse();
    }

    @Test
    void manyLongValuesAreOneAutomaton() {
        var values = IntStream.range(0, 20_000)
                .mapToObj(i -> "\"value number " + i + "\"")
                .collect(Collectors.joining(","));
        var lengthy = "x".repeat(5_000);
        var grammar = grammar("{\"enum\":[" + values + ",\"" + lengthy + "\"]}");
        assertThat(accepts(grammar, "\"value number 19999\"")).isTrue();
        assertThat(accepts(grammar, "\"value number 20000\"")).isFalse();
        assertThat(accepts(grammar, "\"" + lengthy + "\"")).isTrue();
    }

    @Test
    void longStringsAreCounted() {
        var grammar = grammar("{\"type\":\"string\",\"minLength\":1000,\"maxLength\":2000}");
        assertThat(accepts(grammar, "\"" + "é".repeat(2_000) + "\"")).isTrue();
        assertThat(accepts(grammar, "\"" + "é".repeat(2_001) + "\"")).isFalse();
        assertThat(accepts(grammar, "\"" + "\\n".repeat(999) + "\"")).isFalse();
    }

    @Test
    void deepSchemasAndLongChainsOfReferencesAreHandled() {
        var nested = "{\"items\":".repeat(400) + "{\"type\":\"null\"}" + "}".repeat(400);
        assertThat(accepts(grammar(nested), "[".repeat(400) + "null" + "]".repeat(400)))
                .isTrue();
        var chain = IntStream.range(0, 20_000)
                .mapToObj(i -> "\"d" + i + "\":{\"anyOf\":[{\"$ref\":\"#/$defs/d" + (i + 1) + "\"}]}")
                .collect(Collectors.joining(","));
        var schema = "{\"$ref\":\"#/$defs/d0\",\"$defs\":{" + chain + ",\"d20000\":{\"type\":\"null\"}}}";
        assertThat(accepts(grammar(schema), "null")).isTrue();
    }
}
