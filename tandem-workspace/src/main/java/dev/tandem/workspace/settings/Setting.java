package dev.tandem.workspace.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One key, as its record component declares it.
 *
 * @param name as it is written in tandem.yaml
 * @param type the Java type of its value, without {@code Optional}
 * @param element the Java type of what a list holds; of others the type itself
 * @param optional whether it may be left unset
 * @param key what it does
 * @param initial its default, as the record's {@code DEFAULTS} has it
 */
record Setting(String name, Class<?> type, Class<?> element, boolean optional, Key key, Object initial) {

    /** The keys of a settings record, in the order of its components. */
    static List<Setting> of(Record defaults) {
        var settings = new ArrayList<Setting>();
        for (var component : defaults.getClass().getRecordComponents()) {
            boolean optional = component.getType() == Optional.class;
            settings.add(new Setting(
                    KeyName.of(component.getName()),
                    optional ? argument(component.getGenericType()) : component.getType(),
                    component.getType() == List.class ? argument(component.getGenericType()) : component.getType(),
                    optional,
                    Objects.requireNonNull(
                            component.getAnnotation(Key.class), () -> component + " has no @Key to document it"),
                    read(component, defaults)));
        }
        return settings;
    }

    /** A record of the same type as its defaults, with other values. */
    static Record create(Record defaults, List<Object> values) {
        try {
            var types = Arrays.stream(defaults.getClass().getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            return defaults.getClass().getDeclaredConstructor(types).newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A settings record must be public and plain: " + defaults.getClass(), e);
        }
    }

    boolean isSection() {
        return type.isRecord() && type != ByteSize.class;
    }

    /** What a value must look like, for error messages and the reference: "a whole number from 1 to 100". */
    String expected() {
        if (type.isEnum()) {
            return "one of " + String.join(", ", choices());
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Duration.class) {
            return "a time like 500 ms, 30 s or 2 m";
        }
        if (type == ByteSize.class) {
            return "a size like 64 MB or 1.5 GB";
        }
        if (element == AlertRule.class) {
            return "a list of rules like [\"questions drift\"]";
        }
        if (List.class.isAssignableFrom(type)) {
            return "a list like [\"a\", \"b\"]";
        }
        if (isWhole()) {
            return "a whole number" + range();
        }
        return type == double.class || type == Double.class ? "a number" + range() : "a text";
    }

    /** The words that an enum's key may have. */
    List<String> choices() {
        return Arrays.stream(type.getEnumConstants())
                .map(choice -> KeyName.of((Enum<?>) choice))
                .toList();
    }

    boolean isWhole() {
        return type == int.class || type == Integer.class;
    }

    /** The default as it is written in tandem.yaml; empty where there is none. */
    String writtenDefault() {
        return written(initial);
    }

    private static String written(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.map(Setting::written).orElse("");
            case List<?> list -> list.stream().map(Setting::written).collect(Collectors.joining(", ", "[", "]"));
            case Enum<?> choice -> KeyName.of(choice);
            case Duration time -> time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
            case AlertRule rule -> "\"" + rule.text() + "\"";
            case String text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            default -> value.toString();
        };
    }

    private String range() {
        var unit = key.unit().isEmpty() ? "" : " " + key.unit();
        if (key.minimum() == Double.NEGATIVE_INFINITY) {
            return "";
        }
        return " from " + number(key.minimum()) + " to " + number(key.maximum()) + unit;
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%s", value);
    }

    private static Class<?> argument(Type generic) {
        return (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("A settings record must be public and plain: " + record.getClass(), e);
        }
    }
}
