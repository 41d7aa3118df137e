package dev.tandem.evaluation.judge.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.tandem.evaluation.metric.task.JudgedCheck;
import dev.tandem.foundation.MendableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LlmAnswerJudgeTest {
    @RegisterExtension
    static final WireMockExtension WIRE_MOCK = JudgeServer.extension();

    private JudgeServer server = new JudgeServer(WIRE_MOCK);

    @BeforeEach
    void passesTheControl() {
        server = new JudgeServer(WIRE_MOCK).passes();
    }

    @Test
    void theModelHearsQuestionExpectedAnswersAndAnswerAndItsVerdictCounts() {
        server.says(JudgeServer.CORRECTNESS, verdict(1), verdict(0));
        try (var judge = judge()) {
            assertThat(judge.right(Optional.of("How long?"), "Half a year.", List.of("26 weeks", "6 months")))
                    .isTrue();
            assertThat(judge.right(Optional.empty(), "A year.", List.of("26 weeks")))
                    .isFalse();
            assertThat(judge.signature()).isEqualTo("judge:llm:tester:prompts-v1");
        }
        var first = server.asked(JudgeServer.CORRECTNESS).getFirst().toString();
        assertThat(first).contains("How long?", "1. 26 weeks", "2. 6 months", "Half a year.");
        assertThat(server.asked(JudgeServer.CORRECTNESS).getLast().toString()).contains("(not known)");
    }

    @Test
    void nonsenseIsAMissingValueAndNeverAWrongAnswer() {
        server.says(JudgeServer.CORRECTNESS, "Looks fine to me!", "{\"verdict\": 7}", "no", verdict(1));
        try (var judge = judge()) {
            var check = new JudgedCheck(judge);
            assertThat(check.right("Half a year.", List.of("26 weeks"))).isEmpty();
            assertThat(check.failure().orElseThrow()).contains("tester");
            assertThat(check.right("Half a year.", List.of("26 weeks"))).contains(true);
            assertThat(check.right(" ... ", List.of("26 weeks"))).contains(false);
        }
    }

    @Test
    void aModelThatDoesNotPassTheControlJudgesNothing() {
        server.control(JudgeServer.CONTROL_PASSED.replace("\"verdict\":1", "\"verdict\":0"));
        try (var judge = judge()) {
            assertThatThrownBy(() -> judge.right(Optional.empty(), "a", List.of("a")))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("cannot judge");
        }
        assertThat(server.asked(JudgeServer.CORRECTNESS)).isEmpty();
    }

    private static String verdict(int value) {
        return "{\"reason\": \"because\", \"verdict\": " + value + "}";
    }

    private LlmAnswerJudge judge() {
        var usual = JudgeOptions.DEFAULT;
        return new LlmAnswerJudge(
                server.model(),
                "tester",
                new JudgeOptions(usual.metrics(), 1, usual.retries(), usual.timeout(), Duration.ZERO, 17));
    }
}
