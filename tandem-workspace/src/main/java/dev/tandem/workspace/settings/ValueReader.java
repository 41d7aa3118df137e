package dev.tandem.workspace.settings;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML node to the Java value of a key; empty where the node does not hold what the key expects. */
final class ValueReader {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h)");

    private ValueReader() {}

    static Optional<Object> read(Setting setting, Node node) {
        return switch (node) {
            case ScalarNode scalar -> ofScalar(setting, scalar);
            case SequenceNode sequence -> ofSequence(setting, sequence);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> ofSequence(Setting setting, SequenceNode sequence) {
        if (setting.type() != List.class
                || !sequence.getValue().stream().allMatch(item -> item instanceof ScalarNode)) {
            return Optional.empty();
        }
        return Optional.of(sequence.getValue().stream()
                .map(item -> ((ScalarNode) item).getValue())
                .toList());
    }

    private static Optional<Object> ofScalar(Setting setting, ScalarNode scalar) {
        var type = setting.type();
        var text = scalar.getValue();
        if (type == String.class) {
            return Optional.of(text);
        }
        if (type.isEnum()) {
            int choice = setting.choices().indexOf(text.toLowerCase(Locale.ROOT));
            return choice < 0 ? Optional.empty() : Optional.of(type.getEnumConstants()[choice]);
        }
        if (type == Duration.class) {
            return time(text);
        }
        if (type == ByteSize.class) {
            return ByteSize.parse(text).map(Object.class::cast);
        }
        if (type == List.class || scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return Optional.empty();
        }
        if (type == boolean.class) {
            return text.equals("true") || text.equals("false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
        }
        return number(setting, text);
    }

    private static Optional<Object> time(String text) {
        var match = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(match.group(1));
        return Optional.of(
                switch (match.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofHours(count);
                });
    }

    private static Optional<Object> number(Setting setting, String text) {
        try {
            double value = setting.isWhole() ? Integer.parseInt(text) : Double.parseDouble(text);
            if (!(value >= setting.key().minimum() && value <= setting.key().maximum())) {
                return Optional.empty();
            }
            return Optional.of(setting.isWhole() ? (Object) (int) value : (Object) value);
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
