package dev.tandem.answering.answer;

import java.util.function.Consumer;

/**
 * Lets through of a streamed reply what people should read: not the reasoning that some models put before it between
 * {@code <think>} tags, and not the mark that declines. Text is held back only while it may still become either.
 */
final class ReplyFilter {
    private static final String OPEN = "<think>";
    private static final String CLOSE = "</think>";

    private final String declining;
    private final Consumer<String> reader;
    private final StringBuilder text = new StringBuilder();
    private int shown;

    ReplyFilter(String declining, Consumer<String> reader) {
        this.declining = declining;
        this.reader = reader;
    }

    void accept(String piece) {
        text.append(piece);
        show(false);
    }

    /** The whole reply without its reasoning; what was held back is shown unless it declines. */
    String finish() {
        show(true);
        return text.substring(answerStart(true)).strip();
    }

    private void show(boolean complete) {
        int start = answerStart(complete);
        if (start < 0) {
            return;
        }
        int from = Math.max(shown, start);
        int end = complete ? text.length() : text.length() - heldBack(from);
        int declined = text.indexOf(declining, from);
        if (declined >= 0) {
            end = declined;
        }
        if (end > from) {
            reader.accept(text.substring(from, end));
            shown = end;
        }
    }

    /** Where the answer begins, -1 while that is not known. */
    private int answerStart(boolean complete) {
        int first = 0;
        while (first < text.length() && Character.isWhitespace(text.charAt(first))) {
            first++;
        }
        var rest = text.substring(first);
        if (rest.startsWith(OPEN)) {
            int close = text.indexOf(CLOSE, first);
            if (close < 0) {
                return complete ? text.length() : -1;
            }
            int after = close + CLOSE.length();
            while (after < text.length() && Character.isWhitespace(text.charAt(after))) {
                after++;
            }
            return after;
        }
        return !complete && OPEN.startsWith(rest) ? -1 : first;
    }

    /** How many of the last chars may be the beginning of the declining mark. */
    private int heldBack(int from) {
        for (int length = Math.min(declining.length() - 1, text.length() - from); length > 0; length--) {
            if (declining.startsWith(text.substring(text.length() - length))) {
                return length;
            }
        }
        return 0;
    }
}
