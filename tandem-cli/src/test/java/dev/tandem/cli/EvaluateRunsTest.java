package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateRunsTest {
    private static final Path BASE = Path.of("../tandem-decoder/src/test/resources/models/qwen2");

    private final Path folder;
    private final Path workspace;

    EvaluateRunsTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        workspace = folder.resolve("kb");
        var documents = Files.createDirectory(folder.resolve("docs"));
        Files.writeString(
                documents.resolve("leave.md"),
                "# Leave\n\nParental leave lasts 26 weeks.\n\n## Notice\n\nSay so four weeks before.\n");
        Files.writeString(documents.resolve("shipping.md"), "# Shipping\n\nParcels to Norway take nine days.\n");
        CommandRun.of("init", workspace);
        CommandRun.of("ingest", "-w", workspace, documents);
        Files.writeString(workspace.resolve("testset.jsonl"), """
                {"id": "leave", "question": "How long does parental leave last?", "answers": ["26 weeks"], "documents": ["leave.md"]}
                {"id": "parcels", "question": "How long do parcels to Norway take?", "answers": ["nine days"], "documents": ["shipping.md"]}
                {"id": "moon", "question": "Who was the first astronaut on the moon?"}
                """);
    }

    @Test
    void aWorkspaceIsEvaluatedAndItsRunsAreListedShownAndCompared() throws Exception {
        var out = folder.resolve("examples.jsonl");
        var first = CommandRun.of("evaluate", "-w", workspace, "--name", "baseline", "--out", out);
        assertThat(first.err()).isEmpty();
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).contains("accuracy", "recall@5", "Run baseline (rag): 3 questions");
        var example =
                JsonMapper.builder().build().readTree(Files.readAllLines(out).getFirst());
        assertThat(example.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "question",
                        "type",
                        "answers",
                        "documents",
                        "answer",
                        "abstained",
                        "citations",
                        "passages",
                        "timings",
                        "prompt_tokens",
                        "answer_tokens",
                        "failure",
                        "metrics",
                        "unsupported");
        assertThat(example.get("answer").asText()).isEqualTo("Parental leave lasts 26 weeks.");
        assertThat(example.get("metrics").get("recall@5").asDouble()).isEqualTo(1);

        var second = CommandRun.of("evaluate", "-w", workspace, "--k", 2, "--judge", "none", "--json");
        assertThat(second.exitCode()).isZero();
        var run = second.json();
        assertThat(run.fieldNames())
                .toIterable()
                .containsExactly(
                        "run",
                        "strategy",
                        "test_set",
                        "test_set_hash",
                        "configuration",
                        "seed",
                        "tandem_version",
                        "started",
                        "finished",
                        "examples",
                        "failed",
                        "summaries");
        assertThat(run.get("configuration").get("index").asText()).hasSize(64);
        assertThat(run.get("configuration").get("evaluation.k").asText()).isEqualTo("2");
        assertThat(StreamSupport.stream(run.get("summaries").spliterator(), false)
                        .map(each -> each.get("metric").asText()))
                .contains("recall@2", "latency_p95_ms")
                .doesNotContain("faithfulness");

        var list = CommandRun.of("runs", "list", "-w", workspace, "--json").json();
        assertThat(list.findValuesAsText("run")).containsExactly(run.get("run").asText(), "baseline");
        assertThat(CommandRun.of("runs", "list", "-w", workspace).out()).contains("baseline", "testset.jsonl");
        assertThat(CommandRun.of("runs", "show", "base", "-w", workspace).out())
                .contains("evaluation.judge", "embedded", "faithfulness");
        assertThat(CommandRun.of("runs", "show", "last~1", "--examples", "--json", "-w", workspace)
                        .json()
                        .get("results"))
                .hasSize(3);
        var diff = CommandRun.of("runs", "diff", "baseline", "last", "-w", workspace);
        assertThat(diff.exitCode()).isZero();
        assertThat(diff.out()).contains("3 questions are in both", "evaluation.k", "5 -> 2", "embedded -> none");
        var same = CommandRun.of("runs", "diff", "baseline", "last", "-w", workspace, "--json")
                .json();
        assertThat(same.get("better")).isEmpty();
        assertThat(same.get("worse")).isEmpty();
    }

    @Test
    void aGateFailsTheCommandAndItsFilesAndTheReportAreThereAllTheSame() throws Exception {
        Files.writeString(workspace.resolve("gate.yaml"), "thresholds: {recall@5: {min: 0.9}}\n");
        var page = folder.resolve("run.html");
        var passed = CommandRun.of("evaluate", "-w", workspace, "--gate", "--name", "good", "--report", page);
        assertThat(passed.exitCode()).isZero();
        assertThat(passed.out()).contains("recall@5", "passed", "The run to look at: " + page);
        assertThat(page).content().contains("How long does parental leave last?");

        Files.delete(folder.resolve("docs/leave.md"));
        CommandRun.of("ingest", "-w", workspace);
        var junit = folder.resolve("gate.xml");
        var failed = CommandRun.of("evaluate", "-w", workspace, "--baseline", "good", "--junit", junit, "--json");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.json().get("gate").get("passed").asBoolean()).isFalse();
        assertThat(failed.json().get("gate").get("baseline").asText()).isEqualTo("good");
        assertThat(junit).content().contains("<failure");

        var shown = CommandRun.of("runs", "show", "good", "-w", workspace, "--gate", "--json");
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.json().get("gate").get("passed").asBoolean()).isTrue();
        assertThat(CommandRun.of("evaluate", "-w", workspace, "--baseline", "none")
                        .err())
                .contains("none");
    }

    @Test
    void aTunedModelIsTheNewestOfTheWorkspaceOrIsAskedFor() throws Exception {
        var untuned = CommandRun.of("evaluate", "-w", workspace, "--strategy", "fine-tuned", "--base", BASE);
        assertThat(untuned.exitCode()).isEqualTo(1);
        assertThat(untuned.err()).contains("There is no tuned model", "tandem tune --data", "--adapter");
        assertThat(CommandRun.of("evaluate", "-w", workspace, "--strategy", "few-shot", "--base", BASE)
                        .err())
                .contains("There are no training examples", "training.jsonl");

        var training = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            training.append("{\"prompt\": \"colour of %d?\", \"completion\": \"blue\"}\n".formatted(i));
        }
        var examples = Files.writeString(folder.resolve("examples.jsonl"), training);
        var adapter = workspace.resolve("adapters/voice");
        var tuned = CommandRun.of(
                "tune", "--base", BASE, "--data", examples, "--out", adapter, "--epochs", 1, "--samples", 0);
        assertThat(tuned.exitCode()).as(tuned.err()).isZero();

        for (var strategy : List.of("base", "few-shot", "fine-tuned", "hybrid")) {
            var run = CommandRun.of(
                    "evaluate", "-w", workspace, "--strategy", strategy, "--base", BASE, "--judge", "none", "--json");
            assertThat(run.exitCode()).as(strategy + run.err()).isZero();
            assertThat(run.json().get("strategy").asText()).isEqualTo(strategy);
            assertThat(run.json().get("configuration").findValuesAsText("index").isEmpty())
                    .isEqualTo(!strategy.equals("hybrid"));
            var perplexity = run.json()
                    .get("summaries")
                    .valueStream()
                    .filter(each -> each.get("metric").asText().startsWith("perplexity"))
                    .toList();
            // No question is of the kind that it was tuned on, so the hybrid's model answers none.
            assertThat(perplexity).hasSize(strategy.equals("hybrid") ? 0 : 2);
            assertThat(perplexity).allSatisfy(each -> {
                assertThat(each.get("value").asDouble()).isGreaterThan(1);
                assertThat(each.get("examples").asInt()).isEqualTo(2);
                assertThat(each.get("missing").asInt()).isZero();
            });
            assertThat(run.err().contains("The tuned model is " + adapter))
                    .isEqualTo(strategy.equals("fine-tuned") || strategy.equals("hybrid"));
        }
    }

    @Test
    void whatIsWrongIsSaidInASentence() throws Exception {
        assertThat(CommandRun.of("runs", "list", "-w", workspace).err()).contains("There are no runs yet");
        assertThat(CommandRun.of("evaluate", "-w", workspace, "--strategy", "magic")
                        .err())
                .contains("There is no strategy 'magic': use one of base, few-shot, rag, fine-tuned, hybrid.");
        assertThat(CommandRun.of("evaluate", "-w", workspace, "--repeat", 0).err())
                .contains("--repeat must be from 1");
        Files.delete(workspace.resolve("testset.jsonl"));
        assertThat(CommandRun.of("evaluate", "-w", workspace).err())
                .contains("has no test set", "tandem testset draft", "--test-set");
        Files.writeString(workspace.resolve("runs.db"), "no database at all".repeat(100));
        var broken = CommandRun.of("runs", "list", "-w", workspace);
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.err()).contains("is no store of runs");
    }

    @Test
    void aQuestionThatCannotBeAskedFailsAloneAndUnknownDocumentsAreRemarked() throws Exception {
        var questions = folder.resolve("q.jsonl");
        Files.writeString(questions, """
                {"id": "ok", "question": "How long does parental leave last?", "answers": ["26 weeks"], "documents": ["hr/leave.md"]}
                {"id": "bad", "question": "How long?", "answers": ["x"], "documents": ["leave.md"], "filter": "nofield = 1"}
                """);
        var run = CommandRun.of("evaluate", "-w", workspace, "--test-set", questions, "--judge", "none");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("1 question names documents that the workspace does not have", "ok with hr/leave.md");
        assertThat(run.out())
                .contains(
                        "1 could not be answered or judged; the first: bad: The filter names the field nofield",
                        "1 missing");
    }
}
