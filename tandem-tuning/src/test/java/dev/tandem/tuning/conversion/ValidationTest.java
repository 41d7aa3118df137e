package dev.tandem.tuning.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.foundation.Progress;
import dev.tandem.tuning.entry.Fault;
import dev.tandem.tuning.entry.TextOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationTest {
    private static final String GOOD =
            "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\", \"content\": \"b\"}]}\n";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"x\": 1} | missing_messages_list",
                "{\"messages\": []} | missing_messages_list",
                "7 | data_type",
                "{\"messages\": [ | broken_json",
                "{\"messages\": [1, {\"role\": \"assistant\", \"content\": \"b\"}]} | data_type",
                "{\"messages\": [{\"role\": \"assistant\", \"content\": \"b\", \"mood\": 1}]} | message_unrecognized_key",
                "{\"messages\": [{\"role\": \"assistant\"}]} | message_missing_key",
                "{\"messages\": [{\"content\": \"a\"}, {\"role\": \"assistant\", \"content\": \"b\"}]} | message_missing_key",
                "{\"messages\": [{\"role\": \"human\", \"content\": \"a\"}, {\"role\": \"assistant\", \"content\": \"b\"}]} | unrecognized_role",
                "{\"messages\": [{\"role\": \"assistant\", \"content\": \"\"}]} | missing_content",
                "{\"messages\": [{\"role\": \"assistant\", \"content\": null}]} | missing_content",
                "{\"messages\": [{\"role\": \"assistant\", \"content\": 3}]} | missing_content",
                "{\"messages\": [{\"role\": \"assistant\", \"content\": \"b\", \"weight\": 0.5}]} | unrecognized_weight",
                "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]} | example_missing_assistant_message"
            })
    void everyRuleOfOpenAiIsKeptWithTheLine(String line, String rule) throws IOException {
        var file = file(GOOD.repeat(11) + line + "\n" + GOOD);
        var validation = Validation.byOpenAi(file, TextOptions.TOLD, Progress.silent());
        assertThat(validation.examples()).isEqualTo(13);
        assertThat(validation.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.rule()).isEqualTo(rule);
            assertThat(fault.line()).isEqualTo(12);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\": [{\"role\": \"developer\", \"content\": \"a\"}, {\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"1\"}]},"
                        + " {\"role\": \"tool\", \"content\": \"b\", \"tool_call_id\": \"1\"}], \"tools\": [], \"parallel_tool_calls\": false}",
                "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"a\"}]},"
                        + " {\"role\": \"assistant\", \"content\": null, \"function_call\": {\"name\": \"f\", \"arguments\": \"{}\"}},"
                        + " {\"role\": \"assistant\", \"content\": \"x\", \"weight\": 0, \"name\": \"n\"}]}",
                "{\"input\": {\"messages\": [{\"role\": \"user\", \"content\": \"a\"}]},"
                        + " \"preferred_output\": [{\"role\": \"assistant\", \"content\": \"b\"}],"
                        + " \"non_preferred_output\": [{\"role\": \"assistant\", \"content\": \"c\"}]}"
            })
    void whatOpenAiTakesIsNoFault(String line) throws IOException {
        assertThat(Validation.byOpenAi(file((line + "\n").repeat(10)), TextOptions.TOLD, Progress.silent())
                        .faults())
                .isEmpty();
    }

    @Test
    void allFaultsAreListedNotOnlyTheFirst() throws IOException {
        var file = file(GOOD + "{\n{\"messages\": [{\"role\": \"x\", \"content\": \"\", \"y\": 1}]}\n");
        assertThat(Validation.byOpenAi(file, TextOptions.TOLD, Progress.silent())
                        .faults())
                .extracting(Fault::line, Fault::rule)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, "broken_json"),
                        org.assertj.core.groups.Tuple.tuple(3, "message_unrecognized_key"),
                        org.assertj.core.groups.Tuple.tuple(3, "unrecognized_role"),
                        org.assertj.core.groups.Tuple.tuple(3, "missing_content"),
                        org.assertj.core.groups.Tuple.tuple(3, "example_missing_assistant_message"),
                        org.assertj.core.groups.Tuple.tuple(0, "too_few_examples"));
    }

    @Test
    void otherFilesThanJsonLinesMustBeConvertedForOpenAi() throws IOException {
        var file = file("[" + (GOOD + ",").repeat(9) + GOOD + "]");
        assertThat(Validation.byOpenAi(file, TextOptions.TOLD, Progress.silent())
                        .faults())
                .extracting(Fault::rule)
                .containsExactly("not_json_lines");
        assertThat(Validation.of(file, TextOptions.TOLD, Progress.silent()))
                .isEqualTo(new Validation(10, java.util.List.of()));
    }

    @Test
    void withoutOpenAisRulesAnyFormIsTakenAndFaultsAreListed() throws IOException {
        var file = file("{\"text\": \"a\"}\n" + GOOD + "{\"text\": \"\"}\n{\"text\": \"b\"}\n");
        var validation = Validation.of(file, TextOptions.TOLD, Progress.silent());
        assertThat(validation.examples()).isEqualTo(4);
        assertThat(validation.faults()).extracting(Fault::rule).containsExactly("mixed_forms", "missing_content");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("train.jsonl"), text);
    }
}
