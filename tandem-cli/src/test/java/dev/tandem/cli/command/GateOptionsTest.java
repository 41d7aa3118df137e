package dev.tandem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.report.RunGateText;
import dev.tandem.evaluation.gate.Baseline;
import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.evaluation.gate.output.GateJson;
import dev.tandem.evaluation.run.EvaluationRun;
import dev.tandem.evaluation.run.EvaluationRun.MetricSummary;
import dev.tandem.evaluation.run.ExampleResult;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.MendableException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class GateOptionsTest {
    private static final EvaluationRun RUN = new EvaluationRun(
            "r1",
            "rag",
            "questions.jsonl",
            "ab12",
            Map.of(),
            1,
            "0.1.0",
            Instant.parse("2026-01-05T09:30:00Z"),
            Optional.of(Instant.parse("2026-01-05T09:31:00Z")),
            List.of(new MetricSummary("f1", "all", 0.6, Optional.empty(), 20, 0)));

    @TempDir
    private Path workspace;

    private final List<String> remarks = new ArrayList<>();

    @Command
    private static final class Any {
        @Mixin
        private final GateOptions gate = new GateOptions();
    }

    @Test
    void withoutAnOptionThereIsNoGateAndNoFile() {
        assertThat(carriedOut(1)).isEmpty();
        assertThat(workspace).isEmptyDirectory();
    }

    @Test
    void theWorkspacesGateFileIsUsedUnlessAnotherIsNamed() throws Exception {
        Files.writeString(workspace.resolve("gate.yaml"), "thresholds: {f1: {min: 0.5}}\n");
        var other = Files.writeString(workspace.resolve("strict.yaml"), "thresholds: {f1: {min: 0.7}}\n");
        assertThat(carriedOut(1, "--gate").orElseThrow().passed()).isTrue();
        assertThat(carriedOut(1, "--gate-file", other.toString()).orElseThrow().passed())
                .isFalse();
        Files.writeString(workspace.resolve("gate.yaml"), "thresholds: {f2: {min: 0.5}}\n");
        assertThatThrownBy(() -> carriedOut(1, "--gate"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("gate.yaml:1: unknown key f2");
    }

    @Test
    void aLossAgainstTheBaselineFails() throws Exception {
        Files.writeString(workspace.resolve("gate.yaml"), "thresholds: {f1: {min: 0.5}}\n");
        assertThat(carriedOut(0.5, "--baseline", "base").orElseThrow().passed()).isFalse();
        assertThat(carriedOut(1, "--baseline", "base").orElseThrow().passed()).isTrue();
    }

    @Test
    void everyFileIsWrittenInItsForm() throws Exception {
        for (var name : List.of("report.html", "report.md", "report.json")) {
            carriedOut(1, "--report", workspace.resolve(name).toString());
        }
        carriedOut(
                1,
                "--junit",
                workspace.resolve("ci/junit.xml").toString(),
                "--markdown",
                workspace.resolve("ci/gate.md").toString());
        assertThat(workspace.resolve("report.html")).content().startsWith("<!DOCTYPE html>");
        assertThat(workspace.resolve("report.md")).content().startsWith("# Evaluation of rag");
        assertThat(workspace.resolve("report.json")).content().startsWith("{").contains("\"strategy\" : \"rag\"");
        assertThat(workspace.resolve("ci/junit.xml")).content().contains("<testsuites>");
        assertThat(workspace.resolve("ci/gate.md")).content().startsWith("## ");
    }

    @Test
    void whatCannotBeDoneIsSaidBeforeTheRun() {
        for (var wrong : List.of(
                List.of("--report", "report.pdf"),
                List.of("--report", workspace.toString()),
                List.of("--junit", workspace.toString()),
                List.of("--gate-file", workspace.resolve("none.yaml").toString()),
                List.of("--webhook", "example.org"))) {
            assertThatThrownBy(() -> options(wrong.toArray(String[]::new)).outputs(workspace))
                    .as("%s", wrong)
                    .isInstanceOf(MendableException.class);
        }
    }

    @Test
    void aWebhookThatIsNotThereIsARemarkAndNoVerdict() throws Exception {
        Files.writeString(workspace.resolve("gate.yaml"), "thresholds: {f1: {min: 0.5}}\n");
        // Port 1 of this machine: nothing listens there.
        assertThat(carriedOut(1, "--webhook", "http://127.0.0.1:1/hook")
                        .orElseThrow()
                        .passed())
                .isTrue();
        assertThat(remarks).singleElement().asString().contains("The webhook at 127.0.0.1 was not told");
    }

    @Test
    void textSaysEveryCheckAndJsonIsThatOfTheWebhook() {
        var outcome = carriedOut(1, "--gate").orElseThrow();
        var terminal = Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        assertThat(RunGateText.of(outcome, terminal))
                .contains("faithfulness", "at least 0.850", "not measured")
                .endsWith(outcome.sentence());
        assertThat(Json.line(RunGateText.json(outcome)))
                .isEqualTo(GateJson.of(outcome).toString());
    }

    private Optional<GateOutcome> carriedOut(double value, String... arguments) {
        var options = options(arguments);
        var baseline = options.baseline().map(id -> new Baseline(run(id), examples(1)));
        return options.outputs(workspace).of(RUN, examples(value), baseline, remarks::add);
    }

    private static GateOptions options(String... arguments) {
        var command = new Any();
        new CommandLine(command).parseArgs(arguments);
        return command.gate;
    }

    private static EvaluationRun run(String id) {
        return new EvaluationRun(
                id,
                RUN.strategy(),
                RUN.testSet(),
                RUN.testSetHash(),
                RUN.configuration(),
                RUN.seed(),
                RUN.tandemVersion(),
                RUN.started(),
                RUN.finished(),
                RUN.summaries());
    }

    private static List<ExampleResult> examples(double value) {
        return IntStream.range(0, 20)
                .mapToObj(i -> new ExampleResult(
                        new TestCase(
                                "q" + i,
                                "Question " + i + "?",
                                List.of("expected"),
                                List.of("a.md"),
                                QuestionType.ANSWERABLE,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                true),
                        Optional.of(new StrategyAnswer(
                                "an answer", false, List.of(), List.of(), Map.of("total", 12.5), 0, 0)),
                        Optional.empty(),
                        Map.of("f1", value),
                        List.of()))
                .toList();
    }
}
