package dev.tandem.knowledge.filter;

import dev.tandem.knowledge.document.FieldValue;
import java.util.List;

/** A condition on a document's metadata. Built by {@link FilterParser}; evaluated inside the index. */
public sealed interface Filter {
    /** As a person would write it; {@link FilterParser#parse} reads it back as an equal filter. */
    default String describe() {
        return FilterWriter.write(this);
    }

    /** The built-in text field that every document has: its path. */
    String PATH = "path";

    /** How a field is compared. Two-character signs come first, so that a reader who tries them in order takes the longest. */
    enum Operator {
        NOT_EQUAL("!="),
        LESS_OR_EQUAL("<="),
        GREATER_OR_EQUAL(">="),
        EQUAL("="),
        LESS("<"),
        GREATER(">");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** As it is written. */
        public String sign() {
            return sign;
        }

        /** Whether it holds between two values that compare as this. */
        boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case NOT_EQUAL -> comparison != 0;
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
            };
        }
    }

    /** Everything. */
    record All() implements Filter {}

    /** A field with any value that compares so. Text compares without case. NOT_EQUAL also holds where the field is missing. */
    record Comparison(String field, Operator operator, FieldValue value) implements Filter {}

    /** A field with any of these values. */
    record In(String field, List<FieldValue> values) implements Filter {
        public In {
            values = List.copyOf(values);
        }
    }

    /** A text field that contains these words anywhere in its value, without case. */
    record Contains(String field, String text) implements Filter {}

    /** A field that is there at all. */
    record Exists(String field) implements Filter {}

    record And(List<Filter> parts) implements Filter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    record Or(List<Filter> parts) implements Filter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    record Not(Filter part) implements Filter {}
}
