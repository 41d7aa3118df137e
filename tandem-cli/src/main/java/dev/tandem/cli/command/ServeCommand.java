package dev.tandem.cli.command;

import dev.tandem.cli.console.Interrupt;
import dev.tandem.cli.console.Json;
import dev.tandem.cli.console.Terminal;
import dev.tandem.server.TandemServer;
import dev.tandem.server.log.LogProvider;
import dev.tandem.workspace.settings.ServeSettings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem serve}: a workspace as a service. */
@Command(
        name = "serve",
        description =
                "Serve the workspace: a web page, an API that OpenAI's clients speak, and Tandem's own. Ctrl-C ends it.",
        footer = {
            "",
            "Examples:",
            "  tandem serve -w my-kb",
            "  tandem key create phone-app -w my-kb && tandem serve -w my-kb --host 0.0.0.0 --port 80",
            "",
            "  curl localhost:8080/v1/chat/completions -H 'Content-Type: application/json' \\",
            "    -d '{\"model\": \"tandem/rag\", \"messages\": [{\"role\": \"user\", \"content\": \"...\"}]}'",
            "",
            "Limits and more are under serve in tandem.yaml (docs/configuration.md); docs/serving.md tells of the API."
        })
public final class ServeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final WorkspaceOption workspace = new WorkspaceOption();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen on (serve.host in tandem.yaml, 127.0.0.1 unless set).")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port to listen on, 0 for any free one (serve.port in tandem.yaml, 8080 unless set).")
    private @Nullable Integer port;

    public ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        var found = workspace.find();
        var settings = settings(found.settings().serve());
        LogProvider.use(settings.log(), settings.logFile().map(found::resolve));
        try (var interrupt = Interrupt.watch();
                var server = TandemServer.start(found, settings, VersionCommand.tandem())) {
            var address = "http://" + (host == null ? found.settings().serve().host() : host) + ":" + server.port();
            terminal.out()
                    .println(
                            common.json
                                    ? Json.pretty(Json.object("address", address, "workspace", found.folder()))
                                    : "Serving " + found.folder() + ". Page: " + address + "/  API: " + address
                                            + "/v1  Ctrl-C ends it.");
            terminal.out().flush();
            interrupt.await();
            return 0;
        }
    }

    private ServeSettings settings(ServeSettings written) {
        var listening = host == null ? written : written.withHost(host);
        return port == null ? listening : listening.withPort(port);
    }
}
