package dev.tandem.evaluation.metric.text;

import java.util.ArrayList;
import java.util.List;

/** Whitespace as Python's {@code str} methods see it, which is not quite what any of Java's methods call so. */
final class Whitespace {
    private Whitespace() {}

    static boolean is(char c) {
        return c <= ' '
                ? c == ' ' || c >= '\t' && c <= '\r' || c >= '\u001C'
                : c == '\u0085'
                        || c == '\u00A0'
                        || c == '\u1680'
                        || c >= '\u2000' && c <= '\u200A'
                        || c == '\u2028'
                        || c == '\u2029'
                        || c == '\u202F'
                        || c == '\u205F'
                        || c == '\u3000';
    }

    /** {@code text.split()}. */
    static List<String> split(String text) {
        var words = new ArrayList<String>();
        int begin = -1;
        for (int i = 0; i < text.length(); i++) {
            if (is(text.charAt(i))) {
                if (begin >= 0) {
                    words.add(text.substring(begin, i));
                }
                begin = -1;
            } else if (begin < 0) {
                begin = i;
            }
        }
        if (begin >= 0) {
            words.add(text.substring(begin));
        }
        return words;
    }

    /** {@code text.rstrip()}. */
    static String withoutTrailing(String text) {
        int end = text.length();
        while (end > 0 && is(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** {@code "".join(text.split())}. */
    static String without(String text) {
        var bare = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!is(text.charAt(i))) {
                bare.append(text.charAt(i));
            }
        }
        return bare.toString();
    }
}
