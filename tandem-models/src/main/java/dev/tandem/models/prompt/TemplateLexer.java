package dev.tandem.models.prompt;

import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into text and tokens as Jinja does with {@code trim_blocks} and {@code lstrip_blocks}, which is how
 * transformers sets it: the line break after a block goes, as do spaces between a line's beginning and a block.
 */
final class TemplateLexer {
    private static final List<String> OPERATORS = List.of(
            "==", "!=", "<=", ">=", "//", "**", "+", "-", "*", "/", "%", "~", "<", ">", "=", ".", ",", ":", "|", "(",
            ")", "[", "]", "{", "}");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    /** What a token is. */
    enum Kind {
        TEXT,
        PRINT_BEGIN,
        PRINT_END,
        BLOCK_BEGIN,
        BLOCK_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    record Token(Kind kind, String text, int line) {
        boolean is(Kind kind, String text) {
            return this.kind == kind && this.text.equals(text);
        }
    }

    private TemplateLexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        var unix = template.replace("\r\n", "\n").replace('\r', '\n');
        // Jinja drops one line break at the end.
        var lexer = new TemplateLexer(unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        boolean stripLeft = false;
        boolean afterBlock = false;
        while (at < source.length()) {
            int tag = nextTag();
            var text = source.substring(at, tag);
            int textLine = line;
            advance(tag);
            if (stripLeft) {
                text = text.stripLeading();
            } else if (afterBlock && text.startsWith("\n")) {
                text = text.substring(1);
            }
            if (tag < source.length()) {
                text = beforeTag(text, tag);
            }
            if (!text.isEmpty()) {
                tokens.add(new Token(Kind.TEXT, text, textLine));
            }
            if (tag == source.length()) {
                break;
            }
            char kind = source.charAt(tag + 1);
            advance(at + 2);
            if (at < source.length() && (source.charAt(at) == '-' || (source.charAt(at) == '+' && kind != '{'))) {
                advance(at + 1);
            }
            switch (kind) {
                case '#' -> comment();
                case '%' -> inside(Kind.BLOCK_BEGIN, Kind.BLOCK_END, "%}");
                default -> inside(Kind.PRINT_BEGIN, Kind.PRINT_END, "}}");
            }
            stripLeft = source.charAt(at - 3) == '-';
            afterBlock = kind != '{';
        }
        tokens.add(new Token(Kind.END, "", line));
    }

    private int nextTag() {
        for (int i = at; i + 1 < source.length(); i++) {
            if (source.charAt(i) == '{' && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return source.length();
    }

    private String beforeTag(String text, int tag) {
        char mark = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
        if (mark == '-') {
            return text.stripTrailing();
        }
        if (mark == '+' || source.charAt(tag + 1) == '{') {
            return text;
        }
        int lineStart = source.lastIndexOf('\n', tag - 1) + 1;
        boolean alone = source.substring(lineStart, tag).chars().allMatch(c -> c == ' ' || c == '\t');
        return alone ? text.replaceFirst("[ \\t]+$", "") : text;
    }

    private void comment() {
        int end = source.indexOf("#}", at);
        if (end < 0) {
            throw error(line, "a comment is not closed");
        }
        advance(end + 2);
    }

    private void inside(Kind begin, Kind end, String close) {
        tokens.add(new Token(begin, "", line));
        int depth = 0;
        while (true) {
            while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
                advance(at + 1);
            }
            if (at >= source.length()) {
                throw error(line, "a tag is not closed");
            }
            if (depth == 0 && (source.startsWith(close, at) || source.startsWith("-" + close, at))) {
                tokens.add(new Token(end, "", line));
                advance(source.indexOf(close, at) + 2);
                return;
            }
            var token = token();
            depth += "({[".contains(token.text()) && token.kind() == Kind.OPERATOR ? 1 : 0;
            depth -= ")}]".contains(token.text()) && token.kind() == Kind.OPERATOR ? 1 : 0;
            tokens.add(token);
        }
    }

    private Token token() {
        int start = at;
        int tokenLine = line;
        char first = source.charAt(at);
        if (Character.isLetter(first) || first == '_') {
            while (at < source.length() && (Character.isLetterOrDigit(source.charAt(at)) || source.charAt(at) == '_')) {
                at++;
            }
            return new Token(Kind.NAME, source.substring(start, at), tokenLine);
        }
        if (Character.isDigit(first)) {
            return number(start, tokenLine);
        }
        if (first == '\'' || first == '"') {
            return new Token(Kind.STRING, string(first), tokenLine);
        }
        for (var operator : OPERATORS) {
            if (source.startsWith(operator, at)) {
                at += operator.length();
                return new Token(Kind.OPERATOR, operator, tokenLine);
            }
        }
        throw error(line, "the character " + first + " has no meaning here");
    }

    private Token number(int start, int tokenLine) {
        var kind = Kind.INTEGER;
        while (at < source.length()) {
            char c = source.charAt(at);
            boolean point = c == '.'
                    && at + 1 < source.length()
                    && Character.isDigit(source.charAt(at + 1))
                    && kind == Kind.INTEGER;
            if (!Character.isDigit(c) && !point) {
                break;
            }
            kind = point ? Kind.FLOAT : kind;
            at++;
        }
        return new Token(kind, source.substring(start, at), tokenLine);
    }

    private String string(char quote) {
        var text = new StringBuilder();
        int begin = line;
        for (at++; at < source.length(); advance(at + 1)) {
            char c = source.charAt(at);
            if (c == quote) {
                at++;
                return text.toString();
            }
            if (c == '\\' && at + 1 < source.length()) {
                at++;
                text.append(escaped(source.charAt(at)));
            } else {
                text.append(c);
            }
        }
        throw error(begin, "a text is not closed");
    }

    private String escaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'u' -> {
                var digits = source.substring(at + 1, Math.min(source.length(), at + 5));
                at += 4;
                yield Character.toString(Integer.parseInt(digits, 16));
            }
            case '\\', '\'', '"' -> Character.toString(c);
            default -> "\\" + c;
        };
    }

    private void advance(int to) {
        for (; at < to; at++) {
            if (source.charAt(at) == '\n') {
                line++;
            }
        }
    }

    static MendableException error(int line, String what) {
        return new MendableException("The chat template, line " + line + ": " + what + ".");
    }
}
