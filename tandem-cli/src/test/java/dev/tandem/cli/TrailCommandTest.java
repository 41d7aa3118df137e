package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.foundation.database.DatabasePlace.SqlitePlace;
import dev.tandem.server.feedback.Feedback;
import dev.tandem.server.feedback.FeedbackStore;
import dev.tandem.server.feedback.KeptAnswer;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.version.DocumentVersions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrailCommandTest {
    private final Path workspace;
    private final String me = System.getProperty("user.name");

    TrailCommandTest(@TempDir Path folder) throws Exception {
        workspace = folder.resolve("kb");
        var documents = Files.createDirectory(folder.resolve("docs"));
        Files.writeString(documents.resolve("leave.md"), "# Leave\n\nParental leave lasts 26 weeks.\n");
        CommandRun.of("init", workspace);
        assertThat(CommandRun.of("ingest", "-w", workspace, documents).exitCode())
                .isZero();
    }

    @Test
    void askRecordsNothingUnlessToldTo() throws Exception {
        ask();
        assertThat(CommandRun.of("trail", "show", "-w", workspace).out()).contains("Nothing is recorded yet");
        assertThat(CommandRun.of("trail", "verify", "-w", workspace).exitCode()).isZero();
    }

    @Test
    void versionsOfDocumentsNoLongerNameWhoIsErased() throws Exception {
        var versions = Workspace.at(workspace).documentVersions((path, file) -> Optional.of(List.of()));
        List.of("one", "two", "three").forEach(text -> put(versions, text));
        assertThat(CommandRun.of("status", "-w", workspace).out()).contains("of earlier versions");
        assertThat(CommandRun.of("trail", "erase", "--who", "anna", "-w", workspace)
                        .out())
                .contains("in 3 places", "2 that the person uploaded are left");
        List.of("four", "five").forEach(text -> put(versions, text));
        var erased = CommandRun.of("trail", "erase", "--who", "anna", "--versions", "--json", "-w", workspace)
                .json();
        assertThat(erased.get("version_names").asInt()).isEqualTo(2);
        assertThat(erased.get("versions").asInt()).isEqualTo(1);
        assertThat(erased.get("versions_left").asInt()).isZero();
        assertThat(versions.of("a.md").all())
                .hasSize(4)
                .noneMatch(each -> each.who().isPresent());
    }

    private static void put(DocumentVersions versions, String text) {
        versions.put(
                "a.md",
                "anna",
                Optional.empty(),
                () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsRecordedIsShownVerifiedAndErased() throws Exception {
        Files.writeString(workspace.resolve("tandem.yaml"), "trail: {record: all}\n");
        ask();
        ask();
        var shown = CommandRun.of("trail", "show", "--json", "-w", workspace).json();
        assertThat(shown.get("records")).hasSize(2);
        var record = shown.get("records").get(0);
        assertThat(record.get("who").asText()).isEqualTo(me);
        assertThat(record.get("question").asText()).isEqualTo("How long does parental leave last?");
        assertThat(record.get("sources").get(0).asText()).isEqualTo("leave.md#0");
        assertThat(record.get("model").asText()).isEqualTo("extractive");
        assertThat(record.get("configuration").asText()).hasSize(64);
        var anchor = shown.get("anchor").asText();
        assertThat(CommandRun.of("trail", "show", "--last", 1, "--who", me, "-w", workspace)
                        .out())
                .contains("How long does parental leave last?", "anchor " + anchor);
        assertThat(CommandRun.of("trail", "verify", "--anchor", anchor, "-w", workspace)
                        .out())
                .contains("2 records", "The trail is as it was written.");

        assertThat(CommandRun.of("trail", "erase", "--who", me, "-w", workspace).out())
                .contains("Erased 2 records");
        assertThat(CommandRun.of("trail", "verify", "--anchor", anchor, "-w", workspace)
                        .exitCode())
                .isZero();
        assertThat(CommandRun.of("trail", "show", "-w", workspace).out()).doesNotContain("parental");

        var chain = workspace.resolve("trail/chain.jsonl");
        Files.writeString(chain, Files.readString(chain).replace("answer", "answeR"));
        var verified = CommandRun.of("trail", "verify", "-w", workspace);
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(verified.out()).contains("Record 1", "was changed", "NOT as it was written");
    }

    @Test
    void erasingReachesWhatAServerKept() throws Exception {
        var store = new FeedbackStore(ServerDatabase.at(new SqlitePlace(workspace.resolve(ServerDatabase.FILE))));
        store.add(feedback("anna", "anna", "a", "the secret of anna"));
        store.add(feedback("ben", "anna", "b", "what ben thinks of anna's answer"));
        store.add(feedback("ben", "ben", "c", "what ben thinks"));
        store.madeTestCase(1, "case-1");

        var erased = CommandRun.of("trail", "erase", "--who", "anna", "--json", "-w", workspace)
                .json();
        assertThat(erased.get("feedback").asInt()).isEqualTo(2);
        assertThat(erased.get("test_cases_left")).extracting(JsonNode::asText).containsExactly("case-1");
        assertThat(store.page(0, 10))
                .singleElement()
                .satisfies(left -> assertThat(left.comment()).contains("what ben thinks"));
        // Not in free pages either.
        assertThat(Files.readString(workspace.resolve(ServerDatabase.FILE), StandardCharsets.ISO_8859_1))
                .contains("what ben thinks")
                .doesNotContain("the secret of anna", "anna's answer");
        assertThat(CommandRun.of("trail", "erase", "--who", "ben", "-w", workspace)
                        .out())
                .contains("The trail holds nothing of ben", "0 answers and 1 pieces of feedback");
    }

    private static Feedback feedback(String caller, String asker, String answer, String comment) {
        var time = Instant.parse("2026-11-27T10:00:00Z");
        var kept = new KeptAnswer(
                answer,
                time,
                asker,
                "tandem/rag",
                List.of(new KeptAnswer.Message("user", "How long?")),
                "26 weeks [1].",
                false,
                List.of(),
                List.of(),
                Map.of(),
                1);
        return new Feedback(
                0,
                time,
                caller,
                Feedback.Rating.DOWN,
                List.of(),
                Optional.empty(),
                Optional.of(comment),
                kept,
                Optional.empty(),
                false);
    }

    @Test
    void anAnchorThatIsNoneIsExplained() {
        var run = CommandRun.of("trail", "verify", "--anchor", "17", "-w", workspace);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--anchor 17 is no anchor");
    }

    private void ask() {
        assertThat(CommandRun.of("ask", "-w", workspace, "How long does parental leave last?")
                        .exitCode())
                .isZero();
    }
}
