package dev.tandem.cli;

import dev.tandem.cli.console.Terminal;
import dev.tandem.server.TandemServer;
import dev.tandem.server.log.LogProvider;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ServeSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Runs the short commands and a server once on a workspace of one document, so that a JDK can record which classes they load and keep
 * them for later starts. The launcher runs it after a build; it has no output.
 */
final class StartTraining {
    private StartTraining() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.util.logging.config.class", "dev.tandem.cli.console.QuietLogging");
        var folder = Files.createTempDirectory("tandem-start");
        try {
            var documents = Files.createDirectory(folder.resolve("documents"));
            Files.writeString(
                    documents.resolve("leave.md"),
                    "# Leave\n\nParental leave lasts 26 weeks.\n\n## Notice\n\nSay so four weeks before.\n");
            var workspace = folder.resolve("workspace").toString();
            for (var command : List.of(
                    List.of("init", workspace),
                    List.of("ingest", "-w", workspace, documents.toString()),
                    List.of("--help"),
                    List.of("ask", "--help"),
                    List.of("version"),
                    List.of("status", "-w", workspace),
                    List.of("search", "-w", workspace, "--filter", "format = \"markdown\"", "leave"),
                    List.of("ask", "-w", workspace, "How long is parental leave?"),
                    List.of("ask", "-w", workspace, "--json", "How long is parental leave?"),
                    List.of("ask", "--no-such-option"))) {
                var nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
                TandemCommandLine.of(Terminal.plain(nowhere, nowhere)).execute(command.toArray(String[]::new));
            }
            serve(Workspace.at(Path.of(workspace)));
        } finally {
            delete(folder);
        }
    }

    private static void serve(Workspace workspace) throws IOException {
        LogProvider.use(ServeSettings.Log.OFF, Optional.empty());
        try (var server =
                TandemServer.start(workspace, workspace.settings().serve().withPort(0), "")) {
            server.health().awaitStarted();
            var search = (HttpURLConnection) URI.create("http://127.0.0.1:" + server.port() + "/api/search")
                    .toURL()
                    .openConnection();
            search.setRequestProperty("Content-Type", "application/json");
            search.setDoOutput(true);
            try (var body = search.getOutputStream()) {
                body.write("{\"question\": \"How long is parental leave?\"}".getBytes(StandardCharsets.UTF_8));
            }
            search.getResponseCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
