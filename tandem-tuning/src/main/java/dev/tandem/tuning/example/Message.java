package dev.tandem.tuning.example;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One turn of a conversation.
 *
 * @param content its text; may be empty only where the role's form allows it
 * @param learned whether a model is to learn it; only turns of the assistant ever are
 * @param more what else the turn has, by OpenAI's names and in the file's order ({@code name}, {@code tool_calls}, ...); a
 *     {@code role} or {@code content} in it is what the file has in their place ({@code developer}, a list of parts)
 */
public record Message(Role role, String content, boolean learned, Map<String, JsonNode> more) {
    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT,
        TOOL
    }

    public Message {
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    public Message(Role role, String content, boolean learned) {
        this(role, content, learned, Map.of());
    }

    /** Whether the assistant asks for tools here. */
    public boolean callsTools() {
        return more.containsKey("tool_calls") || more.containsKey("function_call");
    }
}
