package dev.tandem.tuning.example.personal;

/**
 * Personal data in a text.
 *
 * @param start of its first character
 * @param end after its last character
 */
public record PersonalSpan(PersonalKind kind, int start, int end) {
    boolean overlaps(PersonalSpan other) {
        return start < other.end && other.start < end;
    }
}
