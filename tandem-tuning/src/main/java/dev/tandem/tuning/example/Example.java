package dev.tandem.tuning.example;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One training example, whatever form its file has.
 *
 * @param line where it begins in its file, from 1
 * @param messages the conversation, oldest first; the last is the assistant's
 * @param rejected for a preference pair, the answer that is worse than the last message
 * @param fields what else its record says of it as text, such as its source document or customer, by name
 */
public record Example(int line, List<Message> messages, Optional<String> rejected, Map<String, String> fields) {
    public Example {
        messages = List.copyOf(messages);
        fields = Map.copyOf(fields);
    }

    /** All that comes before the last answer, a turn a line. */
    public String question() {
        return messages.subList(0, Math.max(0, messages.size() - 1)).stream()
                .map(Message::content)
                .collect(Collectors.joining("\n"));
    }

    /** The last answer. */
    public String answer() {
        return messages.isEmpty() ? "" : messages.getLast().content();
    }
}
