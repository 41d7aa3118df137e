package dev.tandem.server;

import static dev.tandem.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that watches its own answers. */
class LiveMonitoringTest {
    private static final String QUESTION =
            "{\"model\": \"tandem/rag\", \"messages\": [{\"role\": \"user\", \"content\":"
                    + " \"How many weeks of parental leave do employees get?\"}]}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Workspace workspace(String more) throws IOException {
        var workspace = Served.workspace(Files.createTempDirectory(folder, "kb"));
        Files.writeString(
                workspace.folder().resolve(Workspace.SETTINGS_FILE),
                Files.readString(workspace.folder().resolve(Workspace.SETTINGS_FILE)) + more);
        return Workspace.at(workspace.folder());
    }

    @Test
    void answersAreJudgedAfterTheyWereSentAndABoundIsTold() throws Exception {
        var workspace = workspace("""
                monitoring:
                  judged: 1
                  judged_per_minute: 100
                alerts:
                  rules: ["declined above 0.4 over 2"]
                """);
        try (var served = Served.start(workspace)) {
            json(served.post("/v1/chat/completions", QUESTION));
            json(served.post(
                    "/v1/chat/completions", QUESTION.replace("weeks of parental leave", "football clubs in Rome")));

            var report = until(
                    served,
                    each -> each.at("/judging/judged").asInt() > 0
                            && each.at("/alerts/0/deliveries").size() > 0
                            // Counted after it is kept.
                            && served.get("/metrics").body().contains("tandem_judged_total"));

            assertThat(report.at("/judging/share").asDouble()).isEqualTo(1);
            assertThat(report.findValues("faithfulness")).anyMatch(value -> value.asDouble() > 0.5);
            assertThat(report.at("/alerts/0/sentence").asText()).contains("0.500 over the newest 2");
            assertThat(report.at("/alerts/0/deliveries/0/channel").asText()).isEqualTo("log");
            var questions = report.at("/metrics/0");
            assertThat(questions.path("metric").asText()).isEqualTo("questions");
            assertThat(questions.path("missing").asInt()).isBetween(498, 499);
            assertThat(served.get("/metrics").body())
                    .contains("tandem_judged_total{outcome=\"judged\"}", "tandem_judged_score_bucket");
            assertThat(served.get("/api/monitoring?hours=24").body()).doesNotContain("football", "parental");

            var taken = json(served.post("/api/monitoring/baseline", "{}"));
            assertThat(taken.findValues("size")).allMatch(size -> size.asInt() == 0);
            var told = json(served.post("/api/monitoring/test-alert", "{}"));
            assertThat(told.at("/channels/0/channel").asText()).isEqualTo("log");
        }
    }

    private static JsonNode until(Served served, Predicate<JsonNode> enough) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        var report = json(served.get("/api/monitoring"));
        while (!enough.test(report) && System.nanoTime() < end) {
            Thread.sleep(50);
            report = json(served.get("/api/monitoring"));
        }
        return report;
    }

    @Test
    void whatIsSwitchedOffIsNeitherJudgedNorKept() throws Exception {
        var workspace = workspace("monitoring: {judged: 0, drift: false}\n");
        try (var served = Served.start(workspace)) {
            json(served.post("/v1/chat/completions", QUESTION));

            var report = json(served.get("/api/monitoring"));

            assertThat(report.path("drift").asBoolean()).isFalse();
            assertThat(report.findValues("answers")).allMatch(answers -> answers.asInt() == 0);
        }
    }

    @Test
    void aChannelThatCannotBeSetUpIsSaidBeforeAnythingIsServed() throws Exception {
        var workspace = workspace("alerts: {email_to: [ops@example.com]}\n");

        assertThatThrownBy(() -> Served.start(workspace))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("alerts.smtp_host");
    }
}
