package dev.tandem.decoder.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.decoder.constraint.Constraint;
import dev.tandem.decoder.constraint.Grammar;
import dev.tandem.decoder.constraint.Vocabulary;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.TinyModels;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.models.prompt.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ConstrainedGenerationTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Path CHARACTERS = Path.of("src/test/resources/tokenizers/characters");
    private static final Tokenizer TOKENIZER = Tokenizer.open(CHARACTERS);
    private static final Vocabulary VOCABULARY = Vocabulary.open(CHARACTERS, TOKENIZER.ends());

    private static final String PERSON = """
            {"properties": {"name": {"type": "string", "maxLength": 6}, "age": {"type": "integer", "minimum": 0, "maximum": 99},
             "tags": {"type": "array", "items": {"enum": ["red", "green"]}, "minItems": 1, "maxItems": 2}},
             "required": ["name", "age", "tags"]}
            """;

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    @Test
    void theLikeliestTokensOfAModelMakeJson() throws IOException {
        for (var model : List.of("qwen2", "llama2", "gemma2")) {
            var answer = generate(model, request(PERSON, Sampling.GREEDY, 90)).getFirst();
            assertThat(answer.ending()).isEqualTo(Generator.Ending.STOP);
            assertPerson(answer.text());
        }
    }

    @Test
    void everyRowOfABatchHasItsOwnConstraintOrNone() throws IOException {
        var warm = new Sampling(1.5, 40, 0.95, 0.01, 1.1, 90, List.of(), 3);
        var requests = List.of(
                request(PERSON, warm, 90),
                new Generator.Request(new int[] {30, 31}, Optional.empty(), limited(warm, 20)),
                request("{\"enum\":[\"yes\",\"no\",\"yes, but\"]}", warm, 90),
                request("{\"type\":\"boolean\"}", warm, 90),
                request("{\"type\":\"string\",\"minLength\":200}", warm, 30));

        var answers = generate("qwen3", requests.toArray(Generator.Request[]::new));

        assertPerson(answers.get(0).text());
        assertThat(answers.get(2).text()).isIn("\"yes\"", "\"no\"", "\"yes, but\"");
        assertThat(answers.get(3).text()).isIn("true", "false", " true", " false");
        assertThat(answers.get(4).text()).startsWith("\"").hasSizeLessThanOrEqualTo(30);
        assertThat(answers)
                .extracting(Generator.Generation::ending)
                .containsExactly(
                        Generator.Ending.STOP,
                        answers.get(1).ending(),
                        Generator.Ending.STOP,
                        Generator.Ending.STOP,
                        Generator.Ending.LENGTH);
        for (int i = 0; i < requests.size(); i++) {
            assertThat(generate("qwen3", requests.get(i))).containsExactly(answers.get(i));
        }
    }

    private static void assertPerson(String text) throws IOException {
        JsonNode person = JSON.readTree(text);
        assertThat(person.fieldNames()).toIterable().containsExactly("name", "age", "tags");
        assertThat(person.get("name").textValue()).hasSizeLessThanOrEqualTo(6);
        assertThat(person.get("age").intValue()).isBetween(0, 99);
        assertThat(person.get("tags"))
                .hasSizeBetween(1, 2)
                .allSatisfy(tag -> assertThat(tag.textValue()).isIn("red", "green"));
    }

    private static List<Generator.Generation> generate(String model, Generator.Request... requests) {
        try (var scope = new PointerScope();
                var decoder = Decoder.open(
                        TinyModels.folder(model), Placement.best(Precision.FLOAT32), Decoder.Storage.PLAIN)) {
            return new Generator(decoder, TOKENIZER, Map.of())
                    .generate(List.of(requests), (number, more) -> {}, () -> false);
        }
    }

    private static Generator.Request request(String schema, Sampling sampling, int maxTokens) throws IOException {
        var constraint = new Constraint(Grammar.ofJsonSchema(JSON.readTree(schema), "schema.json"), VOCABULARY);
        return new Generator.Request(
                new int[] {30, 31, 32}, Optional.empty(), limited(sampling, maxTokens), Optional.of(constraint));
    }

    private static Sampling limited(Sampling sampling, int maxTokens) {
        return new Sampling(
                sampling.temperature(),
                sampling.topK(),
                sampling.topP(),
                sampling.minP(),
                sampling.repetitionPenalty(),
                maxTokens,
                sampling.stops(),
                sampling.seed());
    }
}
