package dev.tandem.knowledge.scope;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.AccessList;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.injection.Flags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * By what words the documents of an index can be named: their titles and file names, and the values of their fields.
 * Immutable.
 */
final class DocumentLabels {
    /** A text of more words is no label. */
    private static final int LONGEST_VALUE = 6;

    private static final String FORMAT = "format";
    private static final String FOLDER = "folder";

    /** Fields whose words are not by what a question names documents. */
    private static final Set<String> NOT_NAMED = Set.of(AccessList.FIELD, Filter.PATH, "title");

    private final List<Label> labels;
    private final Map<String, Set<Value>> values;
    private final Set<String> dateFields;

    /**
     * A document.
     *
     * @param words those of its title and of its file's name
     * @param title the forms of its title's words
     */
    record Label(String path, Metadata metadata, Set<String> words, Set<String> title) {}

    /** A field's value. */
    record Value(String field, FieldValue value) {}

    private DocumentLabels(List<Label> labels, Map<String, Set<Value>> values, Set<String> dateFields) {
        this.labels = labels;
        this.values = values;
        this.dateFields = dateFields;
    }

    static DocumentLabels of(List<IndexedDocument> documents) {
        var labels = new ArrayList<Label>(documents.size());
        var values = new HashMap<String, Set<Value>>();
        var dates = new TreeSet<String>();
        // Each form once, and each value looked at once: a hundred thousand documents share most of them.
        var known = new HashMap<String, String>();
        var seen = new HashSet<Value>();
        for (var document : documents) {
            var title = forms(document.title(), known);
            var words = new HashSet<>(title);
            words.addAll(forms(fileName(document.path()), known));
            labels.add(new Label(
                    document.path(),
                    document.metadata(),
                    words.size() == title.size() ? title : Set.copyOf(words),
                    title));
            document.metadata().fields().forEach((field, all) -> {
                if (!NOT_NAMED.contains(field) && !Flags.FIELDS.contains(field)) {
                    all.stream()
                            .map(value -> new Value(field, value))
                            .filter(seen::add)
                            .forEach(value -> add(value, values, dates));
                }
            });
        }
        return new DocumentLabels(labels, values, dates);
    }

    private static void add(Value named, Map<String, Set<Value>> values, Set<String> dates) {
        var field = named.field();
        switch (named.value()) {
            case FieldValue.Date date -> dates.add(field);
            case FieldValue.Text(String text) -> {
                var key = key(Word.of(field.equals(FOLDER) ? fileName(text) : text));
                // Addresses and sentences name nothing.
                if (!key.isEmpty() && (field.equals(FOLDER) || text.indexOf('/') < 0 && text.indexOf(':') < 0)) {
                    values.computeIfAbsent(key, words -> new LinkedHashSet<>()).add(named);
                }
                if (field.equals(FORMAT)) {
                    DocumentNoun.names(text)
                            .forEach(name -> values.computeIfAbsent(name, words -> new LinkedHashSet<>())
                                    .add(named));
                }
            }
            case FieldValue.Numeric number -> {}
            case FieldValue.Flag flag -> {}
        }
    }

    /** What values are looked up by: their words but for "the" and "and", if there are others; empty for what is too long to be one. */
    static String key(List<Word> words) {
        var telling = words.stream().filter(word -> !word.isEmpty()).toList();
        var named = telling.isEmpty() ? words : telling;
        return named.size() > LONGEST_VALUE
                ? ""
                : named.stream().map(Word::form).collect(Collectors.joining(" "));
    }

    private static Set<String> forms(String text, Map<String, String> known) {
        return Word.of(text).stream()
                .filter(word -> !word.isEmpty())
                .map(word -> known.computeIfAbsent(word.form(), form -> form))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String fileName(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    List<Label> labels() {
        return labels;
    }

    /** The values that are named by exactly these words. */
    Set<Value> values(List<Word> words) {
        return values.getOrDefault(key(words), Set.of());
    }

    /** The fields that hold dates. */
    Set<String> dateFields() {
        return dateFields;
    }

    static int longestValue() {
        return LONGEST_VALUE;
    }
}
