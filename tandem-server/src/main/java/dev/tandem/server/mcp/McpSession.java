package dev.tandem.server.mcp;

import dev.tandem.server.access.Caller;
import dev.tandem.server.engine.Conversation;
import dev.tandem.server.engine.Reply;
import java.util.function.Function;

/**
 * Who sends a message, and how questions are answered for them.
 *
 * @param ask answers by the strategy {@code tandem/rag}
 */
public record McpSession(Caller caller, Function<Conversation, Reply> ask) {}
