package dev.tandem.models.prompt;

import dev.tandem.models.prompt.TemplateLexer.Kind;
import dev.tandem.models.prompt.TemplateLexer.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes statements from tokens, by Jinja's grammar and precedence. */
final class TemplateParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");
    private static final int DEEPEST = 100;

    private final List<Token> tokens;
    private int at;
    private int depth;

    private TemplateParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static List<Statement> parse(String template) {
        var parser = new TemplateParser(TemplateLexer.tokens(template));
        var statements = parser.statements(Set.of());
        if (parser.peek().kind() != Kind.END) {
            throw parser.error("this block closes nothing");
        }
        return statements;
    }

    /** Statements up to a block that begins with one of these names; that block's begin and name are not taken. */
    private List<Statement> statements(Set<String> ends) {
        if (++depth > DEEPEST) {
            throw error("blocks stand too deep in each other");
        }
        var statements = new ArrayList<Statement>();
        while (peek().kind() != Kind.END) {
            if (peek().kind() == Kind.TEXT) {
                statements.add(new Statement.Text(next().text()));
            } else if (peek().kind() == Kind.PRINT_BEGIN) {
                next();
                statements.add(new Statement.Print(expressionOrTuple()));
                expect(Kind.PRINT_END, "");
            } else if (ends.contains(tokens.get(at + 1).text())) {
                break;
            } else {
                next();
                statements.addAll(block());
            }
        }
        depth--;
        return statements;
    }

    private List<Statement> block() {
        var name = expect(Kind.NAME);
        return switch (name.text()) {
            case "if" -> List.of(ifBlock());
            case "for" -> List.of(forBlock(name.line()));
            case "set" -> List.of(set(name.line()));
            case "macro" -> List.of(macro());
            case "generation" -> {
                // Marks what the assistant says, for masks; Tandem masks by the difference of prefixes instead.
                endBlock();
                var body = statements(Set.of("endgeneration"));
                end("endgeneration");
                yield body;
            }
            case "break" -> {
                endBlock();
                yield List.of(new Statement.Break());
            }
            case "continue" -> {
                endBlock();
                yield List.of(new Statement.Continue());
            }
            default -> throw TemplateLexer.error(name.line(), "the block \"" + name.text() + "\" is unknown here");
        };
    }

    private Statement ifBlock() {
        var branches = new ArrayList<Map.Entry<Expression, List<Statement>>>();
        var condition = expression();
        endBlock();
        branches.add(Map.entry(condition, statements(Set.of("elif", "else", "endif"))));
        while (blockIs("elif")) {
            next();
            next();
            var another = expression();
            endBlock();
            branches.add(Map.entry(another, statements(Set.of("elif", "else", "endif"))));
        }
        if (blockIs("else")) {
            int line = peek().line();
            end("else");
            branches.add(Map.entry(new Expression.Literal(line, true), statements(Set.of("endif"))));
        }
        end("endif");
        return new Statement.If(branches);
    }

    private Statement forBlock(int line) {
        var names = names();
        expect(Kind.NAME, "in");
        var over = or();
        var condition = Optional.<Expression>empty();
        if (peek().is(Kind.NAME, "if")) {
            next();
            condition = Optional.of(expression());
        }
        endBlock();
        var body = statements(Set.of("endfor", "else"));
        var otherwise = List.<Statement>of();
        if (blockIs("else")) {
            end("else");
            otherwise = statements(Set.of("endfor"));
        }
        end("endfor");
        return new Statement.For(line, names, over, condition, body, otherwise);
    }

    private List<String> names() {
        boolean parenthesis = peek().is(Kind.OPERATOR, "(");
        if (parenthesis) {
            next();
        }
        var names = new ArrayList<String>();
        names.add(expect(Kind.NAME).text());
        while (peek().is(Kind.OPERATOR, ",")) {
            next();
            names.add(expect(Kind.NAME).text());
        }
        if (parenthesis) {
            expect(Kind.OPERATOR, ")");
        }
        return names;
    }

    private Statement set(int line) {
        var names = names();
        if (peek().is(Kind.OPERATOR, ".")) {
            next();
            var field = expect(Kind.NAME).text();
            expect(Kind.OPERATOR, "=");
            var value = expressionOrTuple();
            endBlock();
            return new Statement.SetIn(line, names.getFirst(), field, value);
        }
        if (peek().kind() == Kind.BLOCK_END) {
            endBlock();
            var body = statements(Set.of("endset"));
            end("endset");
            return new Statement.SetBlock(names.getFirst(), body);
        }
        expect(Kind.OPERATOR, "=");
        var value = expressionOrTuple();
        endBlock();
        return new Statement.Set(line, names, value);
    }

    private Statement macro() {
        var name = expect(Kind.NAME).text();
        expect(Kind.OPERATOR, "(");
        var parameters = new ArrayList<String>();
        var defaults = new LinkedHashMap<String, Expression>();
        while (!peek().is(Kind.OPERATOR, ")")) {
            var parameter = expect(Kind.NAME).text();
            parameters.add(parameter);
            if (peek().is(Kind.OPERATOR, "=")) {
                next();
                defaults.put(parameter, expression());
            }
            if (peek().is(Kind.OPERATOR, ",")) {
                next();
            }
        }
        next();
        endBlock();
        var body = statements(Set.of("endmacro"));
        end("endmacro");
        return new Statement.Macro(name, parameters, defaults, body);
    }

    private boolean blockIs(String name) {
        return peek().kind() == Kind.BLOCK_BEGIN && tokens.get(at + 1).is(Kind.NAME, name);
    }

    private void end(String name) {
        if (!blockIs(name)) {
            throw error("a block is not closed: " + name + " is missing");
        }
        next();
        next();
        endBlock();
    }

    private void endBlock() {
        expect(Kind.BLOCK_END, "");
    }

    private Expression expressionOrTuple() {
        var first = expression();
        if (!peek().is(Kind.OPERATOR, ",")) {
            return first;
        }
        var items = new ArrayList<Expression>(List.of(first));
        while (peek().is(Kind.OPERATOR, ",")) {
            next();
            items.add(expression());
        }
        return new Expression.ListOf(first.line(), items);
    }

    private Expression expression() {
        if (++depth > DEEPEST) {
            throw error("expressions stand too deep in each other");
        }
        var value = or();
        while (peek().is(Kind.NAME, "if")) {
            int line = next().line();
            var condition = or();
            var otherwise = Optional.<Expression>empty();
            if (peek().is(Kind.NAME, "else")) {
                next();
                otherwise = Optional.of(expression());
            }
            value = new Expression.Choice(line, condition, value, otherwise);
        }
        depth--;
        return value;
    }

    private Expression or() {
        var left = and();
        while (peek().is(Kind.NAME, "or")) {
            left = new Expression.Binary(next().line(), "or", left, and());
        }
        return left;
    }

    private Expression and() {
        var left = not();
        while (peek().is(Kind.NAME, "and")) {
            left = new Expression.Binary(next().line(), "and", left, not());
        }
        return left;
    }

    private Expression not() {
        if (peek().is(Kind.NAME, "not")) {
            return new Expression.Unary(next().line(), "not", not());
        }
        return comparison();
    }

    private Expression comparison() {
        var left = sum();
        while (true) {
            if (peek().kind() == Kind.OPERATOR && COMPARISONS.contains(peek().text())) {
                var operator = next();
                left = new Expression.Binary(operator.line(), operator.text(), left, sum());
            } else if (peek().is(Kind.NAME, "in")) {
                left = new Expression.Binary(next().line(), "in", left, sum());
            } else if (peek().is(Kind.NAME, "not") && tokens.get(at + 1).is(Kind.NAME, "in")) {
                int line = next().line();
                next();
                left = new Expression.Unary(line, "not", new Expression.Binary(line, "in", left, sum()));
            } else {
                return left;
            }
        }
    }

    private Expression sum() {
        return binary(
                Set.of("+", "-"), () -> binary(Set.of("~"), () -> binary(Set.of("*", "/", "//", "%"), this::unary)));
    }

    private Expression binary(Set<String> operators, java.util.function.Supplier<Expression> operand) {
        var left = operand.get();
        while (peek().kind() == Kind.OPERATOR && operators.contains(peek().text())) {
            var operator = next();
            left = new Expression.Binary(operator.line(), operator.text(), left, operand.get());
        }
        return left;
    }

    private Expression unary() {
        if (peek().is(Kind.OPERATOR, "-") || peek().is(Kind.OPERATOR, "+")) {
            var operator = next();
            return new Expression.Unary(operator.line(), operator.text(), unary());
        }
        var value = primary();
        while (true) {
            var token = peek();
            if (token.is(Kind.OPERATOR, ".") || token.is(Kind.OPERATOR, "[")) {
                value = subscript(value);
            } else if (token.is(Kind.OPERATOR, "(")) {
                var arguments = arguments();
                value = new Expression.Call(token.line(), value, arguments.list(), arguments.named());
            } else if (token.is(Kind.OPERATOR, "|")) {
                next();
                var name = expect(Kind.NAME).text();
                var arguments = peek().is(Kind.OPERATOR, "(") ? arguments() : new Arguments(List.of(), Map.of());
                value = new Expression.Filter(token.line(), value, name, arguments.list(), arguments.named());
            } else if (token.is(Kind.NAME, "is")) {
                value = test(value);
            } else {
                return value;
            }
        }
    }

    private Expression test(Expression value) {
        int line = next().line();
        boolean negated = peek().is(Kind.NAME, "not");
        if (negated) {
            next();
        }
        var name = expect(Kind.NAME).text();
        var arguments = List.<Expression>of();
        if (peek().is(Kind.OPERATOR, "(")) {
            arguments = arguments().list();
        } else if (peek().kind() == Kind.STRING
                || peek().kind() == Kind.INTEGER
                || (peek().kind() == Kind.NAME
                        && !Set.of("and", "or", "else", "if", "is", "in", "not").contains(peek().text()))) {
            arguments = List.of(primary());
        }
        return new Expression.Test(line, value, name, arguments, negated);
    }

    private record Arguments(List<Expression> list, Map<String, Expression> named) {}

    private Arguments arguments() {
        expect(Kind.OPERATOR, "(");
        var list = new ArrayList<Expression>();
        var named = new LinkedHashMap<String, Expression>();
        while (!peek().is(Kind.OPERATOR, ")")) {
            if (peek().kind() == Kind.NAME && tokens.get(at + 1).is(Kind.OPERATOR, "=")) {
                var name = next().text();
                next();
                named.put(name, expression());
            } else {
                list.add(expression());
            }
            if (!peek().is(Kind.OPERATOR, ")")) {
                expect(Kind.OPERATOR, ",");
            }
        }
        next();
        return new Arguments(list, named);
    }

    private Expression subscript(Expression of) {
        var open = next();
        if (open.text().equals(".")) {
            var name = next();
            return new Expression.Item(open.line(), of, new Expression.Literal(name.line(), name.text()), true);
        }
        var from = peek().is(Kind.OPERATOR, ":") ? Optional.<Expression>empty() : Optional.of(expression());
        if (peek().is(Kind.OPERATOR, "]")) {
            next();
            return new Expression.Item(open.line(), of, from.orElseThrow(), false);
        }
        expect(Kind.OPERATOR, ":");
        var to = sliceBound();
        var step = Optional.<Expression>empty();
        if (peek().is(Kind.OPERATOR, ":")) {
            next();
            step = sliceBound();
        }
        expect(Kind.OPERATOR, "]");
        return new Expression.Slice(open.line(), of, from, to, step);
    }

    private Optional<Expression> sliceBound() {
        return peek().is(Kind.OPERATOR, ":") || peek().is(Kind.OPERATOR, "]")
                ? Optional.empty()
                : Optional.of(expression());
    }

    private Expression primary() {
        var token = next();
        return switch (token.kind()) {
            case STRING -> {
                var text = new StringBuilder(token.text());
                while (peek().kind() == Kind.STRING) {
                    text.append(next().text());
                }
                yield new Expression.Literal(token.line(), text.toString());
            }
            case INTEGER -> new Expression.Literal(token.line(), Long.parseLong(token.text()));
            case FLOAT -> new Expression.Literal(token.line(), Double.parseDouble(token.text()));
            case NAME ->
                switch (token.text()) {
                    case "true", "True" -> new Expression.Literal(token.line(), true);
                    case "false", "False" -> new Expression.Literal(token.line(), false);
                    case "none", "None" -> new Expression.Literal(token.line(), TemplateValues.Nothing.NONE);
                    default -> new Expression.Name(token.line(), token.text());
                };
            case OPERATOR ->
                switch (token.text()) {
                    case "(" -> parenthesis(token.line());
                    case "[" -> new Expression.ListOf(token.line(), items("]"));
                    case "{" -> map(token.line());
                    default -> throw unexpected(token);
                };
            default -> throw unexpected(token);
        };
    }

    private Expression parenthesis(int line) {
        if (peek().is(Kind.OPERATOR, ")")) {
            next();
            return new Expression.ListOf(line, List.of());
        }
        var inside = expressionOrTuple();
        expect(Kind.OPERATOR, ")");
        return inside;
    }

    private List<Expression> items(String close) {
        var items = new ArrayList<Expression>();
        while (!peek().is(Kind.OPERATOR, close)) {
            items.add(expression());
            if (!peek().is(Kind.OPERATOR, close)) {
                expect(Kind.OPERATOR, ",");
            }
        }
        next();
        return items;
    }

    private Expression map(int line) {
        var entries = new ArrayList<Map.Entry<Expression, Expression>>();
        while (!peek().is(Kind.OPERATOR, "}")) {
            var key = expression();
            expect(Kind.OPERATOR, ":");
            entries.add(Map.entry(key, expression()));
            if (!peek().is(Kind.OPERATOR, "}")) {
                expect(Kind.OPERATOR, ",");
            }
        }
        next();
        return new Expression.MapOf(line, entries);
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        return tokens.get(Math.min(at++, tokens.size() - 1));
    }

    private Token expect(Kind kind) {
        var token = next();
        if (token.kind() != kind) {
            throw unexpected(token);
        }
        return token;
    }

    private void expect(Kind kind, String text) {
        var token = next();
        if (!token.is(kind, text)) {
            throw unexpected(token);
        }
    }

    private dev.tandem.foundation.MendableException unexpected(Token token) {
        return TemplateLexer.error(
                token.line(),
                token.text().isEmpty() ? "it ends too early" : "\"" + token.text() + "\" is not expected");
    }

    private dev.tandem.foundation.MendableException error(String what) {
        return TemplateLexer.error(peek().line(), what);
    }
}
