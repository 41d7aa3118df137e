package dev.tandem.tuning.example;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms that people give training examples. */
public enum Form {
    /** OpenAI's chat form: {@code {"messages": [{"role", "content"}, ...]}}. */
    CHAT,
    /** Stanford Alpaca's: {@code {"instruction", "input", "output", "system", "history"}}. */
    ALPACA,
    /** ShareGPT's: {@code {"conversations": [{"from", "value"}, ...]}}. */
    SHAREGPT,
    /** {@code {"prompt", "completion"}}. */
    COMPLETION,
    /** TRL's preference pairs: {@code {"prompt", "chosen", "rejected"}}, as texts or lists of messages. */
    PREFERENCE,
    /** OpenAI's preference pairs: {@code {"input", "preferred_output", "non_preferred_output"}}. */
    OPENAI_PREFERENCE,
    /** {@code {"text"}}, of which all is learned. */
    TEXT;

    private static final List<Form> BY_PRECEDENCE =
            List.of(PREFERENCE, OPENAI_PREFERENCE, CHAT, SHAREGPT, ALPACA, COMPLETION, TEXT);

    /** The names that tell the form. */
    private List<String> needed() {
        return switch (this) {
            case CHAT -> List.of("messages");
            case ALPACA -> List.of("instruction", "output");
            case SHAREGPT -> List.of("conversations");
            case COMPLETION -> List.of("prompt", "completion");
            case PREFERENCE -> List.of("chosen", "rejected");
            case OPENAI_PREFERENCE -> List.of("input", "preferred_output", "non_preferred_output");
            case TEXT -> List.of("text");
        };
    }

    /** The form of a record, by the names it has. */
    static Optional<Form> of(ObjectNode record) {
        return BY_PRECEDENCE.stream()
                .filter(form -> form.needed().stream().allMatch(record::has))
                .findFirst();
    }

    /** The form that a person names, as on a command line: {@code chat}, {@code openai-preference}. */
    public static Optional<Form> named(String name) {
        return Arrays.stream(values())
                .filter(form -> form.toString().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
