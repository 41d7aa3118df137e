package dev.tandem.tuning.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.tuning.example.Message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * ShareGPT's form, with tools as LLaMA-Factory writes them: {@code function_call} turns hold calls as JSON text. What a chat
 * message has besides stands in its turn under OpenAI's names, so that nothing is lost on the way back.
 */
final class ShareGptForm {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> OWN = Set.of("from", "value");

    private ShareGptForm() {}

    static Example read(Fields record) {
        var messages = new ArrayList<Message>();
        var turns = record.list("conversations", "missing_messages_list");
        var own = Set.of("conversations");
        var system = record.values().path("system");
        if (system.isTextual()
                && !system.asText().isBlank()
                && !turns.getFirst().path("from").asText("").equals("system")) {
            messages.add(new Message(Role.SYSTEM, system.asText(), false));
            own = Set.of("conversations", "system");
        }
        for (var turn : turns) {
            messages.add(turn(record, turn, messages));
        }
        return Example.of(
                record.line(),
                ChatForm.answered(record, messages),
                Optional.empty(),
                Form.SHAREGPT,
                record.without(own));
    }

    /** A turn; some files write chat messages in its place. */
    static Message turn(Fields record, JsonNode turn, List<Message> before) {
        int number = before.size() + 1;
        if (!turn.has("from")) {
            return ChatForm.message(record, turn, number);
        }
        var from = turn.path("from").asText("");
        var role = switch (from) {
            case "system" -> Role.SYSTEM;
            case "human", "user" -> Role.USER;
            case "gpt", "assistant", "chatgpt", "bing", "bard", "model", "function_call" -> Role.ASSISTANT;
            case "observation", "tool", "function_response" -> Role.TOOL;
            default ->
                throw record.fault(
                        "unrecognized_role",
                        "\"from\": \"" + from + "\" is unknown (human, gpt, system, observation, function_call)");
        };
        var more = ChatForm.more(turn, OWN);
        var content = turn.path("value").asText("");
        if (from.equals("function_call")) {
            content = turn.path("content").asText("");
            if (!turn.has("tool_calls") && !turn.has("function_call")) {
                more.put("tool_calls", calls(record, turn.path("value").asText(""), before.size()));
            }
            if (!content.isEmpty()) {
                more.remove("content");
            }
        } else if (role == Role.TOOL && from.equals("observation") && !turn.has("tool_call_id") && !turn.has("name")) {
            called(before).ifPresent(id -> more.put("tool_call_id", id));
        }
        if (content.isEmpty() && turn.path("content").isEmpty() && !from.equals("function_call") && role != Role.TOOL) {
            throw record.fault("missing_content", "message " + number + " has no text as \"value\"");
        }
        return new Message(role, content, ChatForm.learned(record, role, turn.path("weight"), number), more);
    }

    /** LLaMA-Factory's calls, one or a list, as OpenAI's; those have ids, which are made from where they stand. */
    private static ArrayNode calls(Fields record, String value, int at) {
        JsonNode node;
        try {
            node = JSON.readTree(value);
        } catch (JsonProcessingException e) {
            throw record.fault("data_type", "the value of a function_call is no JSON");
        }
        var calls = Fields.NODES.arrayNode();
        for (var call : node.isArray() ? node : Fields.NODES.arrayNode().add(node)) {
            if (!call.path("name").isTextual()) {
                throw record.fault("data_type", "a function_call names no function");
            }
            var arguments = call.path("arguments");
            var made = calls.addObject().put("id", "call_" + at + "_" + calls.size());
            made.put("type", "function");
            made.putObject("function")
                    .put("name", call.get("name").asText())
                    .put(
                            "arguments",
                            arguments.isTextual()
                                    ? arguments.asText()
                                    : arguments.isMissingNode() ? "{}" : arguments.toString());
        }
        return calls;
    }

    /** The id of the call that comes right before. */
    private static Optional<JsonNode> called(List<Message> before) {
        if (before.isEmpty()) {
            return Optional.empty();
        }
        var id = Optional.ofNullable(before.getLast().more().get("tool_calls"))
                .map(calls -> calls.path(0).path("id"));
        return id.filter(JsonNode::isTextual);
    }

    static ObjectNode write(Example example, Losses losses) {
        var record = Fields.NODES.objectNode();
        var turns = record.putArray("conversations");
        example.messages().forEach(each -> turns.add(turn(each, losses)));
        example.rejected().ifPresent(text -> losses.lost("the rejected answer"));
        Fields.addMore(example, record, losses);
        return record;
    }

    private static ObjectNode turn(Message message, Losses losses) {
        var chat = ChatForm.message(message, losses);
        var turn = Fields.NODES.objectNode();
        boolean calls = message.role() == Role.ASSISTANT && message.callsTools();
        turn.put(
                "from",
                calls
                        ? "function_call"
                        : switch (message.role()) {
                            case SYSTEM -> "system";
                            case USER -> "human";
                            case ASSISTANT -> "gpt";
                            case TOOL -> "observation";
                        });
        turn.put("value", calls ? calls(message.more()) : message.content());
        chat.remove("role");
        if (!calls) {
            chat.remove("content");
        }
        turn.setAll(chat);
        Optional.ofNullable(message.more().get("role")).ifPresent(role -> turn.set("role", role));
        Optional.ofNullable(message.more().get("content")).ifPresent(content -> turn.set("content", content));
        return turn;
    }

    private static String calls(Map<String, JsonNode> more) {
        var calls = Fields.NODES.arrayNode();
        var single = more.get("function_call");
        if (single != null && single.isObject()) {
            calls.add(call(single));
        }
        for (var each : more.getOrDefault("tool_calls", Fields.NODES.arrayNode())) {
            calls.add(call(each.path("function")));
        }
        return calls.size() == 1 ? calls.get(0).toString() : calls.toString();
    }

    private static ObjectNode call(JsonNode function) {
        var call = Fields.NODES.objectNode();
        call.put("name", function.path("name").asText(""));
        var arguments = function.path("arguments").asText("{}");
        try {
            call.set("arguments", JSON.readTree(arguments));
        } catch (JsonProcessingException e) {
            call.put("arguments", arguments);
        }
        return call;
    }
}
