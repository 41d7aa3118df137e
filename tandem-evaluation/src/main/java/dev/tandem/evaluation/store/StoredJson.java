package dev.tandem.evaluation.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.tandem.foundation.MendableException;
import java.util.List;
import java.util.Map;

/** Values of several parts in one column. Numbers come back to the bit. */
final class StoredJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            // A later version may have added something.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private StoredJson() {}

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records of texts and numbers are always JSON", e);
        }
    }

    static <T> T read(String json, Class<T> type) {
        return read(() -> JSON.readValue(json, type));
    }

    static Map<String, String> readTexts(String json) {
        return read(() -> JSON.readValue(json, new TypeReference<Map<String, String>>() {}));
    }

    static Map<String, Double> readNumbers(String json) {
        return read(() -> JSON.readValue(json, new TypeReference<Map<String, Double>>() {}));
    }

    static List<String> readList(String json) {
        return read(() -> JSON.readValue(json, new TypeReference<List<String>>() {}));
    }

    private interface Reading<T> {
        T read() throws JsonProcessingException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.read();
        } catch (JsonProcessingException e) {
            throw new MendableException(
                    "The store of runs holds something that is none (" + e.getOriginalMessage()
                            + "): if it was edited by hand, put a copy of it back.",
                    e);
        }
    }
}
