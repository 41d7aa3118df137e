package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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
