package dev.tandem.models.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held to what {@code reference/decoder/make_tokenizers.py} had Hugging Face's library make of odd texts. */
class TokenizerTest {
    private static final Path FOLDER = Path.of("src/test/resources/tokenizers");

    @ParameterizedTest
    @ValueSource(strings = {"byte-level", "sentencepiece", "gemma"})
    void oddTextsHaveTheIdsAndTheTextOfTheReference(String name) throws IOException {
        var cases = new ObjectMapper()
                .readTree(FOLDER.resolve(name).resolve("expected.json").toFile());
        assertThat(cases.size()).isGreaterThan(40);
        var softly = new SoftAssertions();
        try (var tokenizer = Tokenizer.open(FOLDER.resolve(name))) {
            for (var each : cases) {
                var called = each.get("name").asText();
                var text = each.get("text").asText();
                softly.assertThat(tokenizer.encode(text, false)).as(called).isEqualTo(ids(each.get("ids")));
                softly.assertThat(tokenizer.encode(text, true))
                        .as(called + " with what is added")
                        .isEqualTo(ids(each.get("with_special")));
                softly.assertThat(tokenizer.decode(ids(each.get("ids"))))
                        .as(called + " as text again")
                        .isEqualTo(each.get("decoded").asText());
            }
        }
        softly.assertAll();
    }

    private static int[] ids(JsonNode node) {
        var ids = new int[node.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = node.get(i).asInt();
        }
        return ids;
    }
}
