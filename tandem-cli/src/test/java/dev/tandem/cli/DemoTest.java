package dev.tandem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @Test
    void theSampleIsIngestedAndItsQuestionsAreAnsweredWithCitationsOneDeclinedAndTheStarterIsTuned(@TempDir Path folder)
            throws Exception {
        var run = CommandRun.of("demo", "--json", "--every", 3, "--folder", folder.resolve("shop"));
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
        var tuning = report.get("tuning");
        assertThat(tuning.get("held_out_loss").asDouble())
                .isLessThan(0.5 * tuning.get("base_loss").asDouble());
        assertThat(tuning.get("samples")).isNotEmpty().allSatisfy(sample -> {
            assertThat(sample.get("base").asText()).doesNotStartWith("Hei ");
            assertThat(sample.get("tuned").asText()).startsWith("Hei ");
        });
        assertThat(folder.resolve("shop/adapters/voice/report.html")).isNotEmptyFile();
        var comparison = report.get("comparison");
        assertThat(comparison.get("cases").asInt()).isEqualTo(30);
        assertThat(comparison.get("left_out")).isEmpty();
        assertThat(comparison.get("verdict").get("winner").asText()).isEqualTo("hybrid");
        assertThat(comparison.get("fresh_fact").get("findings")).hasSize(5);
        assertThat(folder.resolve("shop/comparison.html")).isNotEmptyFile();
        assertThat(CommandRun.of("status", "-w", folder.resolve("shop")).out()).contains("every document is as it was");
    }
}
