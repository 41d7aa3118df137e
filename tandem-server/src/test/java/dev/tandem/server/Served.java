package dev.tandem.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.Progress;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ServeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A small workspace with a real index, served on a free port. Whatever it replies must be what its OpenAPI document says. */
public final class Served implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Workspace workspace;
    private final TandemServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Contract contract;

    private Served(Workspace workspace, TandemServer server) {
        this.workspace = workspace;
        this.server = server;
        this.contract = new Contract(server.endpoints());
    }

    /** Makes a workspace with three documents in a folder that is empty. */
    public static Workspace workspace(Path folder) {
        try {
            var documents = Files.createDirectories(folder.resolve("documents"));
            Files.writeString(
                    documents.resolve("returns.md"),
                    "---\ndepartment: support\n---\n# Returns\n\nUnused products can be returned within 60 days of delivery.\n");
            Files.writeString(
                    documents.resolve("leave.md"),
                    "---\ndepartment: hr\n---\n# Parental leave\n\nEmployees get 16 weeks of parental leave after a birth.\n");
            Files.writeString(
                    documents.resolve("vpn.md"),
                    "---\ndepartment: it\n---\n# VPN\n\nThe VPN address is vpn.example.com, and its port is 1194.\n");
            var workspace = with(Workspace.create(folder.resolve("kb")));
            try (var open = new OpenWorkspace(workspace)) {
                open.ingest(List.of(documents), false, Progress.silent());
            }
            return workspace;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same workspace, served by other settings: lines under {@code serve} in its tandem.yaml. */
    public static Workspace with(Workspace workspace, String... serve) throws IOException {
        Files.writeString(
                workspace.folder().resolve(Workspace.SETTINGS_FILE),
                "serve:\n" + (List.of(serve).contains("log: json") ? "" : "  log: off\n")
                        + String.join(
                                "",
                                List.of(serve).stream()
                                        .map(line -> "  " + line + "\n")
                                        .toList()));
        return Workspace.at(workspace.folder());
    }

    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(request(path, headers).method(method, BodyPublishers.ofString(body)));
    }

    /** Serves a workspace, ready. */
    public static Served start(Workspace workspace) {
        return start(workspace, settings -> settings);
    }

    /** Serves a workspace with settings of its own, ready. */
    public static Served start(Workspace workspace, UnaryOperator<ServeSettings> change) {
        var server = TandemServer.start(
                workspace, change.apply(workspace.settings().serve().withPort(0)), "test");
        var served = new Served(workspace, server);
        try {
            server.health().awaitStarted();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return served;
    }

    public Workspace workspace() {
        return workspace;
    }

    public TandemServer server() {
        return server;
    }

    public URI uri(String path) {
        return URI.create("http://localhost:" + server.port() + path);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public HttpResponse<String> post(String path, String body, String... headers) {
        return send(request(path, headers).POST(BodyPublishers.ofString(body)));
    }

    /** The lines of a reply as they come. */
    public Stream<String> lines(String path) {
        try {
            return client.send(request(path).GET().build(), BodyHandlers.ofLines())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            var reply = client.send(request.build(), BodyHandlers.ofString());
            contract.check(reply);
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The body of a reply that must have succeeded. */
    public static JsonNode json(HttpResponse<String> reply) {
        assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 299);
        return tree(reply.body());
    }

    public static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A reply's error, which must have OpenAI's shape. */
    public static JsonNode error(HttpResponse<String> reply) {
        var error = tree(reply.body()).path("error");
        assertThat(error.path("message").asText()).as(reply.body()).isNotEmpty();
        assertThat(error.has("type") && error.has("param") && error.has("code"))
                .as(reply.body())
                .isTrue();
        assertThat(reply.body()).doesNotContain("Exception", "\tat ", "dev.tandem");
        return error;
    }

    @Override
    public void close() {
        server.close();
    }
}
