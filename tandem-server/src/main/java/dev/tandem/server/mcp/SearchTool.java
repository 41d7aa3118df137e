package dev.tandem.server.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.server.access.Role;
import dev.tandem.server.http.JsonBodies;
import dev.tandem.server.resource.Search;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Passages for a question. */
record SearchTool(Search search) implements McpTool {
    @Override
    public String name() {
        return "search";
    }

    @Override
    public String description() {
        return "Find the passages of the workspace's documents that a question is about, best first.";
    }

    @Override
    public String inputSchema() {
        return """
                {"type": "object", "required": ["question"], "additionalProperties": false, "properties": {
                  "question": {"type": "string", "description": "What to look for, as a question or words."},
                  "count": {"type": "integer", "minimum": 1, "maximum": 100, "description": "How many passages; 10 unless given."},
                  "filter": {"type": "string", "description": "Which documents, like: department = \\"hr\\""}}}""";
    }

    @Override
    public String outputSchema() {
        return """
                {"type": "object", "required": ["question", "results"], "properties": {
                  "question": {"type": "string"},
                  "results": {"type": "array", "items": {"type": "object",
                    "required": ["rank", "score", "document", "location", "passage", "text"], "properties": {
                      "rank": {"type": "integer"}, "score": {"type": "number"}, "document": {"type": "string"},
                      "location": {"type": "string"}, "passage": {"type": "string"}, "text": {"type": "string"}}}},
                  "hops": {"type": "array", "description": "Further looks for what was lacking.", "items": {"type": "object",
                    "required": ["query", "reason", "found"], "properties": {
                      "query": {"type": "string"}, "reason": {"type": "string"},
                      "found": {"type": "array", "items": {"type": "string"}}}}},
                  "remarks": {"type": "array", "items": {"type": "string"}}}}""";
    }

    @Override
    public Role role() {
        return Role.ASK;
    }

    @Override
    public Result call(JsonNode arguments, McpSession session) {
        var request =
                JsonBodies.read(JsonBodies.text(arguments).getBytes(StandardCharsets.UTF_8), Search.Request.class);
        var found = search.find(request, session.caller());
        var text = found.results().stream()
                .map(each -> "[" + each.rank() + "] " + each.document()
                        + (each.location().isEmpty() ? "" : ", " + each.location()) + "\n" + each.text())
                .collect(Collectors.joining("\n\n"));
        var how = Stream.concat(
                        found.hops().stream().map(hop -> "Looked again for \"" + hop.query() + "\": " + hop.reason()),
                        found.remarks().stream())
                .map(line -> "\n\n" + line)
                .collect(Collectors.joining());
        return new Result((text.isEmpty() ? "Nothing was found." : text) + how, found);
    }
}
