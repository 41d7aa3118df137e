package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"collect", "convert", "validate"})
    void everyCommandExplainsItselfWithAnExampleAndCanWriteJson(String command) {
        var run = CommandRun.of("dataset", command, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Example", "tandem dataset " + command, "--json", "--verbose", "--encoding");
    }

    @Test
    void ticketsBecomeATrainingFileThatOtherFormsAreMadeOf() throws Exception {
        var tickets = file("tickets.csv", "subject;reply;url\nWhere is it?;In the post.;a.html\nHello;;\n");
        var chat = folder.resolve("train.jsonl");

        var collected = CommandRun.of(
                "dataset",
                "collect",
                "--from",
                tickets,
                "--question",
                "subject",
                "--answer",
                "reply",
                "--field",
                "source=url",
                "--out",
                chat,
                "--json");

        assertThat(collected.exitCode()).isZero();
        assertThat(collected.json().get("written").asInt()).isEqualTo(1);
        assertThat(collected.json().get("without_answer").asInt()).isEqualTo(1);

        var alpaca = folder.resolve("alpaca.jsonl");
        var converted = CommandRun.of("dataset", "convert", chat, "--to", "alpaca", "--out", alpaca);
        assertThat(converted.exitCode()).isZero();
        assertThat(converted.out())
                .contains("1 of 1 examples written from chat to alpaca")
                .doesNotContain("Lost");
        assertThat(alpaca).content().isEqualTo("""
                {"instruction":"Where is it?","input":"","output":"In the post.","source":"a.html"}
                """);

        var again = CommandRun.of("dataset", "convert", chat, "--to", "alpaca", "--out", alpaca);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("--force");
        assertThat(CommandRun.of("dataset", "convert", chat, "--to", "sharegpt", "--out", alpaca, "--force", "--json")
                        .json()
                        .get("from")
                        .asText())
                .isEqualTo("chat");
    }

    @Test
    void lossesAreSaidWithTheirCounts() throws IOException {
        var pairs = file("pairs.jsonl", "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}\n");
        var run = CommandRun.of("dataset", "convert", pairs, "--to", "chat", "--out", folder.resolve("o.jsonl"));
        assertThat(run.out()).contains("Lost", "1  the rejected answer");
        var strict = CommandRun.of(
                "dataset", "convert", pairs, "--to", "chat", "--out", folder.resolve("p.jsonl"), "--strict");
        assertThat(strict.exitCode()).isEqualTo(1);
        assertThat(strict.err()).contains("line 1", "the rejected answer");
    }

    @Test
    void faultsAreListedInBothWaysAndEndWithOne() throws Exception {
        var bad = file("bad.jsonl", "{\n{\"messages\": [{\"role\": \"wizard\", \"content\": \"x\"}]}\n");

        var text = CommandRun.of("dataset", "validate", bad, "--openai");
        assertThat(text.exitCode()).isEqualTo(1);
        assertThat(text.out())
                .contains(
                        bad + ", line 1: this is no JSON", bad + ", line 2: message 1 has the unknown role \"wizard\".")
                .contains("4 faults in 2 examples", "1  too_few_examples");

        var json = CommandRun.of("dataset", "validate", bad, "--openai", "--json");
        assertThat(json.exitCode()).isEqualTo(1);
        assertThat(json.json().get("faults").get(1).get("rule").asText()).isEqualTo("unrecognized_role");
        assertThat(json.json().get("faults").get(1).get("line").asInt()).isEqualTo(2);

        var good = file("good.jsonl", "{\"text\": \"a\"}\n");
        assertThat(CommandRun.of("dataset", "validate", good).exitCode()).isZero();
        assertThat(CommandRun.of("dataset", "validate", good).out()).contains("no faults in 1 examples");
    }

    @Test
    void wrongUsageIsOneLineThatHelps() throws IOException {
        var file = file("a.csv", "q,a\nx,y\n");
        var form = CommandRun.of("dataset", "convert", file, "--to", "xml", "--out", "o");
        assertThat(form.exitCode()).isEqualTo(2);
        assertThat(form.err()).contains("'xml' is not chat, alpaca");
        assertThat(CommandRun.of("dataset").err()).contains("Say what to do");
        assertThat(CommandRun.of("dataset", "validate", file, "--delimiter", "ab")
                        .err())
                .contains("one character");
        assertThat(CommandRun.of("dataset", "validate", file, "--encoding", "utf-99")
                        .exitCode())
                .isEqualTo(2);
        var column = CommandRun.of(
                "dataset", "collect", "--from", file, "--question", "z", "--answer", "a", "--out", folder.resolve("o"));
        assertThat(column.exitCode()).isEqualTo(1);
        assertThat(column.err()).contains("has no column \"z\"; it has q, a");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
