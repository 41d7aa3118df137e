package dev.tandem.tuning.example;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The forms that people give training examples. */
public enum Form {
    /** OpenAI's chat form: {@code {"messages": [{"role", "content"}, ...]}}. */
    CHAT("messages"),
    /** Stanford Alpaca's: {@code {"instruction", "input", "output", "system", "history"}}. */
    ALPACA("instruction", "output"),
    /** ShareGPT's: {@code {"conversations": [{"from", "value"}, ...]}}. */
    SHAREGPT("conversations"),
    /** {@code {"prompt", "completion"}}. */
    COMPLETION("prompt", "completion"),
    /** TRL's preference pairs: {@code {"prompt", "chosen", "rejected"}}, as texts or lists of messages. */
    PREFERENCE("chosen", "rejected"),
    /** OpenAI's preference pairs: {@code {"input", "preferred_output", "non_preferred_output"}}. */
    OPENAI_PREFERENCE("input", "preferred_output", "non_preferred_output"),
    /** {@code {"text"}}, of which all is learned. */
    TEXT("text");

    private static final List<Form> BY_PRECEDENCE =
            List.of(PREFERENCE, OPENAI_PREFERENCE, CHAT, SHAREGPT, ALPACA, COMPLETION, TEXT);

    private final List<String> needed;

    Form(String... needed) {
        this.needed = List.of(needed);
    }

    /** The form of a record, by the names it has. */
    static Optional<Form> of(ObjectNode record) {
        return BY_PRECEDENCE.stream()
                .filter(form -> form.needed.stream().allMatch(record::has))
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
