package dev.tandem.models.prompt;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a template does. */
sealed interface Statement {
    record Text(String text) implements Statement {}

    record Print(Expression value) implements Statement {}

    /** Branches in order; an else is a branch whose condition is the literal true. */
    record If(List<Map.Entry<Expression, List<Statement>>> branches) implements Statement {}

    record For(
            int line,
            List<String> names,
            Expression over,
            Optional<Expression> condition,
            List<Statement> body,
            List<Statement> otherwise)
            implements Statement {}

    /** {@code set a, b = value}. */
    record Set(int line, List<String> names, Expression value) implements Statement {}

    /** {@code set namespace.name = value}. */
    record SetIn(int line, String namespace, String name, Expression value) implements Statement {}

    /** {@code set name} ... {@code endset}. */
    record SetBlock(String name, List<Statement> body) implements Statement {}

    record Macro(String name, List<String> parameters, Map<String, Expression> defaults, List<Statement> body)
            implements Statement {}

    record Break() implements Statement {}

    record Continue() implements Statement {}
}
