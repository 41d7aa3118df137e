package dev.tandem.decoder.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCallsTest {
    private static final Set<String> NAMES = Set.of("weather", "clock");

    @Test
    void callsBetweenMarksAreTakenOutOfTheText() {
        var read = ToolCalls.read("""
                Let me look.
                <tool_call>
                {"name": "weather", "arguments": {"city": "Ulm </b>"}}
                </tool_call>
                <tool_call>{"name": "clock", "arguments": {}}""", NAMES);
        assertThat(read.text()).isEqualTo("Let me look.");
        assertThat(read.calls())
                .extracting(ToolExecutionRequest::name, ToolExecutionRequest::arguments, ToolExecutionRequest::id)
                .containsExactly(tuple("weather", "{\"city\":\"Ulm </b>\"}", "call_0"), tuple("clock", "{}", "call_1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " {\"name\": \"weather\", \"parameters\": {\"city\": \"Ulm\"}}\n",
                "[{\"name\": \"weather\", \"arguments\": {\"city\": \"Ulm\"}}]"
            })
    void anAnswerThatIsACallIsOne(String answer) {
        var read = ToolCalls.read(answer, NAMES);
        assertThat(read.text()).isEmpty();
        assertThat(read.calls()).hasSize(1);
        assertThat(read.calls().getFirst().name()).isEqualTo("weather");
        assertThat(read.calls().getFirst().arguments()).isEqualTo("{\"city\":\"Ulm\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It is noon.",
                "",
                "{\"name\": \"format_disk\", \"arguments\": {}}",
                "<tool_call>{\"name\": \"format_disk\", \"arguments\": {}}</tool_call>",
                "<tool_call>{\"name\": \"clock\", \"argum",
                "{\"name\": \"clock\", \"arguments\": \"now\"}",
                "{\"name\": \"clock\"} and more",
                "[]",
                "$1 \\"
            })
    void whatIsNoCallOfAKnownFunctionStaysText(String answer) {
        var read = ToolCalls.read(answer, NAMES);
        assertThat(read.calls()).isEmpty();
        assertThat(read.text()).isEqualTo(answer);
    }
}
