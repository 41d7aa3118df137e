package dev.tandem.tuning.example.personal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was found in a text so far; the first finding of a place keeps it. For one thread. */
final class Found {
    private final String text;
    private final int digits;
    private final TreeMap<Integer, PersonalSpan> spans = new TreeMap<>();

    Found(String text) {
        this.text = text;
        digits = digits(text);
    }

    String text() {
        return text;
    }

    boolean hasDigits() {
        return digits > 0;
    }

    /** Most digits with nothing between them but what stands inside of numbers. */
    int digits() {
        return digits;
    }

    private static int digits(String text) {
        int most = 0;
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isDigit(c)) {
                count++;
                most = Math.max(most, count);
            } else if (" -.()/+:\u2013x".indexOf(c) < 0) {
                count = 0;
            }
        }
        return most;
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
