package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    private static final Path BASE = Path.of("../tandem-decoder/src/test/resources/models/qwen2");

    @TempDir
    private Path folder;

    private Path workspace = Path.of("");

    @BeforeEach
    void makeWorkspace() throws Exception {
        workspace = folder.resolve("kb");
        var documents = Files.createDirectory(folder.resolve("docs"));
        Files.writeString(documents.resolve("leave.md"), "# Leave\n\nParental leave lasts 26 weeks.\n");
        Files.writeString(documents.resolve("shipping.md"), "# Shipping\n\nParcels to Norway take 9 days.\n");
        CommandRun.of("init", workspace);
        CommandRun.of("ingest", "-w", workspace, documents);
        Files.writeString(workspace.resolve("testset.jsonl"), """
                {"id": "leave", "question": "How long does parental leave last?", "answers": ["26 weeks"], "documents": ["leave.md"]}
                {"id": "parcels", "question": "How long do parcels to Norway take?", "answers": ["9 days"], "documents": ["shipping.md"]}
                {"id": "moon", "question": "Who was the first astronaut on the moon?"}
                """);
        var training = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            training.append("{\"prompt\": \"colour of %d?\", \"completion\": \"blue\"}\n".formatted(i));
        }
        Files.writeString(workspace.resolve("training.jsonl"), training);
    }

    @Test
    void whatHasToBeTunedIsTunedOnceAndEverythingIsInTheJson() throws Exception {
        var report = folder.resolve("report.html");
        var first = CommandRun.of(
                "compare",
                "-w",
                workspace,
                "--base",
                BASE,
                "--strategies",
                "rag,fine-tuned",
                "--report",
                report,
                "--json");
        assertThat(first.exitCode()).as(first.err()).isZero();
        var json = first.json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "test_set",
                        "test_set_hash",
                        "cases",
                        "seed",
                        "partial",
                        "approaches",
                        "verdict",
                        "head_to_head",
                        "fresh_fact",
                        "texts",
                        "tuned",
                        "left_out",
                        "cautions",
                        "cases_compared");
        assertThat(json.get("approaches").findValuesAsText("name")).containsExactly("rag", "fine-tuned");
        assertThat(json.get("verdict").get("best_guess").asText()).isEqualTo("rag");
        assertThat(json.get("cases_compared")
                        .get(0)
                        .get("answers")
                        .get("rag")
                        .get("quality")
                        .asDouble())
                .isEqualTo(1);
        assertThat(json.get("fresh_fact").get("after").asText()).isEqualTo("27 weeks");
        assertThat(json.get("cautions").get(0).asText()).contains("The test set has 3 questions");
        var tuned = json.get("tuned").get(0);
        assertThat(tuned.get("before").asBoolean()).isFalse();
        assertThat(Path.of(tuned.get("folder").asText()))
                .hasParent(workspace.resolve("adapters"))
                .isDirectoryContaining("glob:**/adapter_model.safetensors");
        assertThat(tuned.get("seconds").asDouble()).isPositive();
        assertThat(report).content().contains("Comparison of rag, fine-tuned");

        var again = CommandRun.of(
                "compare", "-w", workspace, "--base", BASE, "--strategies", "rag,fine-tuned", "--no-fresh-fact");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).doesNotContain("Tuning").doesNotContain("Asking");
        assertThat(again.out()).contains("quality", "rag", "fine-tuned", "Next:", "tandem advise -w");
        assertThat(CommandRun.of("runs", "list", "-w", workspace, "--json")
                        .json()
                        .findValuesAsText("run"))
                .hasSize(2)
                .allMatch(run -> run.startsWith("compare-"));
        assertThat(CommandRun.of("advise", "-w", workspace).out())
                .contains("What did a comparison on your own test set find?");
    }

    @Test
    void whatIsWrongIsSaidInASentence() throws Exception {
        assertThat(CommandRun.of("compare", "-w", workspace, "--strategies", "magic")
                        .err())
                .contains("There is no approach 'magic'", "base, few-shot, rag, fine-tuned, hybrid");
        assertThat(CommandRun.of("compare", "-w", workspace, "--budget", "soon").err())
                .contains("'soon' is no time, such as 20m");
        assertThat(CommandRun.of("compare", "-w", workspace, "--training", folder.resolve("none"))
                        .err())
                .contains("There is no file", "name the examples to tune on");
        assertThat(CommandRun.of("compare", "-w", workspace, "--candidates", "5")
                        .err())
                .contains("--candidates is for a hybrid with a prompt of its own", "--hybrid-prompt");
        assertThat(CommandRun.of("compare", "-w", workspace, "--candidates", "0")
                        .err())
                .contains("--candidates must be from 1 to 100");
        var prompt = Files.writeString(folder.resolve("prompt.txt"), "{attributes}");
        assertThat(CommandRun.of(
                                "compare",
                                "-w",
                                workspace,
                                "--hybrid-prompt",
                                prompt,
                                "--retrieval-aware",
                                "--adapter",
                                folder)
                        .err())
                .contains("leave one of them out");
        Files.delete(workspace.resolve("training.jsonl"));
        var untuned = CommandRun.of(
                "compare", "-w", workspace, "--base", BASE, "--strategies", "rag,hybrid", "--no-fresh-fact");
        assertThat(untuned.exitCode()).isEqualTo(1);
        assertThat(untuned.out()).contains("hybrid is left out: there are no training examples", "There is no verdict");
    }
}
