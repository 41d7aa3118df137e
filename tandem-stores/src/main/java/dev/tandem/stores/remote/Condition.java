package dev.tandem.stores.remote;

import java.util.List;

/**
 * What a point's fields must be, in the few operators that every server has: any or none of some values in a field of texts,
 * limits of a field of whole numbers, and, or. A negation is pushed down to its leaves before it gets here.
 */
sealed interface Condition {
    /** A field that has one of these values, at least one, or, being a list, holds one. */
    record AnyOf(String field, List<String> values) implements Condition {
        public AnyOf {
            values = List.copyOf(values);
        }
    }

    /** A field that has none of these values, at least one. */
    record NoneOf(String field, List<String> values) implements Condition {
        public NoneOf {
            values = List.copyOf(values);
        }
    }

    /** A number of at most this. */
    record AtMost(String field, long limit) implements Condition {}

    /** A number above this. */
    record Above(String field, long limit) implements Condition {}

    /** All of these; at least one. */
    record And(List<Condition> parts) implements Condition {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** One of these; at least one. */
    record Or(List<Condition> parts) implements Condition {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** Both. */
    default Condition and(Condition other) {
        return new And(List.of(this, other));
    }

    static Condition is(String field, String value) {
        return new AnyOf(field, List.of(value));
    }
}
