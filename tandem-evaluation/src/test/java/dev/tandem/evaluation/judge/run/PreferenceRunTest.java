package dev.tandem.evaluation.judge.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.tandem.evaluation.judge.llm.JudgeOptions;
import dev.tandem.evaluation.judge.llm.JudgeServer;
import dev.tandem.evaluation.judge.llm.PreferenceJudge;
import dev.tandem.foundation.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PreferenceRunTest {
    @RegisterExtension
    static final WireMockExtension WIRE_MOCK = JudgeServer.extension();

    @TempDir
    private Path folder;

    private Path input;
    private Path output;
    private JudgeServer server = new JudgeServer(WIRE_MOCK);
    private final List<String> faults = new ArrayList<>();

    @BeforeEach
    void serverAndFiles() {
        input = folder.resolve("pairs.jsonl");
        output = folder.resolve("verdicts.jsonl");
        server = new JudgeServer(WIRE_MOCK).passes();
    }

    @Test
    void thePairIsAskedInBothOrdersAndTheAnswerNotThePlaceIsPreferred() throws Exception {
        server.says(JudgeServer.PREFERENCE, said(2, "the second is right"), said(1, "the first is right"));
        write(pair("a", 2));
        var summary = run();
        assertThat(Files.readString(output))
                .isEqualTo("{\"id\":\"a\",\"preference\":2,\"reason\":\"the second is right\","
                        + "\"changed_with_order\":false,\"place\":0,\"judge\":\"llm:tester:prompts-v1\"}\n");
        assertThat(summary.second()).isEqualTo(1);
        var asked = server.asked(JudgeServer.PREFERENCE);
        assertThat(asked).hasSize(2);
        assertThat(places(asked.get(0).at("/messages/1/content").asText())).containsExactly("good-a", "bad-a");
        assertThat(places(asked.get(1).at("/messages/1/content").asText())).containsExactly("bad-a", "good-a");
    }

    @Test
    void aJudgeThatLovesTheFirstPlacePrefersNothing() throws Exception {
        server.says(JudgeServer.PREFERENCE, said(1, "so"));
        write(pair("a", 1), pair("b", 2));
        var summary = run();
        assertThat(summary.ties()).isEqualTo(2);
        assertThat(summary.changed()).isEqualTo(2);
        assertThat(summary.changedToFirst()).isEqualTo(2);
        assertThat(summary.agreement().orElseThrow().accuracy().orElseThrow().value())
                .isEqualTo(0.5);
        assertThat(summary.agreement().orElseThrow().decidedAccuracy()).isEmpty();
        assertThat(Files.readString(output)).contains("preferred the first place in both orders");
    }

    @Test
    void aTieInOneOrderIsATieWithoutBias() throws Exception {
        server.says(JudgeServer.PREFERENCE, said(1, "so"), said(0, "equal"));
        write(pair("a", 1));
        var summary = run();
        assertThat(summary.ties()).isEqualTo(1);
        assertThat(summary.changed()).isZero();
        assertThat(Files.readString(output)).contains("preferred answer 1 in one order and neither in the other");
    }

    @Test
    void badPairsAreToldTheOthersAreComparedAndFailuresAreTriedAgain() throws Exception {
        server.says(JudgeServer.PREFERENCE, said(0, "equal"))
                .saysWhere(JudgeServer.PREFERENCE, "good-x", "{\"preferred\": 3}");
        write(
                pair("a", 1),
                pair("x", 1),
                "{\"id\": \"y\", \"question\": \"q\", \"answer_1\": \"only one\"}",
                pair("z", 3));
        var summary = run();
        assertThat(summary.compared()).isEqualTo(1);
        assertThat(summary.failed()).isEqualTo(3);
        assertThat(faults)
                .anyMatch(
                        fault -> fault.contains("line 2: ") && fault.contains("\"preferred\" is 3, not a whole number"))
                .anyMatch(fault -> fault.contains("line 3: the field \"answer_2\" is missing; add it"))
                .anyMatch(fault -> fault.contains("line 4: \"label\" is 3, which names no answer"));

        server.saysWhere(JudgeServer.PREFERENCE, "good-x", said(0, "equal"));
        var second = run();
        assertThat(second.before()).isEqualTo(1);
        assertThat(second.compared()).isEqualTo(1);
        assertThat(Files.readAllLines(output)).hasSize(2);
    }

    private PreferenceSummary run() {
        faults.clear();
        var options = new JudgeOptions(
                Set.copyOf(JudgeOptions.DEFAULT.metrics()), 3, 1, Duration.ofSeconds(20), Duration.ZERO, 17);
        try (var judge = new PreferenceJudge(server.model(), "tester", options)) {
            return new PreferenceRun(input, output, false, 1)
                    .compare(judge, Progress.silent(), faults::add, () -> false);
        }
    }

    private static List<String> places(String prompt) {
        return prompt.lines()
                .filter(line -> line.startsWith("good-") || line.startsWith("bad-"))
                .toList();
    }

    private void write(String... records) throws Exception {
        Files.writeString(input, String.join("\n", records) + "\n");
    }

    private static String said(int preferred, String reason) {
        return "{\"reason\": \"" + reason + "\", \"preferred\": " + preferred + "}";
    }

    private static String pair(String id, int label) {
        return "{\"id\": \"" + id + "\", \"question\": \"q\", \"answer_1\": \"good-" + id + "\", \"answer_2\": \"bad-"
                + id + "\", \"label\": " + label + "}";
    }
}
