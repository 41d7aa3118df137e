package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateFusionTest {
    /** What a document says, and a question in other words: BM25 alone finds none of them. */
    private static final Map<String, String> PAIRS = Map.of(
            "Felines nap all afternoon.", "When do cats sleep?",
            "Automobiles must be insured.", "Do cars need coverage?",
            "Physicians see patients at nine.", "What are the doctor's hours?",
            "Infants may enter free of charge.", "Is there a fee for babies?",
            "The jet departs at dawn.", "When does our plane leave in the morning?",
            "Wages are paid monthly.", "How often do we get our salary?",
            "Purchases can be sent back within a fortnight.", "May I return what I bought after two weeks?",
            "The bakery sells loaves.", "Where can one buy bread?",
            "Attorneys draft contracts.", "Who writes legal agreements?",
            "Rainfall floods our cellar.", "What makes water come into the basement?");

    @TempDir
    private Path folder;

    @BeforeEach
    void ingest() throws IOException {
        var documents = Files.createDirectory(folder.resolve("docs"));
        var questions = new StringBuilder();
        for (var pair : PAIRS.entrySet()) {
            int number = questions.length();
            Files.writeString(documents.resolve(number + ".md"), pair.getKey());
            questions.append("{\"id\": \"q%d\", \"question\": \"%s\", \"documents\": [\"%d.md\"]}%n"
                    .formatted(number, pair.getValue(), number));
        }
        questions.append("{\"id\": \"none\", \"question\": \"Who am I?\", \"documents\": []}\n");
        Files.writeString(folder.resolve("q.jsonl"), questions);
        CommandRun.of("init", folder.resolve("kb"));
        CommandRun.of("ingest", documents, "-w", folder.resolve("kb"));
    }

    @Test
    void theBetterFusionIsNamedAndWrittenOnlyWhenAsked() throws Exception {
        var settings = folder.resolve("kb/tandem.yaml");
        Files.writeString(settings, "# ours\nretrieval:\n  fusion: words\n");

        var run = CommandRun.of(
                "evaluate", "fusion", "-w", folder.resolve("kb"), "--questions", folder.resolve("q.jsonl"), "--json");

        assertThat(run.err()).isEmpty();
        var json = run.json();
        assertThat(json.get("questions").asInt()).isEqualTo(PAIRS.size());
        assertThat(json.get("present").asText()).isEqualTo("words");
        assertThat(json.get("chosen").asText()).isNotEqualTo("words");
        assertThat(json.get("fusions")).hasSize(7);
        assertThat(settings).content().contains("fusion: words");

        var written = CommandRun.of(
                "evaluate", "fusion", "-w", folder.resolve("kb"), "--questions", folder.resolve("q.jsonl"), "--write");

        assertThat(written.out()).contains("Better than words").contains("Written to");
        assertThat(settings)
                .hasContent(
                        "# ours\nretrieval:\n  fusion: " + json.get("chosen").asText() + "\n");
    }

    @Test
    void aDocumentThatTheWorkspaceLacksIsNamed() throws IOException {
        Files.writeString(
                folder.resolve("q.jsonl"),
                "{\"id\": \"1\", \"question\": \"What?\", \"documents\": [\"elsewhere.md\"]}\n");

        var run = CommandRun.of(
                "evaluate", "fusion", "-w", folder.resolve("kb"), "--questions", folder.resolve("q.jsonl"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("elsewhere.md").doesNotContain("\tat ");
    }

    @Test
    void aFileWithoutQuestionsThatDocumentsAnswerIsRefused() throws IOException {
        Files.writeString(folder.resolve("q.jsonl"), "{\"id\": \"1\", \"question\": \"What?\"}\n");

        var run = CommandRun.of(
                "evaluate", "fusion", "-w", folder.resolve("kb"), "--questions", folder.resolve("q.jsonl"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("\"documents\"");
    }
}
