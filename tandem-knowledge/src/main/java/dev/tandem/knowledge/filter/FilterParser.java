package dev.tandem.knowledge.filter;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.document.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads filters as people write them:
 *
 * <pre>
 *   department = "hr" and updated &gt;= 2025-01-01
 *   category in ("policy", "handbook") and not (status = archived or title contains "draft")
 *   owner exists
 * </pre>
 *
 * Operators are {@code = != < <= > >= in contains exists}; {@code and} binds closer than {@code or}; words are read without
 * case. A value is quoted text, a bare word, a number, an ISO date (in quotes too), {@code true} or {@code false}. Inside
 * quotes a backslash keeps the next character as it is. Parentheses and {@code not} go at most {@value #DEEPEST} deep.
 */
public final class FilterParser {
    private static final int DEEPEST = 100;

    /** So much of the text stands on either side of the place that an error shows. */
    private static final int SHOWN = 60;

    private final String text;
    private final List<Token> tokens;
    private int next;
    private int depth;

    private record Token(Kind kind, String text, int column) {}

    private enum Kind {
        WORD,
        QUOTED,
        SIGN,
        END
    }

    private FilterParser(String text) {
        this.text = text;
        this.tokens = tokens();
    }

    /**
     * Parses a filter; a blank one lets everything through.
     *
     * @throws MendableException saying where the text is wrong and what was expected
     */
    public static Filter parse(String text) {
        var parser = new FilterParser(text);
        if (parser.peek().kind() == Kind.END) {
            return new Filter.All();
        }
        var filter = parser.or();
        if (parser.peek().kind() != Kind.END) {
            throw parser.expected("'and', 'or' or the end");
        }
        return filter;
    }

    private Filter or() {
        var parts = new ArrayList<Filter>();
        parts.add(and());
        while (takeWord("or")) {
            parts.add(and());
        }
        return parts.size() == 1 ? parts.getFirst() : new Filter.Or(parts);
    }

    private Filter and() {
        var parts = new ArrayList<Filter>();
        parts.add(not());
        while (takeWord("and")) {
            parts.add(not());
        }
        return parts.size() == 1 ? parts.getFirst() : new Filter.And(parts);
    }

    private Filter not() {
        if (takeWord("not")) {
            deeper();
            var inner = new Filter.Not(not());
            depth--;
            return inner;
        }
        if (takeSign("(")) {
            deeper();
            var inner = or();
            if (!takeSign(")")) {
                throw expected("')'");
            }
            depth--;
            return inner;
        }
        return condition();
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw wrong(peek().column(), "conditions are nested more than " + DEEPEST + " deep");
        }
    }

    private Filter condition() {
        var field = peek();
        if (field.kind() != Kind.WORD && field.kind() != Kind.QUOTED) {
            throw expected("the name of a field");
        }
        next++;
        var name = field.text().toLowerCase(Locale.ROOT);
        if (takeWord("exists")) {
            return new Filter.Exists(name);
        }
        if (takeWord("contains")) {
            return new Filter.Contains(name, literal().text());
        }
        if (takeWord("in")) {
            return new Filter.In(name, values());
        }
        for (var operator : Filter.Operator.values()) {
            if (takeSign(operator.sign())) {
                return new Filter.Comparison(name, operator, value());
            }
        }
        throw expected("one of = != < <= > >= in contains exists");
    }

    private List<FieldValue> values() {
        if (!takeSign("(")) {
            throw expected("'(' and a list of values");
        }
        var values = new ArrayList<FieldValue>();
        do {
            values.add(value());
        } while (takeSign(","));
        if (!takeSign(")")) {
            throw expected("',' or ')'");
        }
        return values;
    }

    private FieldValue value() {
        var token = literal();
        var value = FieldValue.parse(token.text());
        // Metadata that looks like a date is one, so text to compare it with must be too; "12" in quotes stays text.
        return token.kind() == Kind.QUOTED && !(value instanceof FieldValue.Date)
                ? new FieldValue.Text(token.text())
                : value;
    }

    private Token literal() {
        var token = peek();
        if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED) {
            throw expected("a value");
        }
        return take();
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        return tokens.get(next++);
    }

    private boolean takeWord(String word) {
        var token = peek();
        boolean there = token.kind() == Kind.WORD && token.text().equalsIgnoreCase(word);
        next += there ? 1 : 0;
        return there;
    }

    private boolean takeSign(String sign) {
        var token = peek();
        boolean there = token.kind() == Kind.SIGN && token.text().equals(sign);
        next += there ? 1 : 0;
        return there;
    }

    private List<Token> tokens() {
        var found = new ArrayList<Token>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '"' || c == '\'') {
                at = quoted(at, found);
            } else if ("=!<>(),".indexOf(c) >= 0) {
                boolean two = "!<>".indexOf(c) >= 0 && text.startsWith("=", at + 1);
                var sign = text.substring(at, at + (two ? 2 : 1));
                if (sign.equals("!")) {
                    throw wrong(at, "expected '!='");
                }
                found.add(new Token(Kind.SIGN, sign, at));
                at += sign.length();
            } else {
                int end = at;
                while (end < text.length()
                        && !Character.isWhitespace(text.charAt(end))
                        && "=!<>(),\"'".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                found.add(new Token(Kind.WORD, text.substring(at, end), at));
                at = end;
            }
        }
        found.add(new Token(Kind.END, "", text.length()));
        return found;
    }

    private int quoted(int start, List<Token> found) {
        char quote = text.charAt(start);
        var value = new StringBuilder();
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        if (at >= text.length()) {
            throw wrong(start, "this quote is not closed");
        }
        found.add(new Token(Kind.QUOTED, value.toString(), start));
        return at + 1;
    }

    private MendableException expected(String what) {
        var token = peek();
        var found = token.kind() == Kind.END ? "the end" : "'" + shown(token.text(), 0, SHOWN) + "'";
        return wrong(token.column(), "expected " + what + ", found " + found);
    }

    private MendableException wrong(int column, String what) {
        int from = Math.max(0, column - SHOWN);
        return new MendableException("The filter is wrong at column " + (column + 1) + ": " + what + ".\n  "
                + shown(text, from, column + SHOWN) + "\n  " + " ".repeat(column - from)
                + "^\n  A filter looks like: department = \"hr\" and updated >= 2025-01-01");
    }

    /** A part of the text on one line, each character in its column. */
    private static String shown(String text, int from, int to) {
        return text.substring(from, Math.min(text.length(), to)).replaceAll("[\\p{Cntrl}]", " ");
    }
}
