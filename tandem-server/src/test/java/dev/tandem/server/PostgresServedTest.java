package dev.tandem.server;

import static dev.tandem.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.foundation.Progress;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.server.store.TestPostgres;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A server whose index, runs and feedback are in a real PostgreSQL. */
@EnabledIfEnvironmentVariable(named = TestPostgres.VARIABLE, matches = ".+", disabledReason = "no PostgreSQL is named")
class PostgresServedTest {
    @TempDir
    Path folder;

    @Test
    void whatOneServerWasToldAnotherOfTheSameStoreKnows() throws Exception {
        var documents = Served.workspace(folder).folder().resolveSibling("documents");
        try (var index = new TestPostgres(folder, "kb");
                var runs = new TestPostgres(folder, "kb_runs");
                var feedback = new TestPostgres(folder, "kb_feedback")) {
            var first = workspace("first", index);
            try (var open = new OpenWorkspace(first)) {
                open.ingest(List.of(documents), false, Progress.silent());
            }
            try (var served = Served.start(first)) {
                var answer = json(served.post(
                        "/v1/chat/completions",
                        "{\"model\": \"tandem/rag\", \"messages\": [{\"role\": \"user\", \"content\":"
                                + " \"How many weeks of parental leave do employees get?\"}]}"));
                assertThat(answer.at("/sources/0/document").asText()).isEqualTo("leave.md");
                json(served.post(
                        "/api/feedback",
                        "{\"answer_id\": \"" + answer.path("id").asText() + "\", \"rating\": \"up\"}"));
                assertThat(json(served.get("/api/status")).path("last_ingest").asText())
                        .isNotEmpty();
            }
            assertThat(first.trail().verify(Set.of()).sound()).isTrue();
            assertThat(first.folder().resolve("runs.db")).doesNotExist();

            // What the file held before the settings named a server is reached by whoever erases, too.
            assertThat(ServerDatabase.allFeedback(first)).hasSize(2);

            // It has no documents of its own and never ingested.
            try (var served = Served.start(workspace("second", index))) {
                assertThat(json(served.get("/api/feedback"))
                                .at("/feedback/0/rating")
                                .asText())
                        .isEqualTo("up");
                assertThat(json(served.get("/api/runs")).path("total").asInt()).isZero();
                assertThat(json(served.get("/api/status")).path("documents").asInt())
                        .isEqualTo(3);
            }
        }
    }

    private Workspace workspace(String name, TestPostgres index) throws Exception {
        var workspace = Workspace.create(folder.resolve(name));
        Files.writeString(
                workspace.folder().resolve(Workspace.SETTINGS_FILE),
                "serve:\n  log: off\nstore:\n  provider: pgvector\n  url: "
                        + index.place().url() + "\n  name: " + index.place().schema() + "\n  records: store\n");
        return Workspace.at(workspace.folder());
    }
}
