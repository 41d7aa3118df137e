package dev.tandem.tuning.example;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.entry.Fault;
import dev.tandem.tuning.entry.TextOptions;
import dev.tandem.tuning.example.Message.Role;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleFilesTest {
    private static final String GOOD = "{\"prompt\": \"a\", \"completion\": \"b\"}\n";

    @TempDir
    private Path folder = Path.of("");

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of(Form.CHAT, """
                        {"messages": [{"role": "user", "content": "Hi?"}, {"role": "assistant", "content": "Yes."}]}"""),
                Arguments.of(Form.ALPACA, "{\"instruction\": \"Hi?\", \"input\": \"\", \"output\": \"Yes.\"}"),
                Arguments.of(Form.SHAREGPT, """
                        {"conversations": [{"from": "human", "value": "Hi?"}, {"from": "gpt", "value": "Yes."}]}"""),
                Arguments.of(Form.SHAREGPT, """
                        {"conversations": [{"role": "user", "content": "Hi?"}, {"role": "assistant", "content": "Yes."}]}"""),
                Arguments.of(Form.COMPLETION, "{\"prompt\": \"Hi?\", \"completion\": \"Yes.\"}"),
                Arguments.of(Form.PREFERENCE, "{\"prompt\": \"Hi?\", \"chosen\": \"Yes.\", \"rejected\": \"No.\"}"),
                Arguments.of(Form.PREFERENCE, """
                        {"prompt": [{"role": "user", "content": "Hi?"}],
                         "chosen": [{"role": "assistant", "content": "Yes."}],
                         "rejected": [{"role": "assistant", "content": "No."}]}"""),
                Arguments.of(Form.PREFERENCE, """
                        {"chosen": [{"role": "user", "content": "Hi?"}, {"role": "assistant", "content": "Yes."}],
                         "rejected": [{"role": "user", "content": "Hi?"}, {"role": "assistant", "content": "No."}]}"""),
                Arguments.of(Form.PREFERENCE, """
                        {"prompt": "Hi?",
                         "chosen": [{"role": "user", "content": "Hi?"}, {"role": "assistant", "content": "Yes."}],
                         "rejected": [{"role": "user", "content": "Hi?"}, {"role": "assistant", "content": "No."}]}"""),
                Arguments.of(Form.PREFERENCE, """
                        {"conversations": [{"from": "human", "value": "Hi?"}],
                         "chosen": {"from": "gpt", "value": "Yes."}, "rejected": {"from": "gpt", "value": "No."}}"""),
                Arguments.of(Form.PREFERENCE, """
                        {"instruction": "Hi?", "chosen": "Yes.", "rejected": "No."}"""),
                Arguments.of(Form.OPENAI_PREFERENCE, """
                        {"input": {"messages": [{"role": "user", "content": "Hi?"}]},
                         "preferred_output": [{"role": "assistant", "content": "Yes."}],
                         "non_preferred_output": [{"role": "assistant", "content": "No."}]}"""));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormIsTheSameExampleWhateverTheFileLooksLike(Form form, String record) throws IOException {
        var flat = record.replace("\n", " ");
        var looks = List.of(
                flat + "\n" + flat + "\n",
                "\r\n" + flat + "\r\n\r\n" + flat,
                "[" + flat + "," + flat + "]",
                "[\n" + record + ",\n" + record + "\n]\n",
                record.replace(",", ",\n") + "\n" + record.replace(",", ",\n"));
        for (var look : looks) {
            for (var name : List.of("data.jsonl", "data.json", "data")) {
                var examples = new ArrayList<Example>();
                var found = ExampleFiles.read(file(name, look), examples::add);

                assertThat(found).isEqualTo(form);
                assertThat(examples).hasSize(2).allSatisfy(each -> {
                    assertThat(each.question()).isEqualTo("Hi?");
                    assertThat(each.answer()).isEqualTo("Yes.");
                    assertThat(each.messages()).extracting(Message::role).containsExactly(Role.USER, Role.ASSISTANT);
                    assertThat(each.messages()).extracting(Message::learned).containsExactly(false, true);
                    assertThat(each.rejected().orElse("No.")).isEqualTo("No.");
                    assertThat(each.rejected().isPresent())
                            .isEqualTo(form == Form.PREFERENCE || form == Form.OPENAI_PREFERENCE);
                    assertThat(each.fields()).isEmpty();
                });
            }
        }
    }

    @Test
    void turnsAndFieldsOfARecordAreKept() throws IOException {
        var examples = read(file("a.jsonl", """
                {"id": 7, "messages": [{"role": "developer", "content": "Be brief."}, {"role": "user", "content": "Hi"}, \
                {"role": "assistant", "content": "Yo", "weight": 0}, {"role": "user", "content": "Bye", "name": "Ann"}, \
                {"role": "assistant", "content": "Ciao"}], "source": "wiki", "tags": ["x"]}
                """));
        var example = examples.getFirst();
        assertThat(example.messages())
                .extracting(Message::role)
                .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT);
        assertThat(example.messages()).extracting(Message::learned).containsExactly(false, false, false, false, true);
        assertThat(example.fields()).containsOnlyKeys("id", "source").containsEntry("id", "7");
        assertThat(example.more()).containsOnlyKeys("id", "source", "tags");
        assertThat(example.question()).isEqualTo("Be brief.\nHi\nYo\nBye");
    }

    @Test
    void alpacasHistoryComesFirstAndItsInputBehindTheInstruction() throws IOException {
        var example = read(file("a.json", """
                        [{"instruction": "Sum up.", "input": "Long text", "output": "Short",
                          "system": "Be brief.", "history": [["Hi", "Yo"]]}]
                        """)).getFirst();
        assertThat(example.messages())
                .extracting(Message::content)
                .containsExactly("Be brief.", "Hi", "Yo", "Sum up.\nLong text", "Short");
    }

    @Test
    void callsInShareGptFilesBecomeToolCalls() throws IOException {
        var example = read(file("a.json", """
                        [{"conversations": [{"from": "human", "value": "Weather?"},
                          {"from": "function_call", "value": "{\\"name\\": \\"weather\\", \\"arguments\\": {\\"city\\": \\"Rome\\"}}"},
                          {"from": "observation", "value": "sunny"}, {"from": "gpt", "value": "Sunny."}],
                          "tools": "[]", "system": "Help."}]
                        """)).getFirst();
        var call = requireNonNull(example.messages().get(2).more().get("tool_calls"))
                .get(0);
        assertThat(call.path("function").path("name").asText()).isEqualTo("weather");
        assertThat(call.path("function").path("arguments").asText()).isEqualTo("{\"city\":\"Rome\"}");
        assertThat(example.messages().get(3).more().get("tool_call_id")).isEqualTo(call.get("id"));
        assertThat(example.messages().getFirst().content()).isEqualTo("Help.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"prompt\": \"a\" | 2 | broken_json",
                "nothing at all | 2 | broken_json",
                "{\"prompt\": \"a\", \"completion\": \"b\"} {} | 2 | broken_json",
                "{\"prompt\": \"a\", \"completion\": \"b\", \"prompt\": \"c\"} | 2 | duplicate_key",
                "[1] | 2 | data_type",
                "{\"text\": \"a\"} | 2 | mixed_forms",
                "{\"question\": \"a\"} | 2 | unknown_form",
                "{\"prompt\": \"a\", \"completion\": \"\"} | 2 | missing_content",
                "{\"prompt\": [1], \"completion\": \"x\"} | 2 | data_type"
            })
    void aFaultyLineIsNamedAndTheOthersAreRead(String line, int number, String rule) throws IOException {
        var file = file("a.jsonl", GOOD + line + "\n" + GOOD);
        var good = new ArrayList<Example>();

        var faults = ExampleFiles.faults(file, TextOptions.TOLD, Progress.silent(), good::add);

        assertThat(faults).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(number);
            assertThat(fault.rule()).isEqualTo(rule);
        });
        assertThat(good).extracting(Example::line).containsExactly(1, 3);
        if (rule.equals("broken_json")) {
            var first = file("b.jsonl", line + "\n" + GOOD);
            assertThat(ExampleFiles.faults(first, TextOptions.TOLD, Progress.silent(), each -> {}))
                    .extracting(Fault::line)
                    .containsExactly(1);
        }
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(MendableException.class)
                .hasMessageStartingWith(file + ", line 2: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | missing_messages_list",
                "[{\"role\": \"user\", \"content\": \"x\"}] | example_missing_assistant_message",
                "[{\"role\": \"wizard\", \"content\": \"x\"}] | unrecognized_role",
                "[{\"role\": \"assistant\", \"content\": \"\"}] | missing_content",
                "[{\"role\": \"assistant\", \"content\": \"x\", \"weight\": 2}] | unrecognized_weight"
            })
    void aChatNeedsAnAnswerAndKnownRoles(String messages, String rule) throws IOException {
        var file = file("a.jsonl", "{\"messages\": " + messages + "}\n");
        assertThat(ExampleFiles.faults(file, TextOptions.TOLD, Progress.silent(), each -> {}))
                .extracting(Fault::rule)
                .containsExactly(rule);
    }

    @Test
    void inAListNothingBehindABreakIsReadAndItsLineIsNamed() throws IOException {
        var file = file("a.json", "[\n" + GOOD + ",\n{\"prompt\": oh\n},\n" + GOOD + "]");
        assertThatThrownBy(() -> read(file)).hasMessageContaining("line 4");
        assertThatThrownBy(() -> read(file("b.json", "[\n" + GOOD))).hasMessageContaining("ends in the middle");
        assertThatThrownBy(() -> read(file("c.json", "[\n" + GOOD + "]\n" + GOOD)))
                .hasMessageContaining("behind the list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n  \n", "[]", "\uFEFF"})
    void aFileWithoutExamplesIsSaidToBeEmpty(String text) throws IOException {
        assertThatThrownBy(() -> read(file("a.jsonl", text)))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("holds no examples");
        assertThat(ExampleFiles.faults(file("b.json", text), TextOptions.TOLD, Progress.silent(), each -> {}))
                .extracting(Fault::rule)
                .containsExactly("empty_file");
    }

    @Test
    void oneExampleIsEnough() throws IOException {
        assertThat(read(file("a.jsonl", GOOD))).hasSize(1);
    }

    @Test
    void byteOrderMarksTellTheEncodingAndOthersAreNamed() throws IOException {
        var text = "{\"text\": \"Grüße\"}\n";
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            var file = folder.resolve("marked.jsonl");
            Files.writeString(file, "\uFEFF" + text, charset);
            assertThat(read(file)).singleElement().extracting(Example::answer).isEqualTo("Grüße");
        }
        var windows = folder.resolve("windows.jsonl");
        Files.writeString(windows, GOOD + "\n" + text, Charset.forName("windows-1252"));
        assertThatThrownBy(() -> read(windows))
                .isInstanceOf(MendableException.class)
                .hasMessageContainingAll("line 3", "0xFC", "Windows-1252", "--encoding windows-1252");
        var named = new TextOptions(Optional.of(Charset.forName("windows-1252")), Optional.empty());
        var faults = ExampleFiles.faults(windows, named, Progress.silent(), each -> {});
        assertThat(faults).extracting(Fault::rule).containsExactly("mixed_forms");
        var unmarked = folder.resolve("unmarked.jsonl");
        Files.writeString(unmarked, text.repeat(4), StandardCharsets.UTF_16LE);
        assertThatThrownBy(() -> read(unmarked)).hasMessageContaining("--encoding UTF-16LE");
        Files.write(unmarked, new byte[] {0x1F, (byte) 0x8B, 8, 0, 0});
        assertThatThrownBy(() -> read(unmarked)).hasMessageContaining("gzip");
    }

    @Test
    void anAnswerOfTenMegabytesIsReadAndALineWithoutEndIsRefusedBeforeItFillsTheMemory() throws IOException {
        var long10 = file("a.jsonl", "{\"prompt\": \"a\", \"completion\": \"" + "x".repeat(10 << 20) + "\"}\n");
        assertThat(read(long10))
                .singleElement()
                .satisfies(each -> assertThat(each.answer()).hasSize(10 << 20));
        for (var name : List.of("b.jsonl", "b.json")) {
            var file = folder.resolve(name);
            try (var writer = Files.newBufferedWriter(file)) {
                writer.write(name.endsWith("l") ? GOOD : "[" + GOOD + ",");
                writer.write("{\"prompt\": \"a\", \"completion\": \"");
                for (int i = 0; i < 33; i++) {
                    writer.write("x".repeat(1 << 20));
                }
                writer.write("\"}");
                writer.write(name.endsWith("l") ? "" : "]");
            }
            assertThatThrownBy(() -> read(file)).hasMessageContainingAll("line 2", "32 million");
        }
    }

    @Test
    void whatIsNoFileIsOneSentence() {
        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("folder");
        assertThatThrownBy(() -> read(folder.resolve("none"))).isInstanceOf(MendableException.class);
    }

    @Test
    void tablesWithTheNamesOfAFormAreRead() throws IOException {
        var examples = read(file("a.csv", "instruction,input,output,source\nSay hi,,\"Hi, \"\"you\"\"\",wiki\n"));
        assertThat(examples).singleElement().satisfies(each -> {
            assertThat(each.form()).isEqualTo(Form.ALPACA);
            assertThat(each.answer()).isEqualTo("Hi, \"you\"");
            assertThat(each.fields()).containsEntry("source", "wiki");
            assertThat(each.line()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "gzip", "none"})
    void parquetFilesOfChatsAreRead(String compression) {
        var examples = read(Path.of("src/test/resources/parquet/chat-" + compression + ".parquet"));
        assertThat(examples).extracting(Example::question).containsExactly("question 0", "question 1", "question 2");
        assertThat(examples).extracting(Example::answer).containsExactly("answer 0", "answer 1", "answer 2");
        var first = examples.getFirst();
        assertThat(first.messages().getFirst().more().get("name")).hasToString("\"Änne\"");
        assertThat(first.messages().getLast().more()).isEmpty();
        assertThat(first.fields())
                .containsOnlyKeys("number", "score", "good", "source", "day")
                .containsEntry("number", "1")
                .containsEntry("score", "0.5")
                .containsEntry("good", "true")
                .containsEntry("day", "2024-01-02");
        assertThat(first.more().get("tags")).hasSize(2);
        assertThat(examples.get(2).line()).isEqualTo(3);
    }

    @Test
    void parquetThatCannotBeReadIsOneSentence() throws IOException {
        assertThatThrownBy(() -> read(Path.of("src/test/resources/parquet/brotli.parquet")))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("Snappy");
        var cut = folder.resolve("cut.parquet");
        var whole = Files.readAllBytes(Path.of("src/test/resources/parquet/chat-none.parquet"));
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> read(cut)).isInstanceOf(MendableException.class);
    }

    private static List<Example> read(Path file) {
        var examples = new ArrayList<Example>();
        ExampleFiles.read(file, examples::add);
        return examples;
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
