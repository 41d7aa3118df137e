package dev.tandem.server.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.server.access.Role;
import dev.tandem.server.engine.Conversation;
import dev.tandem.server.engine.Reply;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.JsonBodies;
import dev.tandem.server.resource.Search;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** An answer from the documents, with what it rests on. */
record AskTool(int maxQuestion) implements McpTool {
    /** What it takes. */
    public record Arguments(String question, Optional<String> filter) {}

    /** What it gives. */
    public record Answered(String answer, boolean declined, List<Source> sources, List<String> unsupported) {}

    /** A citation. */
    public record Source(int number, String document, String location, String quote) {}

    @Override
    public String name() {
        return "ask";
    }

    @Override
    public String description() {
        return "Answer a question from the workspace's documents, with quotes as citations; says so where they do not"
                + " answer it.";
    }

    @Override
    public String inputSchema() {
        return """
                {"type": "object", "required": ["question"], "additionalProperties": false, "properties": {
                  "question": {"type": "string"},
                  "filter": {"type": "string", "description": "Which documents, like: department = \\"hr\\""}}}""";
    }

    @Override
    public String outputSchema() {
        return """
                {"type": "object", "required": ["answer", "declined", "sources", "unsupported"], "properties": {
                  "answer": {"type": "string"},
                  "declined": {"type": "boolean", "description": "The documents do not answer it."},
                  "sources": {"type": "array", "items": {"type": "object",
                    "required": ["number", "document", "location", "quote"], "properties": {
                      "number": {"type": "integer"}, "document": {"type": "string"},
                      "location": {"type": "string"}, "quote": {"type": "string"}}}},
                  "unsupported": {"type": "array", "items": {"type": "string"}}}}""";
    }

    @Override
    public Role role() {
        return Role.ASK;
    }

    @Override
    public Result call(JsonNode arguments, McpSession session) {
        var given = JsonBodies.read(JsonBodies.text(arguments).getBytes(StandardCharsets.UTF_8), Arguments.class);
        if (given.question().isBlank() || given.question().length() > maxQuestion) {
            throw ApiError.invalid("'question' must have 1 to " + maxQuestion + " characters.", "question");
        }
        var reply = session.ask()
                .apply(Conversation.of(given.question(), session.caller().visible(Search.filter(given.filter()))));
        return new Result(text(reply), structured(reply));
    }

    private static Answered structured(Reply reply) {
        return new Answered(
                reply.text(),
                reply.abstained(),
                reply.citations().stream()
                        .map(cited -> new Source(cited.number(), cited.document(), cited.location(), cited.quote()))
                        .toList(),
                reply.unsupported());
    }

    private static String text(Reply reply) {
        var text = new StringBuilder(reply.text());
        reply.citations()
                .forEach(cited -> text.append(text.indexOf("\n\n[") < 0 ? "\n\n[" : "\n[")
                        .append(cited.number())
                        .append("] ")
                        .append(cited.document())
                        .append(cited.location().isEmpty() ? "" : ", " + cited.location())
                        .append(": \"")
                        .append(cited.quote())
                        .append('"'));
        return text.toString();
    }
}
