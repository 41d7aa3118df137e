package dev.tandem.tuning.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.tuning.example.Message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Preference pairs: TRL's, whose prompt may be a text, a list of messages, an Alpaca instruction, ShareGPT's turns, or the
 * beginning that both answers share; and OpenAI's.
 */
final class PreferenceForm {
    private PreferenceForm() {}

    static Example read(Fields record) {
        var own = Set.of("prompt", "chosen", "rejected");
        var messages = new ArrayList<Message>();
        if (record.values().has("prompt")) {
            messages.addAll(turns(record, "prompt", Role.USER));
        } else if (record.values().has("instruction")) {
            own = Set.of("instruction", "input", "system", "chosen", "rejected");
            var system = record.text("system");
            if (!system.isEmpty()) {
                messages.add(new Message(Role.SYSTEM, system, false));
            }
            messages.add(AlpacaForm.question(record));
        } else if (record.values().has("conversations")) {
            own = Set.of("conversations", "chosen", "rejected");
            messages.addAll(turns(record, "conversations", Role.USER));
        }
        return pair(record, messages, "chosen", "rejected", Form.PREFERENCE, own);
    }

    static Example openAi(Fields record) {
        var own = Set.of("input", "preferred_output", "non_preferred_output");
        if (!(record.values().get("input") instanceof ObjectNode input)) {
            throw record.fault("data_type", "\"input\" must be an object with \"messages\"");
        }
        var inner = new Fields(record.line(), input);
        var messages = new ArrayList<Message>();
        for (var node : inner.list("messages", "missing_messages_list")) {
            messages.add(ChatForm.message(record, node, messages.size() + 1));
        }
        var example = pair(record, messages, "preferred_output", "non_preferred_output", Form.OPENAI_PREFERENCE, own);
        var more = inner.without(Set.of("messages"));
        more.putAll(example.more());
        return Example.of(example.line(), example.messages(), example.rejected(), example.form(), more);
    }

    private static Example pair(
            Fields record, List<Message> prompt, String better, String worse, Form form, Set<String> own) {
        var chosen = turns(record, better, Role.ASSISTANT);
        var rejected = turns(record, worse, Role.ASSISTANT);
        var messages = new ArrayList<Message>();
        int shared = 0;
        while (shared < Math.min(chosen.size(), rejected.size()) - 1
                && chosen.get(shared).equals(rejected.get(shared))) {
            shared++;
        }
        // Some files repeat the prompt in both answers.
        var beginning = chosen.subList(0, shared);
        if (shared < prompt.size() || !beginning.subList(0, prompt.size()).equals(prompt)) {
            messages.addAll(prompt);
        }
        messages.addAll(beginning);
        if (chosen.size() != shared + 1 || rejected.size() != shared + 1) {
            throw record.fault(
                    "preference_of_several_turns",
                    "\"" + better + "\" and \"" + worse + "\" must each be one answer behind the same turns");
        }
        var worst = rejected.getLast();
        if (chosen.getLast().role() != Role.ASSISTANT || worst.role() != Role.ASSISTANT || worst.callsTools()) {
            throw record.fault(
                    "preference_without_answer",
                    "\"" + better + "\" and \"" + worse + "\" must be answers of the assistant in words");
        }
        messages.add(chosen.getLast());
        return Example.of(record.line(), messages, Optional.of(worst.content()), form, record.without(own));
    }

    /** A text, a message, or a list of messages, in OpenAI's or ShareGPT's names. */
    private static List<Message> turns(Fields record, String name, Role role) {
        var value = record.values().path(name);
        if (!value.isObject() && !value.isArray()) {
            boolean answer = role == Role.ASSISTANT;
            return List.of(new Message(role, answer ? record.needed(name) : record.text(name), answer));
        }
        var messages = new ArrayList<Message>();
        for (JsonNode node : value.isObject() ? List.of(value) : record.list(name, "missing_messages_list")) {
            messages.add(ShareGptForm.turn(record, node, messages));
        }
        return messages;
    }

    /** Empty for an example without a rejected answer. */
    static Optional<ObjectNode> write(Example example, Losses losses) {
        if (!hasPair(example, losses)) {
            return Optional.empty();
        }
        var record = Fields.NODES.objectNode();
        var prompt = record.putArray("prompt");
        var turns = example.messages();
        turns.subList(0, turns.size() - 1).forEach(each -> prompt.add(ChatForm.message(each, losses)));
        record.putArray("chosen").add(ChatForm.message(turns.getLast(), losses));
        record.putArray("rejected").add(rejected(example));
        Fields.addMore(example, record, losses);
        return Optional.of(record);
    }

    static Optional<ObjectNode> writeOpenAi(Example example, Losses losses) {
        if (!hasPair(example, losses)) {
            return Optional.empty();
        }
        var record = Fields.NODES.objectNode();
        var input = record.putObject("input");
        var messages = input.putArray("messages");
        var turns = example.messages();
        turns.subList(0, turns.size() - 1).forEach(each -> messages.add(ChatForm.message(each, losses)));
        for (var name : List.of("tools", "parallel_tool_calls")) {
            Optional.ofNullable(example.more().get(name)).ifPresent(value -> input.set(name, value));
        }
        record.putArray("preferred_output").add(ChatForm.message(turns.getLast(), losses));
        record.putArray("non_preferred_output").add(rejected(example));
        Fields.addMore(example, record, losses);
        if (input.has("tools")) {
            record.remove("tools");
        }
        if (input.has("parallel_tool_calls")) {
            record.remove("parallel_tool_calls");
        }
        return Optional.of(record);
    }

    private static boolean hasPair(Example example, Losses losses) {
        boolean pair =
                example.rejected().isPresent() && example.messages().getLast().role() == Role.ASSISTANT;
        if (!pair) {
            losses.lost("the whole example, which has no rejected answer");
        }
        return pair;
    }

    private static ObjectNode rejected(Example example) {
        return Fields.NODES
                .objectNode()
                .put("role", "assistant")
                .put("content", example.rejected().orElse(""));
    }
}
