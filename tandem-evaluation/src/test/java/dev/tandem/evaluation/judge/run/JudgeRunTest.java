package dev.tandem.evaluation.judge.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.Exchange;
import dev.tandem.evaluation.judge.Judge;
import dev.tandem.evaluation.judge.Judgement;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeRunTest {
    private static final EmbeddedJudge JUDGE = EmbeddedJudge.open();

    @TempDir
    private Path folder;

    private Path input;
    private Path output;
    private final List<String> faults = new ArrayList<>();

    @BeforeEach
    void files() {
        input = folder.resolve("pairs.jsonl");
        output = folder.resolve("out/scores.jsonl");
    }

    @AfterAll
    static void close() {
        JUDGE.close();
    }

    @Test
    void judgementsComeInTheOrderOfTheInputWithTheSentencesThatAreUnsupported() throws Exception {
        write(
                record("b", "The shop opens at nine.", "The shop opens at nine."),
                record("a", "The shop opens at nine.", "Bears \\\"dance\\\" on Mars with 7 moons!"));
        var summary = run(JUDGE, false);
        var lines = Files.readAllLines(output);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("{\"id\":\"b\",\"faithfulness\":0.").endsWith("\"unsupported\":[]}");
        assertThat(lines.get(1))
                .startsWith("{\"id\":\"a\",")
                .contains(
                        "\"answer_relevancy\":null", "\"unsupported\":[\"Bears \\\"dance\\\" on Mars with 7 moons!\"]");
        assertThat(summary.judged()).isEqualTo(2);
        assertThat(summary.under()).hasValue(0.5);
        assertThat(faults).isEmpty();
    }

    @Test
    void badRecordsAreToldWithTheirLineAndTheRestIsJudged() throws Exception {
        var bytes = new ByteArrayOutputStream();
        for (var line : List.of(
                record("good", "Tea is hot.", "Tea is hot."),
                "{\"id\": \"x\"",
                "[1]",
                "{\"context\": [\"a\"], \"answer\": \"a\"}",
                "{\"id\": \"no-context\", \"answer\": \"a\"}",
                "{\"id\": \"no-answer\", \"context\": [\"a\"]}",
                "{\"id\": \"empty\", \"context\": [\" \"], \"answer\": \"a\"}",
                "{\"id\": \"number\", \"context\": [1], \"answer\": \"a\"}",
                "{\"id\": \"nan\", \"context\": [\"a\"], \"answer\": NaN}",
                record("good", "Tea is hot.", "Tea is hot."))) {
            bytes.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        bytes.writeBytes(new byte[] {'"', (byte) 0xff, '"', '\n'});
        bytes.writeBytes(record("last", "Tea is hot.", "").getBytes(StandardCharsets.UTF_8));
        Files.write(input, bytes.toByteArray());

        var summary = run(JUDGE, false);

        assertThat(Files.readAllLines(output))
                .hasSize(2)
                .last()
                .isEqualTo("{\"id\":\"last\",\"faithfulness\":null,\"answer_relevancy\":null,"
                        + "\"context_relevancy\":null,\"unsupported\":[]}");
        assertThat(summary.failed()).isEqualTo(10);
        assertThat(faults)
                .hasSize(10)
                .allMatch(fault -> fault.matches("(?s).*pairs.jsonl, line \\d+: .*; .*\\."))
                .anyMatch(fault -> fault.contains("line 5: the field \"context\" is missing; add it"))
                .anyMatch(fault -> fault.contains("line 6: the field \"answer\" is missing; add it"))
                .anyMatch(fault -> fault.contains("line 7: \"context\" is empty"))
                .anyMatch(fault -> fault.contains("line 10: the id 'good' came before"))
                .anyMatch(fault -> fault.contains("line 11: the line is not UTF-8 text"));
    }

    @Test
    void aRunThatWasKilledGoesOnToTheSameFile() throws Exception {
        write(IntStream.range(0, 6)
                .mapToObj(i -> record("r" + i, "Gate " + i + " opens at nine.", "Gate " + i + " opens."))
                .toArray(String[]::new));
        run(JUDGE, false);
        var whole = Files.readString(output);
        Files.writeString(output, whole.substring(0, whole.indexOf("\"r3\"") + 30));

        var counted = new Counted();
        var summary = run(counted, false);

        assertThat(Files.readString(output)).isEqualTo(whole);
        assertThat(counted.calls).hasValue(3);
        assertThat(summary.before()).isEqualTo(3);
        assertThat(run(JUDGE, true).judged()).isEqualTo(6);
        assertThat(Files.readString(output)).isEqualTo(whole);
    }

    @Test
    void whatTheJudgeCannotJudgeIsMissingAndTriedAgain() throws Exception {
        write(record("a", "Tea is hot.", "Tea is hot."), record("fails", "Tea is hot.", "Tea."));
        var summary = run(new Counted(), false);
        assertThat(summary.failed()).isEqualTo(1);
        assertThat(Files.readString(output)).contains("\"a\"").doesNotContain("fails");
        assertThat(faults).hasSize(1).first().asString().contains("line 2: the server is away");
        assertThat(run(JUDGE, false).judged()).isEqualTo(1);
    }

    @Test
    void whatJsonCanNameButNoFileCanHoldComesBackAsItWasNamed() throws Exception {
        write(record("a", "Tea is hot.", "Bears dance \\uD83D on Mars."));
        run(JUDGE, false);
        assertThat(output).content().contains("\"unsupported\":[\"Bears dance \\uD83D on Mars.\"]");
        assertThat(faults).isEmpty();
    }

    @Test
    void aFileThatHoldsNoJudgementsIsLeftAlone() throws Exception {
        write(record("a", "Tea is hot.", "Tea is hot."));
        Files.createDirectories(output.getParent());
        Files.writeString(output, "my diary");
        assertThatThrownBy(() -> run(JUDGE, false))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("--overwrite");
        assertThat(output).hasContent("my diary");
        assertThatThrownBy(() ->
                        new JudgeRun(input, input, true).judge(JUDGE, Progress.silent(), faults::add, () -> false))
                .isInstanceOf(MendableException.class);
        assertThat(input).isNotEmptyFile();
    }

    /** The embedded judge, but its server goes away for very short answers. */
    private static final class Counted implements Judge {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public String name() {
            return JUDGE.name();
        }

        @Override
        public double threshold() {
            return JUDGE.threshold();
        }

        @Override
        public Judgement judge(Exchange exchange) {
            calls.incrementAndGet();
            if (exchange.answer().length() < 5) {
                throw new MendableException("the server is away; start it.");
            }
            return JUDGE.judge(exchange);
        }

        @Override
        public void close() {}
    }

    private Summary run(Judge judge, boolean overwrite) {
        return new JudgeRun(input, output, overwrite).judge(judge, Progress.silent(), faults::add, () -> false);
    }

    private void write(String... lines) throws Exception {
        Files.writeString(input, String.join("\n", lines) + "\n");
    }

    private static String record(String id, String context, String answer) {
        return "{\"id\": \"" + id + "\", \"context\": [\"" + context + "\"], \"answer\": \"" + answer + "\"}";
    }
}
