package dev.tandem.tuning.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.tuning.example.Message.Role;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One training example, whatever form its file has.
 *
 * @param line where it begins in its file, from 1
 * @param messages the conversation, oldest first; at least one is the assistant's, usually the last
 * @param rejected for a preference pair, the answer that is worse than the last message
 * @param fields what else its record says of it as text, such as its source document or customer, by name
 * @param form how its file writes it
 * @param more what else its record has, by name and in the file's order: the fields as they were written, and what is no
 *     single value, such as {@code tools}
 */
public record Example(
        int line,
        List<Message> messages,
        Optional<String> rejected,
        Map<String, String> fields,
        Form form,
        Map<String, JsonNode> more) {
    public Example {
        messages = List.copyOf(messages);
        fields = Map.copyOf(fields);
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    public Example(int line, List<Message> messages, Optional<String> rejected, Map<String, String> fields) {
        this(line, messages, rejected, fields, Form.CHAT, Map.of());
    }

    /** With the fields that its record's further values are. */
    static Example of(
            int line, List<Message> messages, Optional<String> rejected, Form form, Map<String, JsonNode> more) {
        var fields = more.entrySet().stream()
                .filter(each ->
                        each.getValue().isValueNode() && !each.getValue().isNull())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().asText()));
        return new Example(line, messages, rejected, fields, form, more);
    }

    /** All that comes before the last answer, a turn a line. */
    public String question() {
        return messages.subList(0, Math.max(0, last())).stream()
                .map(Message::content)
                .collect(Collectors.joining("\n"));
    }

    /** The last answer. */
    public String answer() {
        int last = last();
        return last < 0 ? "" : messages.get(last).content();
    }

    /** Which message is the assistant's last; -1 if there is none. */
    private int last() {
        int last = messages.size() - 1;
        while (last >= 0 && messages.get(last).role() != Role.ASSISTANT) {
            last--;
        }
        return last;
    }
}
