package dev.tandem.knowledge.passage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the sentences of a passage as exact spans, so that they can be quoted to the letter. Line breaks end a sentence
 * unless the line was only wrapped; list items, table rows and headings are sentences of their own. Within a line, a
 * stop ends a sentence unless it belongs to an abbreviation, an initial, a number or an open parenthesis. Without state.
 */
public final class SentenceSplitter {
    /** A stop, whatever closes with it, then white space. */
    private static final Pattern END = Pattern.compile("[.!?…]+[\"'”’)\\]]*(?:\\[\\d+\\])*(?=\\s)|[。！？]+[」』”’）]*");

    private static final Pattern BULLET = Pattern.compile(
            "\\s*(?:[-*•‣◦–·]\\s|\\d{1,3}[.)]\\s|[a-zA-Z][.)]\\s|#{1,6}\\s|\\||>|```).*", Pattern.DOTALL);

    private static final Pattern ACRONYM = Pattern.compile("(?:[A-Za-z]\\.)+[A-Za-z]");

    /** A line shorter than this was not wrapped: it ended where its writer wanted it to. */
    private static final int WRAPPED = 40;

    /** A line longer than this without a stop goes on in the next, however that begins. */
    private static final int SURELY_WRAPPED = 60;

    /** What stands between the cells of a table's row. */
    private static final String CELLS = " | ";

    /** Stops inside parentheses end no sentence, unless the parenthesis seems never to close. */
    private static final int LONGEST_PARENTHESIS = 300;

    /** Words after which a stop is never an end. */
    private static final Set<String> ABBREVIATIONS = words(
            "mr mrs ms dr prof st gen col capt cmdr lt maj sgt adm rev hon pres gov sen rep messrs vs v e.g i.e cf"
                    + " no nos vol pp p fig figs eq eqs sec ch ed eds approx est ca c dept univ mt ft op art jan feb mar"
                    + " apr jun jul aug sept sep oct nov dec r bros esq viz resp incl excl min max tel ext");

    /** Abbreviations that may end a sentence: they do where a word follows that likes to begin one. */
    private static final Set<String> MAYBE_LAST = words("inc ltd co corp etc jr sr al est");

    private static final Set<String> LIKELY_FIRST = Set.of(
            ("The A An In On At It He She They We You I This That These Those There However But And As After Before"
                            + " During When While If For From With By Although His Her Its Their Most Many Some Since"
                            + " Today")
                    .split(" "));

    private SentenceSplitter() {}

    /**
     * A sentence's place in its text.
     *
     * @param start its first char
     * @param end behind its last char
     */
    public record Span(int start, int end) {
        /** The sentence itself. */
        public String of(String text) {
            return text.substring(start, end);
        }
    }

    /** The sentences in order, trimmed, apart from each other; spans without a letter or digit are left out. */
    public static List<Span> split(String text) {
        var spans = new ArrayList<Span>();
        int start = 0;
        while (start < text.length()) {
            int end = endOfBlock(text, start);
            splitBlock(text, start, end, spans);
            start = end;
        }
        return spans;
    }

    /** Where the lines that belong together end: at a hard line break, or at the end of the text. */
    private static int endOfBlock(String text, int start) {
        int lineStart = start;
        while (true) {
            int newline = text.indexOf('\n', lineStart);
            if (newline < 0) {
                return text.length();
            }
            int nextEnd = text.indexOf('\n', newline + 1);
            var line = text.substring(lineStart, newline).strip();
            var next = text.substring(newline + 1, nextEnd < 0 ? text.length() : nextEnd);
            if (!wrapped(line, next)) {
                return newline + 1;
            }
            lineStart = newline + 1;
        }
    }

    private static boolean wrapped(String line, String next) {
        if (line.isEmpty() || next.isBlank() || line.startsWith("#") || line.startsWith("|")) {
            return false;
        }
        if (BULLET.matcher(next).matches() || line.contains(CELLS) || next.contains(CELLS)) {
            return false;
        }
        char last = line.charAt(line.length() - 1);
        char first = next.strip().charAt(0);
        boolean stopped = last == '.' || last == '!' || last == '?';
        if (line.length() >= SURELY_WRAPPED && last != ':') {
            return true;
        }
        boolean goesOn = Character.isLowerCase(first) || Character.isDigit(first) || first == '(' || first == '/';
        return line.length() >= WRAPPED && !stopped && last != ':' && goesOn;
    }

    private static void splitBlock(String text, int from, int to, List<Span> spans) {
        int start = from;
        var end = END.matcher(text).region(from, to).useTransparentBounds(true);
        while (end.find()) {
            if (ends(text, start, end.start(), end.end(), to)) {
                add(text, start, end.end(), spans);
                start = end.end();
            }
        }
        add(text, start, to, spans);
    }

    private static boolean ends(String text, int start, int stop, int behind, int to) {
        char mark = text.charAt(stop);
        if (mark == '。' || mark == '！' || mark == '？') {
            return true;
        }
        var next = nextWord(text, behind, to);
        if (next.isEmpty() || Character.isLowerCase(next.charAt(0))) {
            return false;
        }
        if (openParenthesis(text, start, behind)) {
            return false;
        }
        boolean ellipsis = behind - stop > 1 && text.charAt(stop + 1) == '.';
        return mark != '.' || ellipsis || periodEnds(text, start, stop, next);
    }

    private static boolean periodEnds(String text, int start, int stop, String next) {
        int wordStart = stop;
        while (wordStart > start && !Character.isWhitespace(text.charAt(wordStart - 1))) {
            wordStart--;
        }
        var word = stripOpening(text.substring(wordStart, stop));
        var lower = word.toLowerCase(Locale.ROOT);
        boolean initial = word.length() == 1 && Character.isUpperCase(word.charAt(0)) && !word.equals("I");
        if (initial || ACRONYM.matcher(word).matches() || MAYBE_LAST.contains(lower)) {
            return LIKELY_FIRST.contains(next) && !ABBREVIATIONS.contains(lower);
        }
        if (ABBREVIATIONS.contains(lower)) {
            return false;
        }
        boolean itemNumber = text.substring(start, stop).strip().matches("\\d{1,3}");
        return !itemNumber;
    }

    private static boolean openParenthesis(String text, int start, int behind) {
        int depth = 0;
        for (int i = start; i < behind; i++) {
            char c = text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            }
        }
        return depth > 0 && behind - start < LONGEST_PARENTHESIS;
    }

    private static String nextWord(String text, int from, int to) {
        int start = from;
        while (start < to && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        if (start < to && "\"'“‘([".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        int end = start;
        while (end < to && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return end > start ? text.substring(start, end) : text.substring(start, Math.min(to, start + 1));
    }

    private static String stripOpening(String word) {
        int at = 0;
        while (at < word.length() && "\"'“‘([{".indexOf(word.charAt(at)) >= 0) {
            at++;
        }
        return word.substring(at);
    }

    private static void add(String text, int from, int to, List<Span> spans) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (text.substring(start, end).codePoints().anyMatch(Character::isLetterOrDigit)) {
            spans.add(new Span(start, end));
        }
    }

    private static Set<String> words(String list) {
        return Set.of(list.split(" "));
    }
}
