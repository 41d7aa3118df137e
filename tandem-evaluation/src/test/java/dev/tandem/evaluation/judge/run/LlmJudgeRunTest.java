package dev.tandem.evaluation.judge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.llm.JudgeOptions;
import dev.tandem.evaluation.judge.llm.JudgeServer;
import dev.tandem.evaluation.judge.llm.JudgedMetric;
import dev.tandem.evaluation.judge.llm.LlmJudge;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.models.embedding.OnnxTextEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LlmJudgeRunTest {
    @RegisterExtension
    static final WireMockExtension WIRE_MOCK = JudgeServer.extension();

    private static final OnnxTextEncoder ENCODER = OnnxTextEncoder.bundled();

    @TempDir
    private Path folder;

    private Path input;
    private Path output;
    private JudgeServer server = new JudgeServer(WIRE_MOCK);
    private final List<String> faults = new ArrayList<>();

    @BeforeEach
    void serverAndFiles() {
        input = folder.resolve("pairs.jsonl");
        output = folder.resolve("scores.jsonl");
        server = new JudgeServer(WIRE_MOCK)
                .passes()
                .says(JudgeServer.CLAIMS, "{\"claims\": [\"one\", \"two\"]}")
                .says(JudgeServer.VERDICTS, JudgeServer.verdicts(1, 0))
                .says(JudgeServer.RELEVANCE, "{\"reason\": \"\", \"sentences\": [1]}");
    }

    @AfterAll
    static void close() {
        ENCODER.close();
    }

    @Test
    void linesNameTheJudgeAndWhatItMeasured() throws Exception {
        write(record("a", "true"));
        var summary = run(2, false);
        assertThat(output)
                .hasContent("{\"id\":\"a\",\"faithfulness\":0.5,\"answer_relevancy\":null,\"context_relevancy\":1.0,"
                        + "\"context_precision\":null,\"context_recall\":null,\"unsupported\":[\"two\"],"
                        + "\"judge\":\"llm:tester:prompts-v1\"}");
        assertThat(summary.under()).hasValue(1);
        assertThat(summary.isComplete()).isTrue();
    }

    /** A missing value is no zero: it is in no mean, it is told, and the next run gets it, in the same place. */
    @Test
    void aScoreThatIsMissingIsToldAndGotByTheNextRun() throws Exception {
        server.saysWhere(JudgeServer.RELEVANCE, "Tea b", "nonsense");
        write(record("a", "true"), record("b", "true"), record("c", "true"));

        var first = run(1, false);

        assertThat(first.judged()).isEqualTo(3);
        assertThat(first.failed()).isZero();
        assertThat(first.partly()).isEqualTo(1);
        assertThat(first.contextRelevancy()).hasValue(1);
        assertThat(faults)
                .singleElement()
                .asString()
                .contains("pairs.jsonl, line 2: context_relevancy is missing: ", "no JSON object", "nonsense");
        assertThat(Files.readAllLines(output).get(1))
                .contains("\"faithfulness\":0.5", "\"context_relevancy\":null", "\"missing\":{\"context_relevancy\":");

        server.saysWhere(JudgeServer.RELEVANCE, "Tea b", "{\"reason\": \"\", \"sentences\": []}");
        var second = run(1, false);

        assertThat(second.before()).isEqualTo(2);
        assertThat(second.judged()).isEqualTo(1);
        assertThat(second.isComplete()).isTrue();
        assertThat(second.contextRelevancy().orElseThrow()).isEqualTo(2 / 3.0);
        assertThat(Files.readAllLines(output))
                .hasSize(3)
                .element(1)
                .asString()
                .startsWith("{\"id\":\"b\",\"faithfulness\":0.5")
                .contains("\"context_relevancy\":0.0")
                .doesNotContain("missing");
    }

    @Test
    void whatWasScoredStaysWhenTheNextRunHasLessLuck() throws Exception {
        server.saysWhere(JudgeServer.RELEVANCE, "Tea a", "nonsense");
        write(record("a", "true"));
        run(1, false);
        var before = Files.readString(output);
        server.responds(JudgeServer.CLAIMS, JudgeServer.fails(500, "down"));
        assertThat(run(1, false).failed()).isEqualTo(1);
        assertThat(output).hasContent(before);
    }

    @Test
    void aRunThatWasStoppedGoesOnToTheSameFileInTheSameOrder() throws Exception {
        write(IntStream.range(0, 12).mapToObj(i -> record("r" + i, "true")).toArray(String[]::new));
        var asked = new AtomicInteger();
        try (var judge = judge()) {
            var stopped = new JudgeRun(input, output, false, 4, false)
                    .judge(judge, steps(asked), faults::add, () -> asked.get() >= 5);
            assertThat(stopped.judged()).isBetween(5, 11);
        }
        assertThat(faults).isEmpty();
        run(4, false);
        assertThat(Files.readAllLines(output)).hasSize(12);
        assertThat(IntStream.range(0, 12)
                        .allMatch(i -> lines().get(i).startsWith("{\"id\":\"r" + i + "\",\"faithfulness\":0.5")))
                .isTrue();
    }

    @Test
    void scoresOfTwoJudgesAreNotMixed() throws Exception {
        write(record("a", "true"));
        run(1, false);
        try (var embedded = EmbeddedJudge.open()) {
            var run = new JudgeRun(input, output, false);
            assertThatThrownBy(() -> run.judge(embedded, Progress.silent(), faults::add, () -> false))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("llm:tester:prompts-v1", "--overwrite");
        }
        assertThat(output).content().contains("tester");
    }

    @Test
    void agreementIsOverAnswersThatHaveBothALabelAndAScore() throws Exception {
        server.saysWhere(JudgeServer.CLAIMS, "I know of a", "{\"claims\": []}")
                .saysWhere(JudgeServer.CLAIMS, "I know of b", "{\"claims\": [\"fine\"]}")
                .saysWhere(JudgeServer.VERDICTS, "1. fine", JudgeServer.verdicts(1));
        write(
                record("a", "true"),
                record("b", "1"),
                record("c", "false"),
                record("d", "true"),
                record("e", "null"),
                record("f", "0.5"));

        var agreement = run(3, true).agreement().orElseThrow();

        assertThat(agreement.answers()).isEqualTo(3);
        assertThat(agreement.supported()).isEqualTo(2);
        // b is called supported, c and d are not: one of two supported is found, and the unsupported one.
        assertThat(agreement.balancedAccuracy().orElseThrow().value()).isEqualTo(0.75);
        // b over c, d equal to c.
        assertThat(agreement.auroc().orElseThrow().value()).isEqualTo(0.75);
        assertThat(faults).singleElement().asString().contains("line 6: \"label\" is 0.5, which says neither");
    }

    private Progress steps(AtomicInteger count) {
        return (label, total, unit) -> steps -> count.addAndGet((int) steps);
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(output);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private LlmJudge judge() {
        var metrics = EnumSet.of(JudgedMetric.FAITHFULNESS, JudgedMetric.CONTEXT_RELEVANCY);
        return new LlmJudge(
                server.model(),
                "tester",
                ENCODER,
                new JudgeOptions(metrics, 3, 1, Duration.ofSeconds(20), Duration.ZERO, 17));
    }

    private Summary run(int parallel, boolean labels) {
        try (var judge = judge()) {
            return new JudgeRun(input, output, false, parallel, labels)
                    .judge(judge, Progress.silent(), faults::add, () -> false);
        }
    }

    private void write(String... records) throws Exception {
        Files.writeString(input, String.join("\n", records) + "\n");
    }

    private static String record(String id, String label) {
        return "{\"id\": \"" + id + "\", \"context\": [\"Tea " + id + " is hot.\"], \"answer\": \"I know of " + id
                + ".\", \"question\": \"What about " + id + "?\", \"label\": " + label + "}";
    }
}
