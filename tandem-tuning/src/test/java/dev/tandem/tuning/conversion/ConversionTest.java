package dev.tandem.tuning.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.entry.TextOptions;
import dev.tandem.tuning.example.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConversionTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> PIECES = List.of(
            "Grüße",
            " \"quoted\" ",
            "\n",
            "\t",
            "\\",
            "漢字",
            "\uD83D\uDE00",
            "\u2028",
            "{}",
            "[",
            "a,b",
            "\u0000",
            "\uD83D",
            " ",
            "'");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void conversationsSurviveTheWayToShareGptAndBack() throws IOException {
        var random = new Random(20261126);
        var records = new ArrayList<ObjectNode>();
        for (int i = 0; i < 500; i++) {
            records.add(conversation(random));
        }
        var chat = write("chat.jsonl", records);

        var there = convert(chat, "sharegpt.jsonl", Form.SHAREGPT);
        var back = convert(there, "back.jsonl", Form.CHAT);

        assertThat(read(back)).containsExactlyElementsOf(records);
    }

    @ParameterizedTest
    @EnumSource(
            value = Form.class,
            names = {"SHAREGPT", "ALPACA", "COMPLETION"})
    void singleTurnsSurviveEveryRoundTrip(Form form) throws IOException {
        var random = new Random(7);
        var records = new ArrayList<ObjectNode>();
        for (int i = 0; i < 300; i++) {
            var record = JSON.createObjectNode();
            var messages = record.putArray("messages");
            if (form != Form.COMPLETION && random.nextBoolean()) {
                messages.addObject().put("role", "system").put("content", text(random));
            }
            messages.addObject().put("role", "user").put("content", text(random));
            messages.addObject().put("role", "assistant").put("content", text(random));
            record.put("source", text(random)).put("id", random.nextLong());
            records.add(record);
        }
        var chat = write("chat.jsonl", records);

        var there = convert(chat, "there.jsonl", form);
        var back = convert(there, "back.jsonl", Form.CHAT);

        assertThat(read(back)).containsExactlyElementsOf(records);
    }

    @Test
    void preferencePairsSurviveTheWayToOpenAisAndBack() throws IOException {
        var random = new Random(3);
        var records = new ArrayList<ObjectNode>();
        for (int i = 0; i < 200; i++) {
            var record = JSON.createObjectNode();
            var prompt = record.putArray("prompt");
            prompt.addObject().put("role", "system").put("content", text(random));
            prompt.addObject().put("role", "user").put("content", text(random));
            record.putArray("chosen").addObject().put("role", "assistant").put("content", text(random));
            record.putArray("rejected").addObject().put("role", "assistant").put("content", text(random));
            record.putArray("tools").addObject().put("type", "function");
            records.add(record.put("customer", text(random)));
        }
        var pairs = write("pairs.jsonl", records);

        var there = convert(pairs, "there.jsonl", Form.OPENAI_PREFERENCE);
        assertThat(read(there).getFirst().path("input").has("tools")).isTrue();
        assertThat(read(convert(there, "back.jsonl", Form.PREFERENCE))).containsExactlyElementsOf(records);
    }

    @Test
    void alpacaStaysAlpaca() throws IOException {
        var record = "{\"instruction\":\"Sum up.\",\"input\":\"Text\",\"output\":\"S\",\"system\":\"Be brief.\","
                + "\"history\":[[\"Hi\",\"Yo\"]],\"n\":1.50}";
        var file = Files.writeString(folder.resolve("a.json"), "[" + record + "]");
        assertThat(convert(file, "b.jsonl", Form.ALPACA)).content().isEqualTo(record + "\n");
    }

    @Test
    void whatAFormCannotHoldIsCountedAndNothingElse() throws IOException {
        var file = Files.writeString(folder.resolve("chat.jsonl"), """
                {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}
                {"messages": [{"role": "user", "content": "a", "name": "x"}, {"role": "assistant", "content": "b"}, \
                {"role": "user", "content": "c"}, {"role": "assistant", "content": "d"}]}
                {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "tool_calls": [{"id": "1"}]}]}
                """);

        var conversion = Conversion.of(file, folder.resolve("o"), settings(Form.COMPLETION), Progress.silent());

        assertThat(conversion.examples()).isEqualTo(3);
        assertThat(conversion.written()).isEqualTo(2);
        assertThat(conversion.lost())
                .containsOnly(
                        java.util.Map.entry("\"name\" of a message", 1),
                        java.util.Map.entry(
                                "who says what before the last answer (the turns stand in the prompt, one a line)", 1),
                        java.util.Map.entry("the whole example, which does not end with an answer in words", 1));
        assertThat(folder.resolve("o")).content().isEqualTo("""
                {"prompt":"a","completion":"b"}
                {"prompt":"a\\nb\\nc","completion":"d"}
                """);
        assertThat(Conversion.of(file, folder.resolve("p"), settings(Form.ALPACA), Progress.silent())
                        .lost())
                .containsOnlyKeys(
                        "\"name\" of a message",
                        "the whole example, whose turns are not questions and answers in turn");
        assertThatThrownBy(() -> Conversion.of(
                        file,
                        folder.resolve("q"),
                        new Conversion.Settings(Form.COMPLETION, TextOptions.TOLD, true, false),
                        Progress.silent()))
                .isInstanceOf(MendableException.class)
                .hasMessageContainingAll("line 2", "who says what");
        assertThatThrownBy(() -> Conversion.of(file, folder.resolve("q"), settings(Form.PREFERENCE), Progress.silent()))
                .hasMessageContaining("rejected");
        assertThat(folder.resolve("q")).doesNotExist();
    }

    @Test
    void rejectedAnswersAndInputsAreLostInChats() throws IOException {
        var pairs = Files.writeString(
                folder.resolve("p.jsonl"), "{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}\n");
        assertThat(Conversion.of(pairs, folder.resolve("o"), settings(Form.CHAT), Progress.silent())
                        .lost())
                .containsOnlyKeys("the rejected answer");
        var alpaca = Files.writeString(
                folder.resolve("a.jsonl"), "{\"instruction\": \"a\", \"input\": \"b\", \"output\": \"c\"}\n");
        assertThat(Conversion.of(alpaca, folder.resolve("p"), settings(Form.CHAT), Progress.silent())
                        .lost())
                .containsOnlyKeys("the border between instruction and input");
        assertThat(folder.resolve("p")).content().doesNotContain("alpaca:");
    }

    @Test
    void aFaultLeavesAFileThatWasThereAsItWas() throws IOException {
        var file = Files.writeString(folder.resolve("a.jsonl"), "{\"text\": \"a\"}\n{\"text\": \n");
        var out = Files.writeString(folder.resolve("out.jsonl"), "precious");
        var replace = new Conversion.Settings(Form.CHAT, TextOptions.TOLD, false, true);

        assertThatThrownBy(() -> Conversion.of(file, out, settings(Form.CHAT), Progress.silent()))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("--force");
        assertThatThrownBy(() -> Conversion.of(file, out, replace, Progress.silent()))
                .hasMessageContaining("line 2");

        assertThat(out).content().isEqualTo("precious");
        assertThat(folder.resolve("out.jsonl.part")).doesNotExist();
        Files.writeString(file, "{\"text\": \"a\"}\n");
        assertThat(Conversion.of(file, out, replace, Progress.silent()).written())
                .isEqualTo(1);
        assertThat(out).content().contains("assistant");
    }

    /** Turns with everything that OpenAI's form has. */
    private static ObjectNode conversation(Random random) {
        var record = JSON.createObjectNode();
        var messages = record.putArray("messages");
        if (random.nextBoolean()) {
            messages.addObject()
                    .put("role", random.nextBoolean() ? "system" : "developer")
                    .put("content", text(random));
        }
        for (int turn = 0; turn <= random.nextInt(4); turn++) {
            var user = messages.addObject().put("role", "user");
            if (random.nextInt(5) == 0) {
                var parts = user.putArray("content");
                parts.addObject().put("type", "text").put("text", text(random));
                parts.addObject()
                        .put("type", "image_url")
                        .putObject("image_url")
                        .put("url", "https://x.example/y.png");
            } else {
                user.put("content", text(random));
            }
            if (random.nextInt(4) == 0) {
                user.put("name", text(random));
            }
            if (random.nextInt(3) == 0) {
                call(messages.addObject(), random, turn);
                messages.addObject()
                        .put("role", "tool")
                        .put("content", text(random))
                        .put("tool_call_id", "id" + turn);
            } else if (random.nextInt(6) == 0) {
                messages.addObject()
                        .put("role", "assistant")
                        .putNull("content")
                        .putObject("function_call")
                        .put("name", "f")
                        .put("arguments", "not " + text(random));
                messages.addObject().put("role", "function").put("content", "").put("name", "f");
            }
            var assistant = messages.addObject().put("role", "assistant").put("content", text(random));
            if (random.nextInt(3) == 0) {
                assistant.put("weight", random.nextInt(2));
            }
        }
        if (random.nextBoolean()) {
            record.putArray("tools")
                    .addObject()
                    .put("type", "function")
                    .putObject("function")
                    .put("name", "f");
            record.put("parallel_tool_calls", random.nextBoolean());
        }
        if (random.nextBoolean()) {
            record.put("source", text(random)).put("id", random.nextInt());
        }
        return record;
    }

    private static void call(ObjectNode message, Random random, int turn) {
        message.put("role", "assistant");
        switch (random.nextInt(4)) {
            case 0 -> message.put("content", text(random));
            case 1 -> message.putNull("content");
            case 2 -> message.put("content", "");
            default -> {}
        }
        var calls = message.putArray("tool_calls");
        for (int i = 0; i <= random.nextInt(2); i++) {
            calls.addObject()
                    .put("id", "id" + turn)
                    .put("type", "function")
                    .putObject("function")
                    .put("name", "f")
                    .put("arguments", "{\"x\": [1, 2.50]}");
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder("x");
        for (int i = 0; i < random.nextInt(8); i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.reverse().append('y').toString();
    }

    private Path convert(Path in, String out, Form form) {
        var file = folder.resolve(out);
        var conversion = Conversion.of(in, file, settings(form), Progress.silent());
        assertThat(conversion.lost()).isEmpty();
        assertThat(conversion.written()).isEqualTo(conversion.examples());
        return file;
    }

    private static Conversion.Settings settings(Form form) {
        return new Conversion.Settings(form, TextOptions.TOLD, false, false);
    }

    private Path write(String name, List<ObjectNode> records) {
        var file = folder.resolve(name);
        try (var lines = JsonLinesFile.create(file, false)) {
            records.forEach(lines::write);
            lines.finish();
        }
        return file;
    }

    private static List<JsonNode> read(Path file) throws IOException {
        var records = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(file)) {
            records.add(JSON.readTree(line));
        }
        return records;
    }
}
