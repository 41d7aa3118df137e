package dev.tandem.models.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled model, laid out as a folder from the hub. */
class OnnxFolderTest {
    private static final String TEXT = "Employees get 16 weeks of parental leave.";

    @TempDir
    Path folder;

    @BeforeEach
    void aFolder() throws IOException {
        Files.createDirectories(folder.resolve("onnx"));
        Files.write(folder.resolve("onnx/model.onnx"), BundledModel.bytes("bge-small-en-v1.5-q.onnx"));
        Files.write(folder.resolve("tokenizer.json"), BundledModel.bytes("bge-small-en-v1.5-q-tokenizer.json"));
        write("config.json", "{\"hidden_size\": 384, \"max_position_embeddings\": 512, \"model_type\": \"bert\"}");
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void theFirstTokensStateIsTheVectorWhereTheFolderSaysSo() throws IOException {
        write("1_Pooling/config.json", "{\"pooling_mode_cls_token\": true, \"pooling_mode_mean_tokens\": false}");
        write(
                "config_sentence_transformers.json",
                "{\"prompts\": {\"query\": \"Represent this sentence for searching relevant passages: \"}}");
        try (var bundled = OnnxTextEncoder.bundled();
                var own = OnnxTextEncoder.of(folder, "", "")) {
            assertThat(own.encodePassages(List.of(TEXT)).getFirst().vector())
                    .isEqualTo(bundled.encodePassages(List.of(TEXT)).getFirst().vector());
            assertThat(own.encodeQuestion("how long?").vector())
                    .isEqualTo(bundled.encodeQuestion("how long?").vector());
            assertThat(own.countTokens(TEXT)).isEqualTo(bundled.countTokens(TEXT));
            assertThat(own.dimension()).isEqualTo(384);
            assertThat(own.maxTokens()).isEqualTo(510);
        }
    }

    /** The bundled encoder hands on all but the special tokens, at unit length; without padding few numbers tell them apart. */
    @Test
    void theMeanOfAllTokensIsTheVectorElse() {
        try (var own = OnnxTextEncoder.of(folder, "", "")) {
            var vector = own.encodePassages(List.of(TEXT)).getFirst().vector();
            double squares = 0;
            for (float number : vector) {
                squares += (double) number * number;
            }
            assertThat(squares).isCloseTo(1, within(1e-5));
            try (var bundled = OnnxTextEncoder.bundled()) {
                var encoding = bundled.encodePassages(List.of(TEXT)).getFirst();
                var mean = new double[384];
                for (var token : encoding.tokens().vectors()) {
                    for (int i = 0; i < mean.length; i++) {
                        mean[i] += token[i];
                    }
                }
                assertThat(cosine(vector, mean)).isGreaterThan(0.97);
                assertThat(vector).isNotEqualTo(encoding.vector());
            }
        }
    }

    private static double cosine(float[] one, double[] other) {
        double dot = 0;
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
            dot += one[i] * other[i];
            squares += other[i] * other[i];
        }
        return dot / Math.sqrt(squares);
    }

    @Test
    void prefixesAreTheFoldersUnlessOthersAreGiven() throws IOException {
        write(
                "config_sentence_transformers.json",
                "{\"prompts\": {\"query\": \"query: \", \"passage\": \"passage: \"}}");
        try (var own = OnnxTextEncoder.of(folder, "", "");
                var plain = OnnxTextEncoder.of(folder, "query: ", "other: ")) {
            assertThat(own.encodeQuestion("a").vector())
                    .isEqualTo(plain.encodeQuestion("a").vector());
            assertThat(own.encodePassages(List.of("a")).getFirst().vector())
                    .isEqualTo(own.encodePassages(List.of("a")).getFirst().vector())
                    .isNotEqualTo(plain.encodePassages(List.of("a")).getFirst().vector());
        }
    }

    @Test
    void anotherFileUnderTheSameNameIsAnotherModel() throws IOException {
        var before = OnnxTextEncoder.idOf(folder);
        assertThat(before).startsWith(folder.getFileName() + "@");
        Files.write(folder.resolve("onnx/model.onnx"), new byte[] {1, 2, 3});
        assertThat(OnnxTextEncoder.idOf(folder)).isNotEqualTo(before);
        assertRefused("ONNX Runtime cannot load");
    }

    @Test
    void whatIsMissingOrUnknownIsNamed() throws IOException {
        write("1_Pooling/config.json", "{\"pooling_mode_lasttoken\": true}");
        assertRefused("pooling_mode_lasttoken");
        Files.createDirectories(folder.resolve("2_Dense"));
        assertRefused("2_Dense");
        Files.delete(folder.resolve("2_Dense"));
        Files.delete(folder.resolve("1_Pooling/config.json"));
        write("tokenizer.json", "{");
        assertRefused("tokenizer.json cannot be read");
        Files.delete(folder.resolve("tokenizer.json"));
        assertRefused("has no tokenizer.json");
        Files.delete(folder.resolve("onnx/model.onnx"));
        assertRefused("model.onnx");
        assertThatThrownBy(() -> OnnxTextEncoder.of(folder.resolve("nowhere"), "", ""))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("nowhere");
    }

    private void assertRefused(String named) {
        assertThatThrownBy(() -> OnnxTextEncoder.of(folder, "", ""))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining(named);
    }
}
