package dev.tandem.evaluation.draft;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.passage.Passage;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A document as the index holds it.
 *
 * @param path its path in the workspace
 * @param passages in reading order
 */
public record SourceDocument(String path, String title, Metadata metadata, List<Passage> passages) {
    public SourceDocument {
        passages = List.copyOf(passages);
    }

    /** The folder that it lies in, or its title where it lies in none. */
    public String topic() {
        int slash = path.lastIndexOf('/');
        return slash > 0 ? path.substring(0, slash) : title;
    }

    /** Whether a text stands in one of its passages or metadata fields to the letter, but for white space. */
    public boolean holds(String text) {
        var wanted = oneLine(text);
        return passages.stream().anyMatch(passage -> oneLine(passage.text()).contains(wanted))
                || metadata.fields().values().stream()
                        .flatMap(List::stream)
                        .map(FieldValue::display)
                        .anyMatch(wanted::equals);
    }

    /** All of its text, a passage after the other, with title and headings. */
    String words() {
        return passages.stream()
                .map(passage -> String.join(" ", passage.headings()) + "\n" + passage.text())
                .collect(Collectors.joining("\n", title + "\n", ""));
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
