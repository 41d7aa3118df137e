package dev.tandem.decoder.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.models.prompt.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On tokenizers in which one character is up to four tokens. */
class TextStreamTest {
    private static final Path FOLDER = Path.of("../tandem-models/src/test/resources/tokenizers");

    @ParameterizedTest
    @ValueSource(strings = {"byte-level", "sentencepiece", "gemma"})
    void piecesTogetherAreTheTextOfTheReference(String name) throws IOException {
        var cases = new ObjectMapper()
                .readTree(FOLDER.resolve(name).resolve("expected.json").toFile());
        int split = 0;
        try (var tokenizer = open(name)) {
            for (var each : cases) {
                var pieces = new ArrayList<String>();
                var stream = new TextStream(tokenizer, List.of(), pieces::add);
                int tokens = 0;
                for (var id : each.get("ids")) {
                    stream.add(id.asInt());
                    tokens++;
                }
                stream.end();

                var text = each.get("decoded").asText();
                assertThat(String.join("", pieces))
                        .as(each.get("name").asText())
                        .isEqualTo(text)
                        .isEqualTo(stream.text());
                if (!text.contains("\ufffd")) {
                    assertThat(pieces).as(each.get("name").asText()).noneMatch(piece -> piece.contains("\ufffd"));
                    split += tokens > text.codePointCount(0, text.length()) ? 1 : 0;
                }
            }
        }
        assertThat(split).as("texts with more tokens than characters").isGreaterThan(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"byte-level", "sentencepiece", "gemma"})
    void aCharacterIsToldWhenItsLastTokenHasCome(String name) {
        try (var tokenizer = open(name)) {
            var pieces = new ArrayList<String>();
            var stream = new TextStream(tokenizer, List.of(), pieces::add);
            var ids = tokenizer.encode("\uD83D\uDE42\uD83D\uDE42", false);
            for (int i = 0; i < ids.length - 1; i++) {
                stream.add(ids[i]);
            }
            assertThat(String.join("", pieces)).isEqualTo("\uD83D\uDE42");
            stream.add(ids[ids.length - 1]);
            assertThat(String.join("", pieces)).isEqualTo("\uD83D\uDE42\uD83D\uDE42");
        }
    }

    /** A later broken character must not change the whole one that was told, as decoding all bytes anew would. */
    @ParameterizedTest
    @ValueSource(strings = {"byte-level", "sentencepiece", "gemma"})
    void aTextThatEndsInsideACharacterKeepsWhatWasTold(String name) {
        try (var tokenizer = open(name)) {
            var pieces = new ArrayList<String>();
            var stream = new TextStream(tokenizer, List.of(), pieces::add);
            var ids = tokenizer.encode("\uD83D\uDE42\uD83D\uDE42", false);
            for (int i = 0; i < ids.length - 2; i++) {
                stream.add(ids[i]);
            }
            assertThat(stream.text()).isEqualTo("\uD83D\uDE42");
            stream.end();

            assertThat(stream.text()).startsWith("\uD83D\uDE42").isEqualTo(String.join("", pieces));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"byte-level", "sentencepiece", "gemma"})
    void aStopEndsTheTextWhereverItsTokensEnd(String name) {
        try (var tokenizer = open(name)) {
            for (var stop : List.of("\uD83D\uDE42", "\n\n", "rain", "the cold", "d")) {
                var pieces = new ArrayList<String>();
                var stream = new TextStream(tokenizer, List.of("never", stop), pieces::add);
                boolean stopped = false;
                for (int id : tokenizer.encode("a rai rain \uD83D\uDE41 the\n the cold \uD83D\uDE42\n\nend", false)) {
                    stopped = stream.add(id);
                    if (stopped) {
                        break;
                    }
                }

                var whole = "a rai rain \uD83D\uDE41 the\n the cold \uD83D\uDE42\n\nend";
                assertThat(stopped).as(stop).isTrue();
                assertThat(stream.text().stripLeading()).as(stop).isEqualTo(whole.substring(0, whole.indexOf(stop)));
                assertThat(String.join("", pieces)).as(stop).isEqualTo(stream.text());
            }
        }
    }

    private static Tokenizer open(String name) {
        return Tokenizer.open(FOLDER.resolve(name));
    }
}
