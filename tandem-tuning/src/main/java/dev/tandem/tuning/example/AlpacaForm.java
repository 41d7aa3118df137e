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

/** Stanford Alpaca's form, with a system prompt and earlier turns as LLaMA-Factory adds them. */
final class AlpacaForm {
    private static final String INSTRUCTION = "instruction";
    private static final String INPUT = "input";
    private static final Set<String> OWN = Set.of(INSTRUCTION, INPUT, "output", "system", "history");

    /** What a question that was made of two parts remembers of them; no other form has names for these. */
    static final Set<String> PARTS = Set.of("alpaca:instruction", "alpaca:input");

    private AlpacaForm() {}

    static Example read(Fields record) {
        var messages = new ArrayList<Message>();
        var system = record.text("system");
        if (!system.isEmpty()) {
            messages.add(new Message(Role.SYSTEM, system, false));
        }
        for (var pair : record.values().path("history")) {
            if (!pair.isArray()
                    || pair.size() != 2
                    || !pair.get(0).isTextual()
                    || !pair.get(1).isTextual()) {
                throw record.fault("data_type", "\"history\" must be a list of pairs of question and answer");
            }
            messages.add(new Message(Role.USER, pair.get(0).asText(), false));
            messages.add(new Message(Role.ASSISTANT, pair.get(1).asText(), true));
        }
        messages.add(question(record));
        messages.add(new Message(Role.ASSISTANT, record.needed("output"), true));
        return Example.of(record.line(), messages, Optional.empty(), Form.ALPACA, record.without(OWN));
    }

    /** The question that instruction and input make. */
    static Message question(Fields record) {
        var instruction = record.text(INSTRUCTION);
        var input = record.text(INPUT);
        if (instruction.isBlank() && input.isBlank()) {
            throw record.fault("missing_content", "\"instruction\" is empty");
        }
        if (input.isEmpty()) {
            return new Message(Role.USER, instruction, false);
        }
        var parts = new LinkedHashMap<String, JsonNode>();
        parts.put("alpaca:instruction", Fields.NODES.textNode(instruction));
        parts.put("alpaca:input", Fields.NODES.textNode(input));
        return new Message(Role.USER, instruction.isEmpty() ? input : instruction + "\n" + input, false, parts);
    }

    /** Empty where the turns are not questions and answers in turn. */
    static Optional<ObjectNode> write(Example example, Losses losses) {
        var turns = new ArrayList<>(example.messages());
        var record = Fields.NODES.objectNode();
        record.put(INSTRUCTION, "").put(INPUT, "").put("output", "");
        if (turns.getFirst().role() == Role.SYSTEM) {
            record.put("system", turns.removeFirst().content());
        }
        if (turns.size() == 1 && turns.getFirst().role() == Role.ASSISTANT) {
            turns.addFirst(new Message(Role.USER, "", false));
        }
        if (!alternate(turns)) {
            losses.lost("the whole example, whose turns are not questions and answers in turn");
            return Optional.empty();
        }
        var question = turns.get(turns.size() - 2);
        var parts = question.more();
        record.put(INSTRUCTION, text(parts, "alpaca:instruction", question.content()));
        record.put(INPUT, text(parts, "alpaca:input", ""));
        record.put("output", turns.getLast().content());
        if (turns.size() > 2) {
            var history = record.putArray("history");
            for (int i = 0; i + 2 < turns.size(); i += 2) {
                history.addArray()
                        .add(turns.get(i).content())
                        .add(turns.get(i + 1).content());
            }
        }
        example.messages().forEach(each -> lose(each, losses));
        example.rejected().ifPresent(text -> losses.lost("the rejected answer"));
        Fields.addMore(example, record, losses);
        return Optional.of(record);
    }

    private static boolean alternate(List<Message> turns) {
        for (int i = 0; i < turns.size(); i++) {
            if (turns.get(i).role() != (i % 2 == 0 ? Role.USER : Role.ASSISTANT)
                    || turns.get(i).callsTools()) {
                return false;
            }
        }
        return turns.size() >= 2 && turns.size() % 2 == 0;
    }

    private static String text(Map<String, JsonNode> parts, String name, String otherwise) {
        var part = parts.get(name);
        return part == null ? otherwise : part.asText();
    }

    /** What a message has besides its text, for forms that hold texts only. */
    static void lose(Message message, Losses losses) {
        message.more().forEach((name, value) -> {
            if (!PARTS.contains(name) && !value.isNull() && !(name.equals("weight") && message.learned())) {
                losses.lost(
                        name.equals("content")
                                ? "parts of a message that are no text"
                                : "\"" + name + "\" of a message");
            }
        });
        if (message.role() == Role.ASSISTANT && !message.learned()) {
            losses.lost("\"weight\" of a message");
        }
    }
}
