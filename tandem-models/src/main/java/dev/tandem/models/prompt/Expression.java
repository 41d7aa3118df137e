package dev.tandem.models.prompt;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a template computes; each knows the line it stands in. */
sealed interface Expression {
    int line();

    record Literal(int line, Object value) implements Expression {}

    record Name(int line, String name) implements Expression {}

    record ListOf(int line, List<Expression> items) implements Expression {}

    record MapOf(int line, List<Map.Entry<Expression, Expression>> entries) implements Expression {}

    /** {@code a.name} and {@code a[key]} differ only in where they look first. */
    record Item(int line, Expression of, Expression key, boolean dotted) implements Expression {}

    record Slice(int line, Expression of, Optional<Expression> from, Optional<Expression> to, Optional<Expression> step)
            implements Expression {}

    record Call(int line, Expression function, List<Expression> arguments, Map<String, Expression> named)
            implements Expression {}

    /** {@code value | name(arguments)}. */
    record Filter(int line, Expression value, String name, List<Expression> arguments, Map<String, Expression> named)
            implements Expression {}

    /** {@code value is name(arguments)}. */
    record Test(int line, Expression value, String name, List<Expression> arguments, boolean negated)
            implements Expression {}

    record Unary(int line, String operator, Expression value) implements Expression {}

    record Binary(int line, String operator, Expression left, Expression right) implements Expression {}

    /** {@code value if condition else otherwise}. */
    record Choice(int line, Expression condition, Expression value, Optional<Expression> otherwise)
            implements Expression {}
}
