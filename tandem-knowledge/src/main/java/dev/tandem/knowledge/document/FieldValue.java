package dev.tandem.knowledge.document;

import java.time.LocalDate;

/** One typed metadata value. */
public sealed interface FieldValue {
    /** As a person would write it. */
    String display();

    record Text(String value) implements FieldValue {
        @Override
        public String display() {
            return value;
        }
    }

    record Numeric(double value) implements FieldValue {
        @Override
        public String display() {
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? Long.toString((long) value)
                    : Double.toString(value);
        }
    }

    record Date(LocalDate value) implements FieldValue {
        @Override
        public String display() {
            return value.toString();
        }
    }

    record Flag(boolean value) implements FieldValue {
        @Override
        public String display() {
            return Boolean.toString(value);
        }
    }

    /** Reads a value as a person writes it: an ISO date, a number, true or false, else text. */
    static FieldValue parse(String written) {
        var text = written.strip();
        if (text.matches("\\d{4}-\\d{2}-\\d{2}([T ].*)?")) {
            try {
                return new Date(LocalDate.parse(text.substring(0, 10)));
            } catch (java.time.format.DateTimeParseException notADate) {
                return new Text(text);
            }
        }
        if (text.matches("-?(0|[1-9]\\d{0,14})(\\.\\d{1,20})?")) {
            return new Numeric(Double.parseDouble(text));
        }
        if (text.equals("true") || text.equals("false")) {
            return new Flag(Boolean.parseBoolean(text));
        }
        return new Text(text);
    }
}
