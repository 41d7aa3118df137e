package dev.tandem.answering.citation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A model's answer taken apart into its text and the citation marks in it: {@code [1]}, {@code [1][2]}, {@code [1, 2]},
 * {@code [1-3]}.
 *
 * @param text the answer without its marks, and without the spaces that stood before them
 * @param marks in order
 */
record MarkedText(String text, List<Mark> marks) {
    private static final String ONE_MARK = "\\[\\s*\\d{1,3}(?:\\s*[,;–-]\\s*\\d{1,3}){0,20}\\s*](?!\\()";

    private static final Pattern MARKS =
            Pattern.compile("([ \\t\\u00A0]*)(" + ONE_MARK + "(?:[ \\t]?" + ONE_MARK + ")*)");

    /** Brackets in code are indexes. */
    private static final Pattern CODE = Pattern.compile("```.*?(?:```|\\z)|`[^`\\n]*`", Pattern.DOTALL);

    private static final Pattern NUMBER_OR_RANGE = Pattern.compile("(\\d+)(?:\\s*[–-]\\s*(\\d+))?");

    /** A longer range is a slip, such as a span of years: its ends are cited and not all between. */
    private static final int LONGEST_RANGE = 20;

    /**
     * Neighbouring marks.
     *
     * @param at where they stood: before this char of the text
     * @param numbers the numbers in them, in order
     * @param spaced whether a space stood before them
     */
    record Mark(int at, List<Integer> numbers, boolean spaced) {}

    static MarkedText parse(String answer) {
        var text = new StringBuilder();
        var marks = new ArrayList<Mark>();
        var found = MARKS.matcher(answer);
        int last = 0;
        var code = CODE.matcher(answer).results().toList();
        while (found.find()) {
            int at = found.start(2);
            if (code.stream().anyMatch(range -> range.start() <= at && at < range.end())) {
                continue;
            }
            text.append(answer, last, Math.max(last, found.start()));
            if (text.isEmpty() || text.charAt(text.length() - 1) == '\n') {
                last = skipSpaces(answer, found.end());
            } else {
                last = found.end();
            }
            marks.add(new Mark(
                    text.length(), numbers(found.group(2)), !found.group(1).isEmpty()));
        }
        text.append(answer, last, answer.length());
        return new MarkedText(text.toString(), List.copyOf(marks));
    }

    private static int skipSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    private static List<Integer> numbers(String marks) {
        var numbers = new ArrayList<Integer>();
        var found = NUMBER_OR_RANGE.matcher(marks);
        while (found.find()) {
            int first = Integer.parseInt(found.group(1));
            int end = found.group(2) == null ? first : Integer.parseInt(found.group(2));
            if (end - first >= LONGEST_RANGE || end < first) {
                numbers.add(first);
                numbers.add(end);
            } else {
                for (int number = first; number <= end; number++) {
                    numbers.add(number);
                }
            }
        }
        return numbers.stream().distinct().toList();
    }
}
