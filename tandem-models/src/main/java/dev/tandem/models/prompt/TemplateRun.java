package dev.tandem.models.prompt;

import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.TemplateValues.Function;
import dev.tandem.models.prompt.TemplateValues.Namespace;
import dev.tandem.models.prompt.TemplateValues.Nothing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One rendering of a template. A template comes with a model, from anywhere: it reaches only the values it is given, and how
 * long it runs and how much it writes are bounded.
 */
final class TemplateRun {
    private static final int MOST_STEPS = 2_000_000;
    private static final int MOST_CHARS = 50_000_000;

    private final StringBuilder out = new StringBuilder();
    private Scope scope;
    private int steps;

    /** Names and what they stand for; an inner one sees what the outer ones have. */
    private static final class Scope {
        private final Map<String, Object> names = new HashMap<>();
        private final Optional<Scope> outer;

        Scope(Optional<Scope> outer) {
            this.outer = outer;
        }

        Object get(String name) {
            for (var at = Optional.of(this); at.isPresent(); at = at.get().outer) {
                var value = at.get().names.get(name);
                if (value != null) {
                    return value;
                }
            }
            return Nothing.UNDEFINED;
        }
    }

    /** How a body ended. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    TemplateRun(Map<String, Object> names) {
        scope = new Scope(Optional.empty());
        names.forEach((name, value) -> scope.names.put(name, TemplateValues.of(value)));
    }

    String render(List<Statement> statements) {
        run(statements);
        return out.toString();
    }

    private Flow run(List<Statement> statements) {
        for (var statement : statements) {
            var flow = run(statement);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow run(Statement statement) {
        if (++steps > MOST_STEPS || out.length() > MOST_CHARS) {
            throw new MendableException("The chat template does not come to an end: use another model's files.");
        }
        switch (statement) {
            case Statement.Text(String text) -> out.append(text);
            case Statement.Print(Expression value) -> out.append(TemplateValues.text(value(value)));
            case Statement.If(var branches) -> {
                for (var branch : branches) {
                    if (TemplateValues.isTrue(value(branch.getKey()))) {
                        return run(branch.getValue());
                    }
                }
            }
            case Statement.For loop -> loop(loop);
            case Statement.Set(int line, var names, Expression expression) -> assign(line, names, value(expression));
            case Statement.SetIn(int line, String name, String field, Expression expression) -> {
                if (!(scope.get(name) instanceof Namespace namespace)) {
                    throw TemplateLexer.error(
                            line, name + " is no namespace, so " + name + "." + field + " cannot be set");
                }
                namespace.fields.put(field, value(expression));
            }
            case Statement.SetBlock(String name, var body) -> scope.names.put(name, captured(body));
            case Statement.Macro macro -> scope.names.put(macro.name(), macro(macro));
            case Statement.Break() -> {
                return Flow.BREAK;
            }
            case Statement.Continue() -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private void assign(int line, List<String> names, Object value) {
        if (names.size() == 1) {
            scope.names.put(names.getFirst(), value);
            return;
        }
        if (!(value instanceof List<?> items) || items.size() != names.size()) {
            throw TemplateLexer.error(line, names.size() + " names, but not as many values");
        }
        for (int i = 0; i < names.size(); i++) {
            scope.names.put(names.get(i), items.get(i));
        }
    }

    private String captured(List<Statement> body) {
        int from = out.length();
        run(body);
        var text = out.substring(from);
        out.setLength(from);
        return text;
    }

    private void loop(Statement.For loop) {
        var items = new ArrayList<Object>();
        var outer = scope;
        for (var item : items(loop.line(), value(loop.over()))) {
            scope = new Scope(Optional.of(outer));
            assign(loop.line(), loop.names(), item);
            if (loop.condition().isEmpty()
                    || TemplateValues.isTrue(value(loop.condition().get()))) {
                items.add(item);
            }
            scope = outer;
        }
        for (int i = 0; i < items.size(); i++) {
            scope = new Scope(Optional.of(outer));
            assign(loop.line(), loop.names(), items.get(i));
            scope.names.put("loop", position(items, i));
            var flow = run(loop.body());
            scope = outer;
            if (flow == Flow.BREAK) {
                break;
            }
        }
        if (items.isEmpty()) {
            run(loop.otherwise());
        }
    }

    private static Map<String, Object> position(List<Object> items, int i) {
        var loop = new LinkedHashMap<String, Object>();
        loop.put("index", i + 1L);
        loop.put("index0", (long) i);
        loop.put("revindex", (long) items.size() - i);
        loop.put("revindex0", items.size() - i - 1L);
        loop.put("first", i == 0);
        loop.put("last", i == items.size() - 1);
        loop.put("length", (long) items.size());
        loop.put("previtem", i == 0 ? Nothing.UNDEFINED : items.get(i - 1));
        loop.put("nextitem", i == items.size() - 1 ? Nothing.UNDEFINED : items.get(i + 1));
        loop.put("cycle", (Function) (arguments, named) -> arguments.get(i % arguments.size()));
        return loop;
    }

    private Function macro(Statement.Macro macro) {
        var home = scope;
        return (arguments, named) -> {
            var caller = scope;
            scope = new Scope(Optional.of(home));
            try {
                for (int i = 0; i < macro.parameters().size(); i++) {
                    var parameter = macro.parameters().get(i);
                    var standard = macro.defaults().get(parameter);
                    var given = i < arguments.size() ? arguments.get(i) : named.get(parameter);
                    scope.names.put(
                            parameter, given != null ? given : standard != null ? value(standard) : Nothing.UNDEFINED);
                }
                return captured(macro.body());
            } finally {
                scope = caller;
            }
        };
    }

    /** What a loop or a filter goes through. */
    static List<?> items(int line, Object value) {
        return switch (value) {
            case List<?> list -> list;
            case Map<?, ?> map -> new ArrayList<>(map.keySet());
            case String text -> text.codePoints().mapToObj(Character::toString).toList();
            case Nothing nothing when nothing == Nothing.UNDEFINED -> List.of();
            default -> throw TemplateLexer.error(line, TemplateValues.text(value) + " is no list");
        };
    }

