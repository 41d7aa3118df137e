package dev.tandem.bench.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.Progress;
import dev.tandem.server.TandemServer;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server on a free port of this machine. */
public final class Service implements AutoCloseable {
    private final TandemServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Service(TandemServer server) {
        this.server = server;
    }

    /** A small workspace in an empty folder, with a test set. */
    public static Workspace small(Path folder) throws IOException {
        var documents = Files.createDirectories(folder.resolve("documents"));
        Files.writeString(
                documents.resolve("vpn.md"), "# VPN\n\nThe VPN address is vpn.example.com, and its port is 1194.\n");
        Files.writeString(
                documents.resolve("leave.md"), "# Leave\n\nEmployees get 16 weeks of parental leave after a birth.\n");
        var workspace = Workspace.create(folder.resolve("kb"));
        Files.writeString(
                workspace.testSetFile(),
                "{\"id\": \"a\", \"question\": \"VPN port?\", \"answers\": [\"1194\"], \"documents\": [\"vpn.md\"]}\n");
        try (var open = new OpenWorkspace(workspace)) {
            open.ingest(List.of(documents), false, Progress.silent());
        }
        return quiet(workspace);
    }

    private static Workspace quiet(Workspace workspace) throws IOException {
        Files.writeString(
                workspace.folder().resolve(Workspace.SETTINGS_FILE), "serve:\n  log: off\n  answers_waiting: 10000\n");
        return Workspace.at(workspace.folder());
    }

    /** Serves a workspace; returns when it is ready. */
    public static Service start(Workspace workspace) throws InterruptedException {
        var server = TandemServer.start(workspace, workspace.settings().serve().withPort(0), "bench");
        server.health().awaitStarted();
        return new Service(server);
    }

    public int port() {
        return server.port();
    }

    /** Its OpenAPI document. */
    public JsonNode document() throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get("/openapi.json").body());
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri(path))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port() + path);
    }

    @Override
    public void close() {
        server.close();
    }
}
