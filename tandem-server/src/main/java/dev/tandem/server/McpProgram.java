package dev.tandem.server;

import dev.tandem.server.access.Caller;
import dev.tandem.server.access.Turns;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.mcp.McpLines;
import dev.tandem.server.mcp.McpServer;
import dev.tandem.server.mcp.McpSession;
import dev.tandem.server.resource.Search;
import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;

/** A workspace as tools of the assistant that started this process. */
public final class McpProgram {
    private McpProgram() {}

    /**
     * Answers messages until the input ends.
     *
     * @param version of this program
     * @param out takes nothing but messages
     */
    public static void run(Workspace workspace, String version, InputStream in, PrintWriter out) throws IOException {
        var settings = workspace.settings().serve();
        var turns = new Turns(Runtime.getRuntime().availableProcessors(), settings.answersWaiting());
        try (var engine = new Engine(workspace)) {
            var search = new Search(engine, turns, settings.maxQuestion());
            var server = new McpServer(engine, search, turns, settings.maxQuestion(), version);
            var recorded = RecordedReplies.of(engine);
            var session = new McpSession(Caller.LOCAL, conversation -> {
                var model = engine.documents();
                var reply = turns.take(() -> model.reply(conversation, piece -> {}));
                recorded.forEach(
                        each -> each.record(System.getProperty("user.name"), "mcp", model, conversation, reply));
                return reply;
            });
            new McpLines(server, session).run(in, out);
        }
    }
}
