package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @Test
    void theSampleIsIngestedAndItsQuestionsAreAnsweredWithCitationsOneDeclined(@TempDir Path folder) throws Exception {
        var run = CommandRun.of("demo", "--json", "--folder", folder.resolve("shop"));
        assertThat(run.err()).contains("The demo's workspace is " + folder.resolve("shop"));
        var report = run.json();
        assertThat(report.get("ingest").get("added").asInt()).isGreaterThanOrEqualTo(60);
        assertThat(report.get("ingest").get("skipped")).isEmpty();
        var answers =
                StreamSupport.stream(report.get("answers").spliterator(), false).toList();
        assertThat(answers).hasSizeGreaterThanOrEqualTo(5);
        assertThat(answers)
                .filteredOn(answer -> answer.get("abstained").asBoolean())
                .isNotEmpty();
        assertThat(answers)
                .filteredOn(answer -> !answer.get("abstained").asBoolean())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(answer -> assertThat(answer.get("citations")).isNotEmpty());
        assertThat(CommandRun.of("status", "-w", folder.resolve("shop")).out()).contains("every document is as it was");
    }
}
