package dev.tandem.evaluation.metric.fact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a document states as attributes: {@code key: value} lines, with or without a list mark or bold, and table rows of two cells.
 * Immutable.
 *
 * @param name whose attributes they are: the document's title
 * @param attributes in their order, at least one
 */
public record AttributeSheet(String name, List<Attribute> attributes) {
    private static final Pattern LINE =
            Pattern.compile("^\\s*(?:[-*•+]\\s+)?\\**([\\p{L}\\p{N}][^:|*]{0,39}?)\\**:\\**\\s+(\\S.*?)\\s*$");
    private static final Pattern ROW = Pattern.compile("^\\s*\\|\\s*([^|]{1,40}?)\\s*\\|\\s*([^|]+?)\\s*\\|\\s*$");
    private static final Pattern RULE = Pattern.compile("[-: ]+");

    /**
     * One attribute.
     *
     * @param key as it is written
     * @param value as it is written, not empty
     */
    public record Attribute(String key, String value) {}

    public AttributeSheet {
        attributes = List.copyOf(attributes);
    }

    /**
     * Reads the attributes of a text.
     *
     * @param title of the document
     * @param text of a passage, or of all of it
     * @return empty if the text has no attribute
     */
    public static Optional<AttributeSheet> read(String title, String text) {
        var attributes = new ArrayList<Attribute>();
        for (var line : text.lines().toList()) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                if (RULE.matcher(row.group(1)).matches()) {
                    // The row above a table's rule names its columns.
                    if (!attributes.isEmpty()) {
                        attributes.removeLast();
                    }
                    continue;
                }
                attributes.add(new Attribute(row.group(1), row.group(2)));
                continue;
            }
            var pair = LINE.matcher(line);
            if (pair.matches()) {
                attributes.add(new Attribute(pair.group(1).strip(), pair.group(2)));
            }
        }
        return attributes.isEmpty() ? Optional.empty() : Optional.of(new AttributeSheet(title.strip(), attributes));
    }

    /** The values, in order. */
    public List<String> values() {
        return attributes.stream().map(Attribute::value).toList();
    }
}
