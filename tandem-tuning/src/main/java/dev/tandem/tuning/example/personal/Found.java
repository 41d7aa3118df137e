package dev.tandem.tuning.example.personal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was found in a text so far; the first finding of a place keeps it. For one thread. */
final class Found {
    private final String text;
    private final boolean digits;
    private final TreeMap<Integer, PersonalSpan> spans = new TreeMap<>();

    Found(String text) {
        this.text = text;
        digits = text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    String text() {
        return text;
    }

    boolean hasDigits() {
        return digits;
    }

    /** In the order of the text, none overlapping another. */
    List<PersonalSpan> spans() {
        return List.copyOf(spans.values());
    }

    /** Adds a finding where nothing was found yet. */
    void add(PersonalKind kind, int start, int end) {
        if (start < end && isFree(start, end)) {
            spans.put(start, new PersonalSpan(kind, start, end));
        }
    }

    /** The last finding that ends before or at a place. */
    Optional<PersonalSpan> before(int at) {
        return Optional.ofNullable(spans.lowerEntry(at)).map(Map.Entry::getValue);
    }

    boolean isFree(int start, int end) {
        var before = spans.lowerEntry(end);
        return before == null || before.getValue().end() <= start;
    }
}
