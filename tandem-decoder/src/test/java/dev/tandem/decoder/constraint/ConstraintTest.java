package dev.tandem.decoder.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintTest {
    private static final int VOCABULARY = 700;

    private static final List<String> SCHEMAS = List.of(
            "{}",
            "{\"type\":\"object\"}",
            "{\"type\":\"string\"}",
            "{\"type\":\"string\",\"minLength\":3,\"maxLength\":9}",
            "{\"type\":\"string\",\"pattern\":\"^[A-Zé\\\\u5317]{2,5}(-\\\\d{3})?$\"}",
            "{\"type\":\"number\"}",
            "{\"type\":\"integer\",\"minimum\":-20,\"exclusiveMaximum\":1500}",
            "{\"type\":\"number\",\"exclusiveMinimum\":-3,\"maximum\":12}",
            "{\"enum\":[\"北京\",\"東京\",\"北\",\"Zoë\",true,null,{\"name\":[\"naïve\"]},12.5]}",
            "{\"type\":[\"boolean\",\"null\",\"integer\",\"array\"]}",
            "{\"type\":\"array\",\"items\":{\"type\":\"string\",\"maxLength\":4},\"minItems\":2,\"maxItems\":4}",
            "{\"prefixItems\":[{\"type\":\"integer\"},{\"const\":\"true story\"}],\"items\":{\"type\":\"boolean\"},\"minItems\":2}",
            """
            {"type": "object", "additionalProperties": false, "required": ["name", "age"], "properties": {
              "name": {"type": "string", "minLength": 1}, "nick": {"type": "string"}, "age": {"type": "integer", "minimum": 0, "maximum": 150},
              "tags": {"type": "array", "items": {"enum": ["a b", "tag1", "tag2"]}, "maxItems": 3}, "score": {"type": "number"},
              "nested": {"type": "object", "properties": {"id": {"type": "integer"}, "ok": {"type": "boolean"}, "note": {}}, "required": ["ok"]}}}
            """,
            """
            {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["id"],
             "additionalProperties": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}
            """,
            """
            {"$ref": "#/definitions/node", "definitions": {"node": {"type": "object", "required": ["value", "children"],
             "properties": {"value": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
             "children": {"type": "array", "items": {"$ref": "#/definitions/node"}, "maxItems": 3}}}}}
            """);

    @TempDir
    private Path folder;

    static Stream<Object[]> schemasAndTokenizers() {
        return Stream.of("byte-level", "byte-fallback")
                .flatMap(tokenizer -> SCHEMAS.stream().map(schema -> new Object[] {tokenizer, schema}));
    }

    @ParameterizedTest
    @MethodSource("schemasAndTokenizers")
    void randomLogitsAlwaysGiveTextsThatTheSchemaHoldsFor(String kind, String schema) {
        try (var tokenizer = tokenizer(kind)) {
            var vocabulary = Vocabulary.open(path(kind), tokenizer.ends());
            var constraint = new Constraint(Schemas.grammar(schema), vocabulary);
            for (int seed = 0; seed < 12; seed++) {
                var tokens = sampled(constraint, vocabulary, tokenizer.ends(), new Random(seed));
                var text = tokenizer.decode(
                        tokens.stream().mapToInt(Integer::intValue).toArray());
                assertThat(Schemas.valid(schema, text)).as(text).isTrue();
            }
        }
    }

    /** Draws tokens until the text ends; the longer it is, the likelier are those that close something. */
    private static List<Integer> sampled(
            Constraint constraint, Vocabulary vocabulary, Set<Integer> ends, Random random) {
        var progress = constraint.begin();
        var tokens = new ArrayList<Integer>();
        while (!progress.finished()) {
            assertThat(tokens).hasSizeLessThan(3_000);
            var logits = new float[VOCABULARY];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = (float) random.nextGaussian();
                boolean closes = ends.contains(i)
                        || new String(vocabulary.bytes(i), StandardCharsets.UTF_8).matches("[\"\\]}]+");
                logits[i] += closes ? tokens.size() / 20f : 0;
            }
            progress.restrict(logits);
            int best = 0;
            for (int i = 0; i < logits.length; i++) {
                best = logits[i] > logits[best] ? i : best;
            }
            if (ends.contains(best)) {
                assertThat(progress.complete()).isTrue();
                return tokens;
            }
            progress.accept(best);
            tokens.add(best);
        }
        return tokens;
    }

    @ParameterizedTest
    @MethodSource("schemasAndTokenizers")
    void aMaskIsWhatReadingEveryTokenByItselfSays(String kind, String schema) {
        try (var tokenizer = tokenizer(kind)) {
            var vocabulary = Vocabulary.open(path(kind), tokenizer.ends());
            var automaton = new LazyAutomaton();
            var masks = new TokenMasks(automaton, vocabulary);
            var random = new Random(7);
            var state = automaton.begin(Schemas.grammar(schema).root());
            for (int step = 0; step < 60 && !state.items().isEmpty(); step++) {
                var expected = new BitSet();
                for (int token = 0; token < VOCABULARY; token++) {
                    if (tokenizer.ends().contains(token)
                            ? state.mayEnd()
                            : goesOn(automaton, state, vocabulary.bytes(token))) {
                        expected.set(token);
                    }
                }
                var mask = masks.of(state);
                assertThat(mask).isEqualTo(expected);
                var allowed = mask.stream()
                        .filter(id -> !tokenizer.ends().contains(id))
                        .toArray();
                for (byte each : vocabulary.bytes(allowed[random.nextInt(allowed.length)])) {
                    state = automaton.next(state, Byte.toUnsignedInt(each));
                }
            }
        }
    }

    private static boolean goesOn(LazyAutomaton automaton, State from, byte[] bytes) {
        var state = from;
        for (byte each : bytes) {
            state = automaton.next(state, Byte.toUnsignedInt(each));
        }
        return bytes.length > 0 && state != State.DEAD;
    }

    @ParameterizedTest
    @ValueSource(strings = {"byte-level", "byte-fallback"})
    void theTokensThatATokenizerMakesOfATextAreAllowed(String kind) {
        var text = "{\"name\": \"Zoë 北京 🦉 \\\"東\\\"\", \"age\": 41, \"tags\": [\"a b\", \"tag1\"], \"score\":1.25}";
        try (var tokenizer = tokenizer(kind)) {
            var constraint =
                    new Constraint(Schemas.grammar(SCHEMAS.get(12)), Vocabulary.open(path(kind), tokenizer.ends()));
            var progress = constraint.begin();
            boolean split = false;
            for (int token : tokenizer.encode(text, false)) {
                split |= tokenizer.decode(new int[] {token}).contains("\ufffd");
                var logits = new float[VOCABULARY];
                progress.restrict(logits);
                assertThat(logits[token]).isZero();
                progress.accept(token);
            }
            assertThat(split).as("a token that holds part of a character").isTrue();
            assertThat(progress.finished()).isTrue();
        }
    }

    @Test
    void specialTokensAreNeverAllowedAndEndsOnlyWhereTheValueIsComplete() {
        try (var tokenizer = tokenizer("byte-fallback")) {
            var constraint = new Constraint(
                    Schemas.grammar("{\"type\":[\"integer\",\"string\"]}"),
                    Vocabulary.open(path("byte-fallback"), tokenizer.ends()));
            int start = tokenizer.encode("<s>", false)[0];
            int end = tokenizer.end();

            assertThat(allowed(constraint.begin())).isNotEmpty().doesNotContain(start, end);

            var number = constraint.begin();
            number.accept(tokenizer.encode("7", false)[1]);
            assertThat(allowed(number)).contains(end).doesNotContain(start);

            var string = constraint.begin();
            string.accept(tokenizer.encode("\"", false)[0]);
            assertThat(allowed(string)).doesNotContain(start, end);
        }
    }

    private static List<Integer> allowed(Constraint.Progress progress) {
        var logits = new float[VOCABULARY];
        progress.restrict(logits);
        var allowed = new ArrayList<Integer>();
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] == 0) {
                allowed.add(i);
            }
        }
        return allowed;
    }

    @Test
    void aNumberEndsItselfWhereNoTokenCould() {
        var constraint = new Constraint(
                Schemas.grammar("{\"type\":\"integer\"}"), Vocabulary.open(path("characters"), Set.of()));
        var progress = constraint.begin();
        assertThat(progress.finished()).isFalse();
        progress.accept('7' - ' ' + 1);
        assertThat(progress.finished()).isTrue();
    }

    @Test
    void aCharacterThatTheVocabularyLacksIsSaid() {
        var constraint =
                new Constraint(Schemas.grammar("{\"const\":\"é\"}"), Vocabulary.open(path("characters"), Set.of(2)));
        var progress = constraint.begin();
        progress.accept('"' - ' ' + 1);
        assertThatThrownBy(() -> progress.restrict(new float[96]))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("no token");
    }

    @Test
    void vocabulariesThatCannotWriteJsonAreRefused() throws IOException {
        assertThatThrownBy(() -> Vocabulary.open(Path.of("src/test/resources/models/qwen2"), Set.of()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("no token for");
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"decoder\":{\"type\":\"WordPiece\"},\"model\":{\"vocab\":{\"a\":0}}}");
        assertThatThrownBy(() -> Vocabulary.open(folder, Set.of()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("WordPiece");
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\":{\"vocab\":{\"a\":");
        assertThatThrownBy(() -> Vocabulary.open(folder, Set.of()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void unigramVocabulariesAreRead() throws IOException {
        var pieces = new StringBuilder("[[\"<unk>\",0.0],[\"\u2581\",-1.0]");
        for (char character = '!'; character <= '~'; character++) {
            pieces.append(",[")
                    .append(new com.fasterxml.jackson.databind.node.TextNode("" + character))
                    .append(",-2.0]");
        }
        Files.writeString(
                folder.resolve("tokenizer.json"),
                "{\"decoder\":{\"type\":\"Metaspace\"},\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":" + pieces
                        + "]}}");
        var vocabulary = Vocabulary.open(folder, Set.of());
        assertThat(vocabulary.bytes(0)).isEmpty();
        assertThat(vocabulary.bytes(1)).containsExactly(' ');
        assertThat(vocabulary.bytes(2)).containsExactly('!');
    }

    private static Path path(String kind) {
        return Path.of("src/test/resources/tokenizers").resolve(kind);
    }

    private static Tokenizer tokenizer(String kind) {
        return Tokenizer.open(path(kind));
    }
}
