package dev.tandem.knowledge.document;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Typed fields of a document; a field may hold several values. Names are lower case.
 *
 * @param fields values by field name, in the order of the names
 */
public record Metadata(Map<String, List<FieldValue>> fields) {
    /** No fields. */
    public static final Metadata EMPTY = new Metadata(Map.of());

    public Metadata {
        var sorted = new TreeMap<String, List<FieldValue>>();
        fields.forEach((name, values) -> sorted.put(name, List.copyOf(values)));
        fields = Collections.unmodifiableSortedMap(sorted);
    }

    public Set<String> names() {
        return fields.keySet();
    }

    /** The values of a field, none if it is not there. */
    public List<FieldValue> values(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** These fields, with the other's where these lack them. */
    public Metadata orElse(Metadata other) {
        var merged = new TreeMap<>(other.fields);
        merged.putAll(fields);
        return new Metadata(merged);
    }
}
