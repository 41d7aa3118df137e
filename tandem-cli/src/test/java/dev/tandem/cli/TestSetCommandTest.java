package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cli.console.Terminal;
import dev.tandem.cli.review.Review;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestSetFile;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSetCommandTest {
    @TempDir
    private Path folder;

    private Path workspace;
    private Path testSet;

    @BeforeEach
    void ingest() throws Exception {
        var documents = Files.createDirectories(folder.resolve("docs/hr"));
        Files.writeString(
                documents.resolve("leave.md"),
                "# Leave\n\nParental leave lasts 26 weeks. If you fall ill during the holidays, tell us on the same day.\n");
        Files.writeString(
                documents.resolve("network.md"),
                "# Network\n\nThe old network is switched off on 31 January 2026. Laptops are replaced every four years.\n");
        workspace = folder.resolve("kb");
        testSet = workspace.resolve("testset.jsonl");
        CommandRun.of("init", workspace);
        assertThat(CommandRun.of("ingest", folder.resolve("docs"), "-w", workspace)
                        .exitCode())
                .isZero();
    }

    @Test
    void draftsAreAddedAcceptedCheckedAndDropped() throws Exception {
        var drafted = CommandRun.of("testset", "draft", "-w", workspace, "--n", 3, "--json");
        assertThat(drafted.exitCode()).isZero();
        assertThat(drafted.json().get("drafted").asInt()).isEqualTo(3);
        assertThat(Files.readString(testSet)).contains("\"reviewed\":false", "draft:fact");

        var first = Files.readString(testSet);
        Files.delete(testSet);
        CommandRun.of("testset", "draft", "-w", workspace, "--n", 3);
        assertThat(Files.readString(testSet)).isEqualTo(first);

        var more = CommandRun.of("testset", "draft", "-w", workspace, "--n", 50);
        assertThat(more.out()).contains("gave no more", "Nobody has reviewed them");
        assertThat(Files.readString(testSet)).startsWith(first);

        var id = drafted.json().get("ids").get(0).asText();
        assertThat(CommandRun.of("testset", "accept", "-w", workspace, id).exitCode())
                .isZero();
        var checked =
                CommandRun.of("testset", "check", "-w", workspace, "--json", "--report", folder.resolve("c.html"));
        assertThat(checked.exitCode()).isZero();
        assertThat(checked.json().get("reviewed").asInt()).isEqualTo(1);
        assertThat(checked.json().get("documents_asked").asInt()).isEqualTo(2);
        assertThat(checked.json().get("version").asText()).hasSize(64);
        assertThat(checked.json().get("detectable_difference").isNumber()).isTrue();
        assertThat(Files.readString(folder.resolve("c.html"))).contains("<svg", "smallest difference");

        assertThat(CommandRun.of("testset", "drop", "-w", workspace, "--all").exitCode())
                .isZero();
        assertThat(new TestSetFile(testSet).cases()).extracting(TestCase::id).containsExactly(id);
    }

    @Test
    void aCheckFindsWhatIsWrong() throws Exception {
        Files.writeString(testSet, """
                {"id": "1", "question": "How long does parental leave last?", "answers": ["26 weeks"], "documents": ["hr/leave.md"]}
                {"id": "2", "question": "how long does parental leave last", "answers": ["26 weeks"], "documents": ["hr/leave.md"]}
                {"id": "3", "question": "When is the old network switched off for good?", "answers": ["1 May"], "documents": ["hr/network.md"], "origin": "draft:fact"}
                {"id": "4", "question": "Who pays for lunch in the canteen?", "answers": ["we do"], "documents": ["hr/lunch.md"]}
                {"id": "5", "question": "How often are laptops replaced?", "type": "unanswerable"}
                {"id": "6", "question": "What is the colour of the gate in Lima?", "type": "unanswerable"}
                """);
        var train = folder.resolve("train.jsonl");
        Files.writeString(
                train,
                "{\"messages\": [{\"role\": \"user\", \"content\": \"Who pays for lunch in the canteen?\"}, {\"role\": \"assistant\", \"content\": \"Everybody pays.\"}]}\n");

        var run = CommandRun.of("testset", "check", "-w", workspace, "--training", train, "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        var found = new java.util.TreeMap<String, String>();
        run.json()
                .get("findings")
                .forEach(finding -> found.put(
                        finding.get("kind").asText(),
                        String.join(",", finding.get("questions").findValuesAsText("id"))));
        assertThat(found)
                .containsEntry("exact_duplicate", "2")
                .containsEntry("lost_answer", "3")
                .containsEntry("missing_document", "4")
                .containsEntry("leakage", "4")
                .containsEntry("seems_answered", "5")
                .hasSize(5);
        assertThat(CommandRun.of("testset", "check", "-w", workspace).out())
                .contains("error  1 are asked twice", "6 questions show a difference of");
    }

    @Test
    void whatIsMissingOrBrokenIsSaid() throws Exception {
        var missing = CommandRun.of("testset", "check", "-w", workspace);
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).contains("There is no test set", "tandem testset draft");

        Files.writeString(testSet, "{\"id\": \"1\", \"question\": \"Why?\"}\n{\"id\": 2,\n");
        assertThat(CommandRun.of("testset", "check", "-w", workspace).err()).contains("testset.jsonl, line 2");
        assertThat(CommandRun.of("testset", "draft", "-w", workspace).err()).contains("testset.jsonl, line 2");

        Files.writeString(testSet, "{\"id\": \"1\", \"question\": \"Why?\"}\n");
        assertThat(CommandRun.of("testset", "review", "-w", workspace).err()).contains("needs a terminal");
        assertThat(CommandRun.of("testset", "accept", "-w", workspace, "9").err())
                .contains("no question '9'");
        assertThat(CommandRun.of("testset", "accept", "-w", workspace).err()).contains("--all");
        assertThat(CommandRun.of("testset", "draft", "-w", workspace, "--n", 0).err())
                .contains("at least one");
        assertThat(CommandRun.of("testset", "draft", "-w", workspace, "--with-model")
                        .err())
                .contains("no language model");

        var empty = folder.resolve("empty");
        CommandRun.of("init", empty);
        var nothing = CommandRun.of("testset", "draft", "-w", empty);
        assertThat(nothing.exitCode()).isEqualTo(1);
        assertThat(nothing.err()).contains("no documents yet");
    }

    @Test
    void aReviewSavesEveryDecision() throws Exception {
        Files.writeString(testSet, """
                {"id": "1", "question": "First?", "answers": ["a"], "kept": 1}
                {"id": "2", "question": "Second?", "answers": ["b"]}
                {"id": "3", "question": "Third?", "answers": ["c"]}
                {"id": "4", "question": "Fourth?", "answers": ["d"]}
                """);
        var err = new StringWriter();
        var terminal = Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(err));
        var typed = new BufferedReader(new StringReader("x\ne\nFirst of all?\nz | y\na\nd\ns\nq\n"));

        var done = new Review(new TestSetFile(testSet), typed, terminal, Optional.empty()).run();

        assertThat(done).isEqualTo(new Review.Done(1, 1, 2));
        assertThat(err.toString()).contains("1 of 4", "First of all?", "Type one of the letters");
        assertThat(Files.readAllLines(testSet))
                .hasSize(3)
                .first()
                .asString()
                .contains("First of all?", "[\"z\",\"y\"]", "\"kept\":1", "\"reviewed\":true");
    }
}