    private Object value(Expression expression) {
        if (++steps > MOST_STEPS) {
            throw new MendableException("The chat template does not come to an end: use another model's files.");
        }
        return switch (expression) {
            case Expression.Literal(int line, Object value) -> value;
            case Expression.Name(int line, String name) -> scope.get(name);
            case Expression.ListOf(int line, var items) -> values(items);
            case Expression.MapOf(int line, var entries) -> {
                var map = new LinkedHashMap<Object, Object>();
                entries.forEach(entry -> map.put(value(entry.getKey()), value(entry.getValue())));
                yield map;
            }
            case Expression.Item item -> item(item);
            case Expression.Slice slice -> slice(slice);
            case Expression.Call(int line, Expression function, var arguments, var named) -> {
                if (!(value(function) instanceof Function callable)) {
                    throw TemplateLexer.error(line, "this is no function");
                }
                yield callable.call(values(arguments), values(named));
            }
            case Expression.Filter(int line, Expression value, String name, var arguments, var named) ->
                TemplateFilters.apply(line, name, value(value), values(arguments), values(named));
            case Expression.Test(int line, Expression value, String name, var arguments, boolean negated) ->
                TemplateFilters.test(line, name, value(value), values(arguments)) != negated;
            case Expression.Unary(int line, String operator, Expression operand) ->
                TemplateOperators.unary(line, operator, value(operand));
            case Expression.Binary binary -> binary(binary);
            case Expression.Choice(int line, Expression condition, Expression value, var otherwise) ->
                TemplateValues.isTrue(value(condition))
                        ? value(value)
                        : otherwise.isPresent() ? value(otherwise.get()) : Nothing.UNDEFINED;
        };
    }

    private List<Object> values(List<Expression> expressions) {
        var values = new ArrayList<Object>();
        expressions.forEach(expression -> values.add(value(expression)));
        return values;
    }

    private Map<String, Object> values(Map<String, Expression> expressions) {
        var values = new LinkedHashMap<String, Object>();
        expressions.forEach((name, expression) -> values.put(name, value(expression)));
        return values;
    }

    private Object binary(Expression.Binary binary) {
        var left = value(binary.left());
        return switch (binary.operator()) {
            case "and" -> TemplateValues.isTrue(left) ? value(binary.right()) : left;
            case "or" -> TemplateValues.isTrue(left) ? left : value(binary.right());
            default -> TemplateOperators.binary(binary.line(), binary.operator(), left, value(binary.right()));
        };
    }

    private Object item(Expression.Item item) {
        var of = value(item.of());
        var key = value(item.key());
        return switch (of) {
            case Map<?, ?> map when map.containsKey(key) -> Objects.requireNonNull(map.get(key));
            case Namespace namespace -> namespace.fields.getOrDefault(TemplateValues.text(key), Nothing.UNDEFINED);
            case List<?> list
            when key instanceof Long index -> {
                int at = (int) (index < 0 ? list.size() + index : index);
                yield at >= 0 && at < list.size() ? list.get(at) : Nothing.UNDEFINED;
            }
            case String text
            when key instanceof Long index -> {
                var chars = items(item.line(), text);
                int at = (int) (index < 0 ? chars.size() + index : index);
                yield at >= 0 && at < chars.size() ? chars.get(at) : Nothing.UNDEFINED;
            }
            case Nothing nothing
            when nothing == Nothing.UNDEFINED ->
                throw TemplateLexer.error(
                        item.line(), "something undefined is asked for its part " + TemplateValues.text(key));
            default ->
                item.dotted() ? TemplateMethods.of(item.line(), of, TemplateValues.text(key)) : Nothing.UNDEFINED;
        };
    }

    private Object slice(Expression.Slice slice) {
        var of = value(slice.of());
        var items = new ArrayList<Object>(items(slice.line(), of));
        int step = slice.step().map(this::whole).orElse(1);
        if (step == 0 || step < -1) {
            throw TemplateLexer.error(slice.line(), "a slice goes forwards, or backwards one by one");
        }
        if (step == -1 && slice.from().isEmpty() && slice.to().isEmpty()) {
            Collections.reverse(items);
        } else if (step == -1) {
            throw TemplateLexer.error(slice.line(), "only a whole list can be turned round");
        }
        int size = items.size();
        int from = step == -1
                ? 0
                : slice.from().map(this::whole).map(i -> bounded(i, size)).orElse(0);
        int to = step == -1
                ? size
                : slice.to().map(this::whole).map(i -> bounded(i, size)).orElse(size);
        var result = new ArrayList<Object>();
        for (int i = from; i < to; i += Math.abs(step)) {
            result.add(items.get(i));
        }
        return of instanceof String
                ? String.join("", result.stream().map(Object::toString).toList())
                : result;
    }

    private int whole(Expression expression) {
        return value(expression) instanceof Long number ? number.intValue() : 0;
    }

    private static int bounded(int index, int size) {
        return Math.clamp(index < 0 ? (long) size + index : index, 0, size);
    }
}
