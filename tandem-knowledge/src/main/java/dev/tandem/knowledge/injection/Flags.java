package dev.tandem.knowledge.injection;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How flags are kept: as metadata of passages and documents, so that filters, searches and reports know them. */
public final class Flags {
    /** The field with the sentences of a passage or document that seem to instruct a model. */
    public static final String INJECTION = "injection";

    /** The field with the hidden texts of a document that seem to. */
    public static final String HIDDEN = "hidden_text";

    /** Both fields. */
    public static final Set<String> FIELDS = Set.of(INJECTION, HIDDEN);

    /** What is kept of a sentence, in chars. */
    private static final int LONGEST = 200;

    /** What is kept of a document's sentences. */
    private static final int MOST = 20;

    private Flags() {}

    /** The flagged sentences of a passage, or of a document; none mostly. */
    public static List<String> injections(Metadata metadata) {
        return metadata.values(INJECTION).stream().map(FieldValue::display).toList();
    }

    /** The flagged hidden texts of a document; none mostly. */
    public static List<String> hidden(Metadata metadata) {
        return metadata.values(HIDDEN).stream().map(FieldValue::display).toList();
    }

    /** Metadata with these flags and no others: a file cannot declare its own. */
    static Metadata with(Metadata metadata, List<String> injections, List<String> hidden) {
        var fields = new TreeMap<>(metadata.fields());
        put(INJECTION, injections, fields);
        put(HIDDEN, hidden, fields);
        return new Metadata(fields);
    }

    private static void put(String name, List<String> texts, Map<String, List<FieldValue>> fields) {
        fields.remove(name);
        if (!texts.isEmpty()) {
            fields.put(
                    name,
                    texts.stream()
                            .distinct()
                            .limit(MOST)
                            .<FieldValue>map(text -> new FieldValue.Text(shortened(text)))
                            .toList());
        }
    }

    private static String shortened(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= LONGEST) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return line.substring(0, end) + "…";
    }
}
