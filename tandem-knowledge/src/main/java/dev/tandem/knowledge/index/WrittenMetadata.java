package dev.tandem.knowledge.index;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Metadata as plain texts, each with its type in front ({@code t n d b}), so that values come back as what they were. */
public final class WrittenMetadata {
    private WrittenMetadata() {}

    /** Metadata to texts. */
    public static Map<String, List<String>> write(Metadata metadata) {
        var written = new TreeMap<String, List<String>>();
        metadata.fields()
                .forEach((name, values) -> written.put(
                        name,
                        values.stream()
                                .map(value -> switch (value) {
                                    case FieldValue.Text text -> "t" + text.value();
                                    case FieldValue.Numeric number -> "n" + number.value();
                                    case FieldValue.Date date -> "d" + date.value();
                                    case FieldValue.Flag flag -> "b" + flag.value();
                                })
                                .toList()));
        return written;
    }

    /** Texts to metadata. */
    public static Metadata read(Map<String, List<String>> written) {
        var fields = new TreeMap<String, List<FieldValue>>();
        written.forEach((name, values) ->
                fields.put(name, values.stream().map(WrittenMetadata::value).toList()));
        return new Metadata(fields);
    }

    private static FieldValue value(String written) {
        var text = written.substring(1);
        return switch (written.charAt(0)) {
            case 'n' -> new FieldValue.Numeric(Double.parseDouble(text));
            case 'd' -> new FieldValue.Date(LocalDate.parse(text));
            case 'b' -> new FieldValue.Flag(Boolean.parseBoolean(text));
            default -> new FieldValue.Text(text);
        };
    }
}
