package dev.tandem.workspace.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "documents:\n", "passages: {}\n", "---\n...\n"})
    void whatIsLeftOutHasItsDefault(String yaml) {
        assertThat(read(yaml)).isEqualTo(WorkspaceSettings.DEFAULTS);
    }

    @Test
    void everyKindOfValueIsRead() {
        var settings = read("""
                documents:
                  sources: [docs, "~/more docs"]
                  exclude:
                    - drafts/**
                  max_file_size: 1.5 GB
                  parse_timeout: 2m
                passages:
                  tokens: 128
                embedding:
                  provider: openai-compatible
                  base_url: http://localhost:8000/v1
                  api_key_variable: EMBEDDING_KEY
                  question_prefix: "query: "
                  dimension: 768
                model:
                  provider: ollama
                  name: "qwen3:8b"
                  temperature: 0.3
                  timeout: 500 ms
                """);
        assertThat(settings.documents().sources()).containsExactly("docs", "~/more docs");
        assertThat(settings.documents().exclude()).containsExactly("drafts/**");
        assertThat(settings.documents().maxFileSize().bytes()).isEqualTo(1_610_612_736L);
        assertThat(settings.documents().parseTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.passages().tokens()).isEqualTo(128);
        assertThat(settings.embedding().provider()).isEqualTo(EmbeddingSettings.Provider.OPENAI_COMPATIBLE);
        assertThat(settings.embedding().apiKeyVariable()).contains("EMBEDDING_KEY");
        assertThat(settings.embedding().questionPrefix()).isEqualTo("query: ");
        assertThat(settings.embedding().dimension()).contains(768);
        assertThat(settings.model().name()).contains("qwen3:8b");
        assertThat(settings.model().temperature()).isEqualTo(0.3);
        assertThat(settings.model().timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.answer()).isEqualTo(AnswerSettings.DEFAULTS);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("passage:\n  tokens: 3\n", "tandem.yaml:1: unknown key passage: did you mean passages?"),
                Arguments.of(
                        "documents:\n  sources: []\n  max_size: 3\n",
                        "tandem.yaml:3: unknown key max_size in documents: known are sources, include, exclude, max_file_size,"
                                + " parse_timeout, parse_memory, injection."),
                Arguments.of(
                        "documents:\n  max_filesize: 3\n",
                        "tandem.yaml:2: unknown key max_filesize in documents: did you mean max_file_size?"),
                Arguments.of(
                        "passages:\n  tokens: lots\n",
                        "tandem.yaml:2: passages.tokens must be a whole number from 32 to 8192 tokens of the embedding model,"
                                + " not \"lots\"."),
                Arguments.of(
                        "answer:\n  passages: 0\n",
                        "tandem.yaml:2: answer.passages must be a whole number from 1 to 100, not \"0\"."),
                Arguments.of(
                        "answer:\n  passages: \"4\"\n",
                        "tandem.yaml:2: answer.passages must be a whole number from 1 to 100, not \"4\"."),
                Arguments.of(
                        "model:\n  temperature: .nan\n",
                        "tandem.yaml:2: model.temperature must be a number from 0 to 2, not \".nan\"."),
                Arguments.of(
                        "model:\n  temperature: NaN\n",
                        "tandem.yaml:2: model.temperature must be a number from 0 to 2, not \"NaN\"."),
                Arguments.of(
                        "embedding:\n  provider: anthropic\n",
                        "tandem.yaml:2: embedding.provider must be one of embedded, onnx, openai, google, mistral, cohere,"
                                + " voyage, vllm, ollama, openai-compatible, not \"anthropic\"."),
                Arguments.of(
                        "documents:\n  sources: docs\n",
                        "tandem.yaml:2: documents.sources must be a list like [\"a\", \"b\"], not \"docs\"."),
                Arguments.of(
                        "documents:\n  parse_timeout: soon\n",
                        "tandem.yaml:2: documents.parse_timeout must be a time like 500 ms, 30 s or 2 m, not \"soon\"."),
                Arguments.of(
                        "documents:\n  max_file_size: [1]\n",
                        "tandem.yaml:2: documents.max_file_size must be a size like 64 MB or 1.5 GB, not a list."),
                Arguments.of(
                        "model:\n  name:\n",
                        "tandem.yaml:2: model.name has no value: write a text, or remove the line."),
                Arguments.of(
                        "answer:\n  passages: 3\n  passages: 4\n",
                        "tandem.yaml:3: answer.passages stands twice: keep one of them."),
                Arguments.of(
                        "passages: {tokens: 64, overlap: 40}",
                        "tandem.yaml: passages.overlap must be at most half of passages.tokens (64), not 40."),
                Arguments.of("- a\n- b\n", "tandem.yaml:1: the file must hold keys, like documents: ..."),
                Arguments.of("answer: 3\n", "tandem.yaml:1: answer must hold keys, like passages: ..."),
                Arguments.of(
                        "[1]: 3\n",
                        "tandem.yaml:1: unknown key ?: known are documents, passages, embedding,"
                                + " store, retrieval, rerank, answer, model, serve, monitoring, alerts, trail, offline, encrypted."));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedWithFileLineAndWhatIsExpected(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(MendableException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "documents:\n  sources: [a, b\n",
                "documents:\n\tsources: []\n",
                "a: b: c\n",
                "x: \"open\n",
                "a: *gone\n",
                "\u0007: 1\n"
            })
    void brokenYamlIsNamedWithItsLine(String yaml) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(MendableException.class)
                .hasMessageMatching("(?s)tandem\\.yaml:\\d+: this is not valid YAML: .*");
    }

    @Test
    void theFileThatInitWritesHoldsTheDefaults() {
        assertThat(read(SettingsText.yaml())).isEqualTo(WorkspaceSettings.DEFAULTS);
    }

    @Test
    void theFileThatInitWritesHoldsTheDefaultsAlsoWhenItsKeysAreUncommented() {
        var uncommented = SettingsText.yaml().replaceAll("(?m)^  # ([a-z_]+: .+)$", "  $1");
        assertThat(uncommented).contains("\n  tokens: ");
        assertThat(read(uncommented)).isEqualTo(WorkspaceSettings.DEFAULTS);
    }

    @Test
    void aFileThatIsNotTextIsRefused(@TempDir Path folder) throws Exception {
        var file = Files.write(folder.resolve("tandem.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> SettingsReader.read(file))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("not UTF-8");
    }

    private static WorkspaceSettings read(String yaml) {
        return SettingsReader.read(yaml, "tandem.yaml");
    }
}
