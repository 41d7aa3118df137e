package dev.tandem.models.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.segment.TextSegment;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny cross-encoder and its scores, made by reference/reranker/make_fixtures.py. */
class OnnxCrossEncoderTest {
    private static final Path FOLDER = Path.of("src/test/resources/cross-encoder");

    @Test
    void scoresAreThoseOfTransformersAlsoOfAPairThatIsCut() throws IOException {
        var expected =
                new ObjectMapper().readTree(FOLDER.resolve("expected.json").toFile());
        var question = expected.path("question").asText();
        try (var model = OnnxCrossEncoder.of(FOLDER)) {
            var passages = StreamSupport.stream(expected.path("passages").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            var scores = passages.stream()
                    .map(passage -> model.score(passage, question).content())
                    .toList();
            for (int i = 0; i < scores.size(); i++) {
                assertThat(scores.get(i))
                        .as(passages.get(i))
                        .isCloseTo(expected.path("scores").get(i).asDouble(), within(1e-4));
            }
            // Each pair is a run of its own, whatever is asked beside it.
            var segments = passages.stream().map(TextSegment::from).toList();
            assertThat(model.scoreAll(segments, question).content()).isEqualTo(scores);
            assertThat(model.scoreAll(List.of(), question).content()).isEmpty();
        }
    }

    @Test
    void aFolderThatHoldsNoneIsExplained(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> OnnxCrossEncoder.of(folder.resolve("none")))
                .isInstanceOf(MendableException.class)
                .hasMessageContainingAll("rerank.model", "cross-encoder");
        for (var file : List.of("config.json", "tokenizer.json")) {
            Files.copy(FOLDER.resolve(file), folder.resolve(file));
        }
        assertThatThrownBy(() -> OnnxCrossEncoder.of(folder))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("has no model.onnx");
        Files.writeString(folder.resolve("model.onnx"), "no network");
        assertThatThrownBy(() -> OnnxCrossEncoder.of(folder))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("damaged");
    }
}
