package dev.tandem.evaluation.metric.task;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks for a regular expression without the danger that nested repetitions take for ever: the search is given up after
 * so many looks at characters, not after a time, so that it ends alike on every machine.
 */
final class BoundedSearch {
    /** About a tenth of a second. */
    private static final long MOST_LOOKS = 20_000_000;

    private BoundedSearch() {}

    /** Whether the expression is anywhere in the text; empty when the search was given up. */
    static Optional<Boolean> find(Pattern expression, String text) {
        try {
            return Optional.of(expression.matcher(new CountedText(text)).find());
        } catch (GaveUp | StackOverflowError e) {
            // A repeated group recurses once a repetition: over a long text that, too, is more than it is worth.
            return Optional.empty();
        }
    }

    private static final class CountedText implements CharSequence {
        private final String text;
        private long looks;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++looks > MOST_LOOKS) {
                throw new GaveUp();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class GaveUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GaveUp() {
            super("Too many looks", null, false, false);
        }
    }
}
