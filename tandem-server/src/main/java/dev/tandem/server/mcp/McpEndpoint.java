package dev.tandem.server.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.server.access.Role;
import dev.tandem.server.engine.Conversation;
import dev.tandem.server.engine.Reply;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Requests;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * {@code POST /mcp}: the protocol's streamable HTTP, in its simplest form. A request is answered with one JSON object, there are no
 * sessions and no streams from the server, so GET and DELETE are 405.
 */
public final class McpEndpoint {
    private final McpServer server;
    private final BiFunction<Context, Conversation, Reply> ask;

    /** A message, as JSON-RPC 2.0 has it. */
    @Description(
            "A JSON-RPC 2.0 message of the Model Context Protocol: initialize, ping, tools/list, tools/call, or a notification.")
    public record Message(String jsonrpc, Optional<JsonNode> id, String method, Optional<JsonNode> params) {}

    /** An answer to one. */
    @Description("The answer to a request, with a result or an error.")
    public record Answer(String jsonrpc, JsonNode id, Optional<JsonNode> result, Optional<Fault> error) {}

    /** What was wrong, by JSON-RPC's codes. */
    public record Fault(int code, String message) {}

    /** @param ask answers a request's question */
    public McpEndpoint(McpServer server, BiFunction<Context, Conversation, Reply> ask) {
        this.server = server;
        this.ask = ask;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.post("/mcp")
                .needs(Role.ASK)
                .does("Assistants", "Take a message of the Model Context Protocol; 202 for one that asks for nothing.")
                .takes(Message.class)
                .gives(Answer.class)
                .gives(400, "application/json", Answer.class)
                .by(this::take));
    }

    private void take(Context context) {
        var version = context.header("MCP-Protocol-Version");
        if (version != null && !McpServer.VERSIONS.contains(version)) {
            context.status(400);
            Api.reply(
                    context,
                    McpServer.refused(
                            "MCP-Protocol-Version must be one of " + String.join(", ", McpServer.VERSIONS) + "."));
            return;
        }
        var session = new McpSession(Requests.caller(context), conversation -> ask.apply(context, conversation));
        server.answer(Requests.bytes(context), session)
                .ifPresentOrElse(
                        answer -> {
                            context.status(McpServer.isUnreadable(answer) ? 400 : 200);
                            Api.reply(context, answer);
                        },
                        () -> context.status(202));
    }
}
