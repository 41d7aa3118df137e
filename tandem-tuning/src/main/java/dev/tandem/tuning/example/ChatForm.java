package dev.tandem.tuning.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.tuning.example.Message.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** OpenAI's chat form; its messages are those of other forms as well. */
final class ChatForm {
    private ChatForm() {}

    static Example read(Fields record) {
        var messages = messages(record, record.list("messages", "missing_messages_list"));
        return Example.of(record.line(), messages, Optional.empty(), Form.CHAT, record.without(Set.of("messages")));
    }

    /** A conversation in which the assistant says something. */
    static List<Message> messages(Fields record, List<JsonNode> nodes) {
        var messages = new ArrayList<Message>();
        for (var node : nodes) {
            messages.add(message(record, node, messages.size() + 1));
        }
        return answered(record, messages);
    }

    static List<Message> answered(Fields record, List<Message> messages) {
        if (messages.stream().noneMatch(each -> each.role() == Role.ASSISTANT)) {
            throw record.fault("example_missing_assistant_message", "no message is the assistant's");
        }
        return messages;
    }

    static Message message(Fields record, JsonNode node, int number) {
        if (!node.isObject()) {
            throw record.fault("data_type", "message " + number + " is no JSON object");
        }
        var name = node.path("role").asText("");
        var role = role(record, name);
        var more = more(node, Set.of("role", "content"));
        if (!name.equals(name(role))) {
            more.put("role", node.get("role"));
        }
        var content = node.path("content");
        boolean calls = role == Role.ASSISTANT && (has(node, "tool_calls") || has(node, "function_call"));
        var text = text(record, content, number);
        if (text.isEmpty() && content.isEmpty() && !calls && role != Role.TOOL) {
            throw record.fault("missing_content", "message " + number + " has no text as \"content\"");
        }
        if (!content.isMissingNode() && (!content.isTextual() || calls && text.isEmpty())) {
            more.put("content", content);
        }
        return new Message(role, text, learned(record, role, node.path("weight"), number), more);
    }

    private static Role role(Fields record, String name) {
        return switch (name) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool", "function" -> Role.TOOL;
            default ->
                throw record.fault(
                        "unrecognized_role", "the role \"" + name + "\" is unknown (system, user, assistant, tool)");
        };
    }

    static String name(Role role) {
        return switch (role) {
            case SYSTEM -> "system";
            case USER -> "user";
            case ASSISTANT -> "assistant";
            case TOOL -> "tool";
        };
    }

    /** A message's text: a string, none, or the texts among its parts. */
    private static String text(Fields record, JsonNode content, int number) {
        if (content.isTextual() || content.isNull() || content.isMissingNode()) {
            return content.isTextual() ? content.asText() : "";
        }
        if (!content.isArray()) {
            throw record.fault("missing_content", "message " + number + " has no text as \"content\"");
        }
        var text = new StringBuilder();
        for (var part : content) {
            text.append(part.isTextual() ? part.asText() : part.path("text").asText(""));
        }
        return text.toString();
    }

    static boolean learned(Fields record, Role role, JsonNode weight, int number) {
        boolean none = weight.isMissingNode() || weight.isNull();
        if (!none && !(weight.isNumber() && (weight.asDouble() == 0 || weight.asDouble() == 1))) {
            throw record.fault("unrecognized_weight", "the weight of message " + number + " must be 0 or 1");
        }
        return role == Role.ASSISTANT && (none || weight.asDouble() == 1);
    }

    private static boolean has(JsonNode node, String name) {
        return node.hasNonNull(name);
    }

    static Map<String, JsonNode> more(JsonNode node, Set<String> own) {
        var more = new LinkedHashMap<String, JsonNode>();
        node.properties().stream()
                .filter(each -> !own.contains(each.getKey()))
                .forEach(each -> more.put(each.getKey(), each.getValue()));
        return more;
    }

    static ObjectNode write(Example example, Losses losses) {
        var record = Fields.NODES.objectNode();
        var messages = record.putArray("messages");
        example.messages().forEach(each -> messages.add(message(each, losses)));
        example.rejected().ifPresent(text -> losses.lost("the rejected answer"));
        Fields.addMore(example, record, losses);
        return record;
    }

    static ObjectNode message(Message message, Losses losses) {
        var node = Fields.NODES.objectNode();
        node.put("role", name(message.role()));
        if (!message.content().isEmpty() || !message.callsTools()) {
            node.put("content", message.content());
        }
        message.more().forEach((name, value) -> {
            if (AlpacaForm.PARTS.contains(name)) {
                losses.lost("the border between instruction and input");
            } else {
                node.set(name, value);
            }
        });
        if (message.role() == Role.ASSISTANT
                && !message.learned()
                && !message.more().containsKey("weight")) {
            node.put("weight", 0);
        }
        return node;
    }
}
