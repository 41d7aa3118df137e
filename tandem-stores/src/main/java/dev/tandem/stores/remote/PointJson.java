package dev.tandem.stores.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.ToIntFunction;

/** A point's fields as JSON, the same for every server. */
final class PointJson {
    /** Requests on their way to one server at once. */
    private static final int TOGETHER = 16;

    private PointJson() {}

    static void write(Point point, ObjectNode json) {
        json.put(Point.DOCUMENT, point.document())
                .put(Point.ORDINAL, point.ordinal())
                .put(Point.FROM, point.from())
                .put(Point.UNTIL, point.until())
                .put(Point.STORED, point.stored());
        if (point.vector().length > 0) {
            json.put(Point.CONTENT, point.content()).put(Point.TOKENS, point.tokens());
            point.tags().forEach(json.putArray(Point.TAGS)::add);
            point.stems().forEach(json.putArray(Point.STEMS)::add);
        }
    }

    static void write(float[] vector, ArrayNode json) {
        for (float number : vector) {
            json.add(number);
        }
    }

    static Point read(String id, JsonNode fields, JsonNode vector) {
        return new Point(
                id,
                fields.path(Point.DOCUMENT).asText(),
                fields.path(Point.ORDINAL).asInt(),
                fields.path(Point.FROM).asLong(),
                fields.path(Point.UNTIL).asLong(),
                texts(fields.path(Point.TAGS)),
                texts(fields.path(Point.STEMS)),
                fields.path(Point.CONTENT).asText(),
                fields.path(Point.STORED).asText(),
                fields.path(Point.TOKENS).asText(),
                numbers(vector));
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>(list.size());
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static float[] numbers(JsonNode list) {
        var numbers = new float[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) list.get(i).asDouble();
        }
        return numbers;
    }

    /** That a collection which the last commit names is not there. */
    static MendableException gone(String where, String collection) {
        return new MendableException("The collection " + collection + " is gone from " + where
                + ", because the index was made anew meanwhile or somebody deleted it: run the same command again, or"
                + " `tandem ingest --rebuild` if that does not help.");
    }

    /** A number for each word, asked for together; words with 0 are left out. */
    static Map<String, Integer> together(List<String> stems, ToIntFunction<String> count) {
        var counts = new ConcurrentHashMap<String, Integer>();
        var room = new Semaphore(TOGETHER);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = stems.stream()
                    .map(stem -> CompletableFuture.runAsync(
                            () -> {
                                room.acquireUninterruptibly();
                                try {
                                    int found = count.applyAsInt(stem);
                                    if (found > 0) {
                                        counts.put(stem, found);
                                    }
                                } finally {
                                    room.release();
                                }
                            },
                            threads))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(asked).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
        return counts;
    }
}
