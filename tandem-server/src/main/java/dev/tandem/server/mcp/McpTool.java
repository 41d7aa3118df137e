package dev.tandem.server.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.server.access.Role;

/** Something that an assistant can have done. Safe for use by many threads. */
interface McpTool {
    String name();

    /** What it does, for the model that chooses. */
    String description();

    /** JSON Schema of its arguments. */
    String inputSchema();

    /** JSON Schema of the structured part of its result. */
    String outputSchema();

    /** Who may. */
    Role role();

    /**
     * Does it.
     *
     * @throws dev.tandem.server.http.ApiError if the arguments are not of the schema
     * @throws dev.tandem.foundation.MendableException if it cannot be done; the model is told why
     */
    Result call(JsonNode arguments, McpSession session);

    /**
     * What came of it.
     *
     * @param text for models that read text only
     * @param structured the same as JSON, by the output schema
     */
    record Result(String text, Object structured) {}
}
