package dev.tandem.tuning.example.gate;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether an answer stops before it is finished. */
final class AnswerEnding {
    private static final int SENTENCE = 8;
    private static final Set<String> GOES_ON = Set.of(
            "the", "a", "an", "and", "or", "but", "of", "to", "in", "on", "at", "by", "for", "with", "from", "as",
            "that", "which", "because", "if", "when", "is", "are", "was", "were", "be", "their", "its", "your", "my",
            "our", "this", "these", "than", "into", "such", "und", "oder", "der", "die", "das", "ein", "eine", "mit",
            "von", "et", "le", "la", "les", "de", "des", "un", "une", "y", "el", "los", "las", "con", "para", "que",
            "e", "di", "il", "per");

    private AnswerEnding() {}

    /** Why an answer is surely not finished; empty if it may be. */
    static Optional<String> broken(String answer) {
        var text = answer.stripTrailing();
        if (fences(text) % 2 == 1) {
            return Optional.of("a block of code is not closed");
        }
        if (text.isEmpty() || words(text) < 3) {
            return Optional.empty();
        }
        char last = text.charAt(text.length() - 1);
        if (last == ',' || last == '(' || last == '[' || last == '{' && text.indexOf('}') < 0) {
            return Optional.of("it ends with " + last);
        }
        int open = open(text);
        if (open >= 0 && words(text) >= SENTENCE && text.length() - open < 400) {
            return Optional.of("a bracket is not closed");
        }
        var word = lastWord(text);
        return GOES_ON.contains(word) && words(text) >= SENTENCE && Character.isLetter(last)
                ? Optional.of("it ends with \"" + word + "\"")
                : Optional.empty();
    }

    /** Whether an answer is long enough to be a sentence, and its last line is no item of a list, code or address. */
    static boolean isSentences(String answer) {
        var text = answer.stripTrailing();
        var line = text.substring(text.lastIndexOf('\n') + 1).strip();
        return words(line) >= SENTENCE && !line.matches("(?s)(?:[-*•|#>`]|\\d+[.)]).*");
    }

    /** Whether the last mark can end a sentence. */
    static boolean isClosed(String answer) {
        var text = answer.stripTrailing();
        if (text.isEmpty()) {
            return true;
        }
        int last = text.codePointBefore(text.length());
        return !Character.isLetterOrDigit(last) && ",-–—".indexOf(last) < 0;
    }

    private static int fences(String text) {
        int count = 0;
        for (int at = text.indexOf("```"); at >= 0; at = text.indexOf("```", at + 3)) {
            count++;
        }
        return count;
    }

    /** Where the last round bracket opens that is never closed; -1 if there is none, or if text is full of odd ones. */
    private static int open(String text) {
        int depth = 0;
        for (int i = text.length() - 1; i >= 0 && text.length() - i < 2_000; i--) {
            char c = text.charAt(i);
            if (c == ')') {
                depth++;
            } else if (c == '(' && (i == 0 || ":;".indexOf(text.charAt(i - 1)) < 0)) {
                depth--;
                if (depth < 0) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static int words(String text) {
        int count = 0;
        boolean inside = false;
        for (int i = 0; i < text.length() && count < SENTENCE; i++) {
            boolean letter = !Character.isWhitespace(text.charAt(i));
            count += letter && !inside ? 1 : 0;
            inside = letter;
        }
        return count;
    }

    private static String lastWord(String text) {
        int at = text.length();
        while (at > 0 && Character.isLetter(text.charAt(at - 1))) {
            at--;
        }
        return text.substring(at).toLowerCase(Locale.ROOT);
    }
}
