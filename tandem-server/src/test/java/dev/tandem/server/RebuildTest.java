package dev.tandem.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another embedding model: the index is made anew behind the back of those who ask. */
class RebuildTest {
    private static final String QUESTION =
            "{\"question\": \"How long is parental leave after a birth?\", \"count\": 1}";

    @TempDir
    Path folder;

    @Test
    void questionsAreAnsweredByTheOldIndexUntilTheNewOneIsWhole() throws Exception {
        var workspace = Served.workspace(folder);
        assertThat(encoder(workspace)).isEqualTo("bge-small-en-v1.5-q");
        encoderOfOnesOwn(folder.resolve("own"));
        Files.writeString(
                workspace.folder().resolve(Workspace.SETTINGS_FILE),
                "embedding: {provider: onnx, model: ../own}\nserve: {log: off}\n");

        Set<String> encoders = new HashSet<>();
        try (var served = Served.start(Workspace.at(workspace.folder()))) {
            JsonNode jobs;
            do {
                var found = served.post("/api/search", QUESTION);
                assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
                assertThat(Served.tree(found.body()).at("/results/0/document").asText())
                        .isEqualTo("leave.md");
                encoders.add(encoder(workspace));
                jobs = Served.tree(served.get("/api/jobs?kind=ingest").body()).path("jobs");
            } while (jobs.isEmpty() || !jobs.get(0).path("status").asText().equals("succeeded"));
            assertThat(encoder(workspace)).startsWith("own@");
            assertThat(jobs).hasSize(1);
            assertThat(jobs.get(0).at("/result/passages_embedded").asInt()).isEqualTo(3);

            var answered = served.post(
                    "/v1/chat/completions",
                    "{\"model\": \"tandem/rag\", \"messages\": [{\"role\": \"user\", \"content\": \"How long is parental"
                            + " leave after a birth?\"}]}");
            assertThat(answered.body()).contains("16 weeks");
        }
        // Served once more there is nothing to do.
        try (var served = Served.start(Workspace.at(workspace.folder()))) {
            assertThat(Served.tree(served.get("/api/jobs?kind=ingest").body()).path("jobs"))
                    .hasSize(1);
        }
        assertThat(encoders).allMatch(id -> id.equals("bge-small-en-v1.5-q") || id.startsWith("own@"));
    }

    private static String encoder(Workspace workspace) {
        try (var open = new OpenWorkspace(workspace);
                var snapshot = open.index().snapshot()) {
            return snapshot.description().encoder();
        }
    }

    /** The bundled network as a folder from the hub, pooled otherwise. */
    private static void encoderOfOnesOwn(Path own) throws IOException {
        Files.createDirectories(own);
        copy("/bge-small-en-v1.5-q.onnx", own.resolve("model.onnx"));
        copy("/bge-small-en-v1.5-q-tokenizer.json", own.resolve("tokenizer.json"));
        Files.writeString(
                own.resolve("config.json"),
                "{\"hidden_size\": 384, \"max_position_embeddings\": 512, \"model_type\": \"bert\"}");
    }

    private static void copy(String resource, Path file) throws IOException {
        try (var in = RebuildTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            Files.copy(in, file);
        }
    }
}
