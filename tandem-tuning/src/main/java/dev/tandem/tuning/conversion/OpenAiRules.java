package dev.tandem.tuning.conversion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.tuning.entry.Entry;
import dev.tandem.tuning.entry.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * OpenAI's rules for a line of a fine-tuning file, by the names of its cookbook ("Data preparation and analysis for chat
 * model fine-tuning"), brought up to what its API reference has added since: the roles developer and tool, tool calls (whose
 * message needs no content), content in parts, weights of 0 or 1, and preference pairs.
 */
final class OpenAiRules {
    private static final Set<String> KEYS = Set.of(
            "role", "content", "name", "function_call", "weight", "tool_calls", "tool_call_id", "refusal", "audio");
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant", "function", "tool");

    private final int line;
    private final List<Fault> faults = new ArrayList<>();

    private OpenAiRules(int line) {
        this.line = line;
    }

    /** All faults of a line, in the order of its messages. */
    static List<Fault> faults(Entry entry) {
        var rules = new OpenAiRules(entry.line());
        var values = entry.values();
        if (values.has("preferred_output") || values.has("non_preferred_output")) {
            rules.messages(values.path("input").path("messages"), "input.messages");
            rules.answer(values.path("preferred_output"), "preferred_output");
            rules.answer(values.path("non_preferred_output"), "non_preferred_output");
        } else if (rules.messages(values.path("messages"), "messages") && !hasAssistant(values.path("messages"))) {
            rules.add("example_missing_assistant_message", "no message is the assistant's");
        }
        return rules.faults;
    }

    private boolean messages(JsonNode messages, String name) {
        if (!messages.isArray() || messages.isEmpty()) {
            add("missing_messages_list", "\"" + name + "\" is not there, or is no list of messages");
            return false;
        }
        for (int i = 0; i < messages.size(); i++) {
            message(messages.get(i), "message " + (i + 1) + (name.equals("messages") ? "" : " of " + name));
        }
        return true;
    }

    private void answer(JsonNode messages, String name) {
        if (messages(messages, name) && (messages.size() != 1 || !hasAssistant(messages))) {
            add("example_missing_assistant_message", "\"" + name + "\" must be one message of the assistant");
        }
    }

    private static boolean hasAssistant(JsonNode messages) {
        return messages.valueStream()
                .anyMatch(each -> each.path("role").asText("").equals("assistant"));
    }

    private void message(JsonNode message, String name) {
        if (!message.isObject()) {
            add("data_type", name + " is no JSON object");
            return;
        }
        boolean calls = message.hasNonNull("function_call")
                || !message.path("tool_calls").isEmpty();
        if (!message.has("role") || !message.has("content") && !calls) {
            add("message_missing_key", name + " has no \"" + (message.has("role") ? "content" : "role") + "\"");
        }
        message.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                add("message_unrecognized_key", name + " has the unknown key \"" + key + "\"");
            }
        });
        var role = message.path("role").asText("");
        if (message.has("role") && !ROLES.contains(role)) {
            add("unrecognized_role", name + " has the unknown role \"" + role + "\"");
        }
        if (message.has("content") && !hasContent(message.get("content"), calls)) {
            add("missing_content", name + " has no text as \"content\"");
        }
        var weight = message.path("weight");
        if (!weight.isMissingNode() && !(weight.isNumber() && (weight.asDouble() == 0 || weight.asDouble() == 1))) {
            add("unrecognized_weight", name + " has a weight that is neither 0 nor 1");
        }
    }

    private static boolean hasContent(JsonNode content, boolean calls) {
        boolean parts = content.isArray()
                && !content.isEmpty()
                && content.valueStream().allMatch(part -> part.path("type").isTextual());
        return parts || content.isTextual() && (calls || !content.asText().isEmpty()) || content.isNull() && calls;
    }

    private void add(String rule, String message) {
        faults.add(new Fault(line, rule, message));
    }
}
