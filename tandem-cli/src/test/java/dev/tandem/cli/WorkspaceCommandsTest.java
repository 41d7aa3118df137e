package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceCommandsTest {
    private final Path folder;
    private final Path documents;
    private final Path workspace;

    WorkspaceCommandsTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        documents = Files.createDirectory(folder.resolve("docs"));
        Files.createDirectory(documents.resolve("hr"));
        workspace = folder.resolve("kb");
        Files.writeString(
                documents.resolve("hr/leave.md"),
                "---\ndepartment: hr\n---\n# Leave\n\nParental leave lasts 26 weeks.\n\n## Notice\n\nTell us four weeks before.\n");
        Files.writeString(
                documents.resolve("shipping.md"),
                "---\ndepartment: sales\n---\n# Shipping\n\nParcels to Norway take nine days.\n");
        Files.write(documents.resolve("broken.pdf"), new byte[] {'%', 'P', 'D', 'F', 1, 2, 3});
    }

    @Test
    void aWorkspaceIsMadeFilledAndAsked() throws Exception {
        var made = CommandRun.of("init", workspace);
        assertThat(made.exitCode()).isZero();
        assertThat(made.out()).contains("Made the workspace " + workspace, "Next:");

        var ingested = CommandRun.of("ingest", "-w", workspace, documents);
        assertThat(ingested.err()).isEmpty();
        assertThat(ingested.out()).contains("2 documents added", "Skipped 1:", "broken.pdf");

        var asked = CommandRun.of("ask", "-w", workspace, "How", "long", "does", "parental", "leave", "last?");
        assertThat(asked.exitCode()).isZero();
        assertThat(asked.out())
                .contains("Parental leave lasts 26 weeks. [1]", "[1] hr/leave.md", "“Parental leave lasts 26 weeks.”");

        var found = CommandRun.of("search", "-w", workspace, "--k", 1, "parcels to Norway");
        assertThat(found.out()).contains("  1 ", "shipping.md").doesNotContain("leave.md");
    }

    @Test
    void jsonHoldsTheDocumentedFieldsAndNothingElseStandsOnStdout() throws Exception {
        assertThat(CommandRun.of("init", "--json", workspace)
                        .json()
                        .get("workspace")
                        .asText())
                .isEqualTo(workspace.toString());
        var ingested =
                CommandRun.of("ingest", "--json", "-w", workspace, documents).json();
        assertThat(ingested.fieldNames())
                .toIterable()
                .containsExactly(
                        "added",
                        "updated",
                        "unchanged",
                        "deleted",
                        "skipped",
                        "flagged",
                        "passages",
                        "passages_embedded",
                        "passages_reused",
                        "context_lines",
                        "seconds");
        assertThat(ingested.get("skipped").get(0).fieldNames()).toIterable().containsExactly("path", "reason");

        var answer = CommandRun.of("ask", "--json", "-w", workspace, "How long does parental leave last?")
                .json();
        assertThat(answer.fieldNames())
                .toIterable()
                .containsExactly(
                        "question",
                        "answer",
                        "abstained",
                        "citations",
                        "unsupported",
                        "retrieved",
                        "route",
                        "hops",
                        "remarks",
                        "timings");
        assertThat(answer.get("citations").get(0).get("passage").asText()).startsWith("hr/leave.md#");
        assertThat(answer.get("timings").get("total_ms").isNumber()).isTrue();

        var found = CommandRun.of("search", "--json", "-w", workspace, "leave").json();
        assertThat(found.fieldNames())
                .toIterable()
                .containsExactly("question", "results", "hops", "remarks", "timings");
        assertThat(found.get("results").get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "rank", "score", "cosine", "document", "title", "location", "passage", "text", "metadata");

        var status = CommandRun.of("status", "--json", "-w", workspace).json();
        assertThat(status.get("documents").asInt()).isEqualTo(2);
        assertThat(status.get("stale").asBoolean()).isFalse();
        assertThat(status.get("sources").get(0).get("path").asText()).isEqualTo(documents.toString());
    }

    @Test
    void aFilterNarrowsToDocumentsThatMeetIt() throws Exception {
        ingested();
        var run = CommandRun.of("search", "--json", "-w", workspace, "--filter", "department = \"sales\"", "leave");
        assertThat(run.json().findValuesAsText("document")).containsOnly("shipping.md");
        var wrong = CommandRun.of("search", "-w", workspace, "--filter", "department = ", "leave");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void documentsThatTheQuestionNamesAreSearchedAloneAndTheUserIsTold() throws Exception {
        ingested();
        var question = "How long is the leave in the documents of the hr department?";

        var found = CommandRun.of("search", "--json", "-w", workspace, "--filters-from-question", question)
                .json();
        assertThat(found.findValuesAsText("document")).containsOnly("hr/leave.md");
        assertThat(found.get("remarks").get(0).asText())
                .contains("Only what the question names", "department = \"hr\"");
        assertThat(CommandRun.of("ask", "-w", workspace, "--filters-from-question", question)
                        .out())
                .contains("Only what the question names");
        assertThat(CommandRun.of("search", "--json", "-w", workspace, "--no-filters-from-question", question)
                        .json()
                        .findValuesAsText("document"))
                .contains("shipping.md");
    }

    @Test
    void whatStandsAroundAPassageIsReadAndCitedWhereItStands() throws Exception {
        Files.writeString(
                documents.resolve("long.md"),
                "# Ferries\n\n" + "The ferry to Hurtigøy leaves from quay three. ".repeat(8) + "\n\n"
                        + "Dogs travel on the open deck of every boat. ".repeat(8) + "\n");
        ingested();
        Files.writeString(
                workspace.resolve("tandem.yaml"),
                "passages:\n  tokens: 48\nretrieval:\n  neighbours: 1\n  near_duplicates: true\n  diversity: 0.1\n"
                        + "  recency_half_life: 30\n  parent_tokens: 200\n");
        assertThat(CommandRun.of("ingest", "-w", workspace).exitCode()).isZero();

        var answer = CommandRun.of("ask", "--json", "-w", workspace, "From which quay does the ferry leave?")
                .json();

        var citation = answer.get("citations").get(0);
        assertThat(citation.get("quote").asText()).contains("quay three");
        assertThat(answer.get("retrieved").findValuesAsText("passage"))
                .doesNotHaveDuplicates()
                .contains(citation.get("passage").asText());
    }

    @Test
    void aPlainIngestRepeatsTheSourcesAndStatusTellsWhatChanged() throws Exception {
        ingested();
        Files.writeString(documents.resolve("shipping.md"), "# Shipping\n\nParcels to Norway take five days now.\n");
        Files.delete(documents.resolve("hr/leave.md"));
        assertThat(CommandRun.of("status", "-w", workspace).out()).contains("1 changed, 1 gone since the last ingest");
        assertThat(CommandRun.of("ingest", "-w", workspace).out())
                .contains("0 documents added, 1 updated, 0 unchanged, 1 deleted");
        assertThat(CommandRun.of("status", "-w", workspace).out()).contains("every document is as it was ingested");
    }

    @Test
    void aForgottenSourceIsGoneWithItsDocuments() throws Exception {
        ingested();
        assertThat(CommandRun.of("ingest", "-w", workspace, "--forget", documents)
                        .out())
                .contains("Removed 2 documents");
        assertThat(CommandRun.of("status", "--json", "-w", workspace)
                        .json()
                        .get("documents")
                        .asInt())
                .isZero();
        var again = CommandRun.of("ingest", "-w", workspace);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("Nothing to ingest: name a folder");
    }

    @Test
    void whatTheUserCanMendIsOneSentenceAndExitCodeOne() throws Exception {
        mendable("There is no workspace in", "ask", "-w", folder.resolve("nowhere"), "x");
        CommandRun.of("init", workspace);
        mendable("is a workspace already", "init", workspace);
        mendable("has no documents yet", "ask", "-w", workspace, "x");
        mendable("There is no file or folder", "ingest", "-w", workspace, folder.resolve("nowhere"));
        mendable("The question is empty", "ask", "-w", workspace, "  ");
        mendable("--k must be from 1 to 1000, not 0", "search", "-w", workspace, "--k", "0", "x");
        Files.writeString(workspace.resolve("tandem.yaml"), "retreival:\n  k: 3\n");
        mendable("tandem.yaml:1: unknown key retreival: did you mean retrieval?", "status", "-w", workspace);
    }

    @Test
    void verboseShowsWhereAFailureCameFrom() {
        var run = CommandRun.of("status", "--verbose", "-w", folder.resolve("nowhere"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("MendableException", "\tat dev.tandem");
    }

    @Test
    void anotherEmbeddingModelIsUsedOnceARebuildMadeTheIndexOfIt() throws Exception {
        ingested();
        Files.writeString(
                workspace.resolve("tandem.yaml"),
                "embedding: {provider: ollama, model: nomic-embed-text, dimension: 768}\n");
        assertThat(CommandRun.of("search", "-w", workspace, "leave").out())
                .contains(
                        "leave.md",
                        "Found with the embedding model bge-small-en-v1.5-q",
                        "of which the index is; nomic-embed-text");
        mendable("tandem ingest --rebuild", "ingest", "-w", workspace);
        // An index whose settings nobody knows any more.
        Files.delete(workspace.resolve(".tandem/ingested.yaml"));
        mendable(
                "was made with the embedding model bge-small-en-v1.5-q (384 numbers a vector), but nomic-embed-text (768)",
                "search",
                "-w",
                workspace,
                "leave");
        assertThat(CommandRun.of("status", "-w", workspace).out()).contains("tandem ingest --rebuild");
    }

    @Test
    void aVeryLongQuestionIsAnsweredOrDeclined() throws Exception {
        ingested();
        var run = CommandRun.of(
                "ask",
                "--json",
                "-w",
                workspace,
                "How long is parental leave? ".repeat(4000).substring(0, 100_000));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get("question").asText()).hasSizeGreaterThan(99_000);
    }

    @Test
    void naughtyStringsAreAnsweredOrDeclined() throws Exception {
        var list = data().resolve("naughty-strings/blns.json");
        assumeTrue(Files.exists(list), "the list of naughty strings is not here");
        ingested();
        var questions = folder.resolve("q.jsonl");
        var mapper = new JsonMapper();
        try (var out = Files.newBufferedWriter(questions)) {
            int id = 0;
            for (var string : mapper.readTree(list.toFile())) {
                // Every third: the whole list takes a while, and its neighbours are of one kind.
                if (!string.asText().isBlank() && id++ % 3 == 0) {
                    out.write(mapper.writeValueAsString(
                                    mapper.createObjectNode().put("id", id).put("question", string.asText()))
                            + "\n");
                }
            }
        }
        var run = CommandRun.of("ask", "-w", workspace, "--questions", questions, "--out", folder.resolve("a.jsonl"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readAllLines(folder.resolve("a.jsonl")))
                .hasSameSizeAs(Files.readAllLines(questions))
                .allSatisfy(
                        line -> assertThat(mapper.readTree(line).has("answer")).isTrue());
    }

    @Test
    void aBatchIsAnsweredLineByLineOrNotAtAll() throws Exception {
        ingested();
        var questions = Files.writeString(
                folder.resolve("q.jsonl"),
                "{\"id\": \"a\", \"question\": \"How long does parental leave last?\", \"expected\": [1, {\"x\": 2}]}\n\n"
                        + "{\"id\": 7, \"question\": \"Who is the king of Norway?\", \"filter\": \"department = sales\"}\n");
        var answers = folder.resolve("a.jsonl");
        var run = CommandRun.of("ask", "-w", workspace, "--questions", questions, "--out", answers);
        assertThat(run.out()).contains("Answered 2 questions");
        var lines = Files.readAllLines(answers);
        var first = new JsonMapper().readTree(lines.getFirst());
        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "question",
                        "answer",
                        "abstained",
                        "citations",
                        "unsupported",
                        "retrieved",
                        "route",
                        "hops",
                        "remarks",
                        "timings");
        assertThat(first.get("retrieved").get(0).fieldNames())
                .toIterable()
                .containsExactly("document", "passage", "score");
        assertThat(new JsonMapper().readTree(lines.get(1)).get("id").asText()).isEqualTo("7");
        assertThat(CommandRun.of("ask", "-w", workspace, "--questions", questions)
                        .out()
                        .lines())
                .hasSize(2);

        Files.writeString(questions, Files.readString(questions) + "{\"id\": \"c\"}\n");
        mendable(
                questions + ":4: this line is no question, because question is missing",
                "ask",
                "-w",
                workspace,
                "--questions",
                questions,
                "--out",
                answers);
        assertThat(Files.readAllLines(answers)).as("what was there before").isEqualTo(lines);
    }

    private void ingested() {
        CommandRun.of("init", workspace);
        assertThat(CommandRun.of("ingest", "-w", workspace, documents).exitCode())
                .isZero();
    }

    private static void mendable(String message, Object... arguments) {
        var run = CommandRun.of(arguments);
        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.err().strip().lines()).hasSize(1);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
    }

    private static Path data() {
        var given = System.getProperty("tandem.data");
        return given != null
                ? Path.of(given)
                : Stream.iterate(Path.of("").toAbsolutePath(), above -> above != null, Path::getParent)
                        .filter(above -> Files.exists(above.resolve("mvnw")))
                        .findFirst()
                        .orElseThrow()
                        .resolveSibling("shared")
                        .resolve("data");
    }
}
