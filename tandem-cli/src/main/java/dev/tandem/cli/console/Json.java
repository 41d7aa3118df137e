package dev.tandem.cli.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON from maps, lists, texts, numbers and truth values; the fields of an object stay in the order they were put. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** An object of names and values in turn. */
    public static Map<String, Object> object(Object... namesAndValues) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    /** Milliseconds by stage, in the order of the stages' names. */
    public static Map<String, Object> timings(Map<String, Duration> timings) {
        var object = new LinkedHashMap<String, Object>();
        timings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(stage -> object.put(
                        stage.getKey() + "_ms", rounded(stage.getValue().toNanos() / 1e6)));
        return object;
    }

    /** A number with three decimals: more would be noise to whoever reads it. */
    public static BigDecimal rounded(double number) {
        return BigDecimal.valueOf(number).setScale(3, RoundingMode.HALF_EVEN);
    }

    /** In one line. */
    public static String line(Object tree) {
        return write(tree, false);
    }

    /** Indented. */
    public static String pretty(Object tree) {
        return write(tree, true);
    }

    private static String write(Object tree, boolean pretty) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(text)) {
            if (pretty) {
                json.useDefaultPrettyPrinter();
            }
            write(json, tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object tree) throws IOException {
        switch (tree) {
            case Map<?, ?> object -> {
                json.writeStartObject();
                for (var field : object.entrySet()) {
                    json.writeFieldName(field.getKey().toString());
                    write(json, field.getValue());
                }
                json.writeEndObject();
            }
            case List<?> array -> {
                json.writeStartArray();
                for (var item : array) {
                    write(json, item);
                }
                json.writeEndArray();
            }
            case Optional<?> optional when optional.isEmpty() -> json.writeNull();
            case Optional<?> optional -> write(json, optional.get());
            case Boolean truth -> json.writeBoolean(truth);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case BigDecimal number -> json.writeNumber(number);
            default -> json.writeString(tree.toString());
        }
    }
}
