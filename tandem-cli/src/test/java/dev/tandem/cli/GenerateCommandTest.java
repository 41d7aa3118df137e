package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RESOURCES = Path.of("../tandem-decoder/src/test/resources");

    @TempDir
    private Path folder;

    private Path base;

    /** A tiny model with a tokenizer that has all characters of JSON. */
    @BeforeEach
    void copyModel() throws IOException {
        base = Files.createDirectory(folder.resolve("base"));
        for (var name : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(RESOURCES.resolve("models/qwen3").resolve(name), base.resolve(name));
        }
        for (var name : new String[] {"tokenizer.json", "tokenizer_config.json"}) {
            Files.copy(RESOURCES.resolve("tokenizers/characters").resolve(name), base.resolve(name));
        }
    }

    @Test
    void anAnswerIsJsonThatTheSchemaHoldsFor() throws Exception {
        var schema = write(
                "schema.json",
                "{\"properties\":{\"colour\":{\"enum\":[\"red\",\"green\"]},\"sure\":{\"type\":\"boolean\"}},"
                        + "\"required\":[\"colour\",\"sure\"]}");
        var run = CommandRun.of(
                "generate", "--base", base, "--prompt", "What?", "--json-schema", schema, "--max-tokens", 60, "--json");
        assertThat(run.err()).isEmpty();
        assertThat(run.json().get("finish_reason").asText()).isEqualTo("stop");
        var answer = JSON.readTree(run.json().get("text").asText());
        assertThat(answer.get("colour").asText()).isIn("red", "green");
        assertThat(answer.get("sure").isBoolean()).isTrue();
    }

    @Test
    void aLineMayHaveItsOwnSchema() throws Exception {
        var prompts = write("p.jsonl", """
                {"id": "own", "prompt": "a", "json_schema": {"enum": [1, 2]}}
                {"id": "common", "prompt": "ab"}
                {"id": "same", "prompt": "abc", "json_schema": {"enum": [1, 2]}}
                """);
        var schema = write(
                "schema.json", "{\"type\":\"array\",\"items\":{\"type\":\"null\"},\"minItems\":1,\"maxItems\":2}");
        var out = folder.resolve("o.jsonl");
        var run = CommandRun.of(
                "generate",
                "--base",
                base,
                "--prompts",
                prompts,
                "--json-schema",
                schema,
                "--max-tokens",
                60,
                "--out",
                out);
        assertThat(run.exitCode()).isZero();
        var lines = Files.readAllLines(out);
        assertThat(answer(lines.get(0)).intValue()).isBetween(1, 2);
        assertThat(answer(lines.get(1)).isArray()).isTrue();
        assertThat(answer(lines.get(2)).intValue()).isBetween(1, 2);
    }

    private static JsonNode answer(String line) throws IOException {
        return JSON.readTree(JSON.readTree(line).get("text").asText());
    }

    @Test
    void faultsOfSchemasAreSaidBeforeTheModelIsOpened() throws IOException {
        assertFault(folder.resolve("missing.json"), "missing.json", "Cannot read");
        assertFault(write("text.json", "{\n\"type\": object}"), "text.json, line 2", "no JSON");
        assertFault(write("two.json", "{} {}"), "two.json, line 1", "no JSON");
        assertFault(write("not.json", "{\"items\":{\"not\":{}}}"), "not.json, #/items/not", "\"not\"");
        var prompts = write("p.jsonl", "{\"id\":\"a\",\"prompt\":\"a\",\"json_schema\":{\"multipleOf\":3}}\n");
        var run = CommandRun.of("generate", "--base", folder.resolve("nowhere"), "--prompts", prompts);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("p.jsonl, line 1, json_schema, #/multipleOf");
    }

    private void assertFault(Path schema, String... messages) {
        var run = CommandRun.of(
                "generate", "--base", folder.resolve("nowhere"), "--prompt", "a", "--json-schema", schema);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(messages);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
