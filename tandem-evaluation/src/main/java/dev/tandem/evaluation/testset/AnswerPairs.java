package dev.tandem.evaluation.testset;

import dev.tandem.foundation.MendableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Predictions, one JSON object a line, {@code {"id", "prediction"}}, beside their references, {@code {"id", "references":
 * [...]}} or {@code {"id", "reference"}}, matched by id. Other fields are ignored. An empty text is a text; a list of
 * references is not empty. Immutable.
 *
 * @param pairs in the order of the predictions
 * @param withoutPrediction ids of references alone, in their order
 * @param withoutReference ids of predictions alone, in their order
 */
public record AnswerPairs(List<AnswerPair> pairs, List<String> withoutPrediction, List<String> withoutReference) {
    public AnswerPairs {
        pairs = List.copyOf(pairs);
        withoutPrediction = List.copyOf(withoutPrediction);
        withoutReference = List.copyOf(withoutReference);
    }

    private record References(List<String> texts, String place) {}

    /**
     * Reads both files.
     *
     * @throws MendableException with file and line where something is wrong, or if no id is in both
     */
    public static AnswerPairs read(Path predictions, Path references) {
        var predicted = predictions(predictions);
        var expected = references(references);
        var pairs = new ArrayList<AnswerPair>();
        var withoutReference = new ArrayList<String>();
        predicted.forEach((id, prediction) -> {
            var known = expected.get(id);
            if (known == null) {
                withoutReference.add(id);
            } else {
                pairs.add(new AnswerPair(id, prediction, known.texts, known.place));
            }
        });
        if (pairs.isEmpty()) {
            throw new MendableException("No id of " + predictions + " is in " + references
                    + " (the first are " + first(predicted) + " and " + first(expected)
                    + "): give a prediction and its references the same id.");
        }
        var withoutPrediction = expected.keySet().stream()
                .filter(id -> !predicted.containsKey(id))
                .toList();
        return new AnswerPairs(pairs, withoutPrediction, withoutReference);
    }

    /** Reads predictions that need no references. */
    public static AnswerPairs read(Path predictions) {
        var pairs = new ArrayList<AnswerPair>();
        predictions(predictions)
                .forEach((id, prediction) ->
                        pairs.add(new AnswerPair(id, prediction, List.of(), predictions.toString())));
        return new AnswerPairs(pairs, List.of(), List.of());
    }

    /** How many references each pair has; empty if they differ. */
    public OptionalInt references() {
        int[] counts = pairs.stream()
                .mapToInt(pair -> pair.references().size())
                .distinct()
                .toArray();
        return counts.length == 1 ? OptionalInt.of(counts[0]) : OptionalInt.empty();
    }

    private static Map<String, String> predictions(Path file) {
        return read(file, record -> record.text("prediction"));
    }

    private static Map<String, References> references(Path file) {
        return read(file, record -> new References(record.texts("references", "reference"), record.place()));
    }

    private static <T> Map<String, T> read(Path file, Function<IdentifiedRecords.Fields, T> value) {
        var values = new LinkedHashMap<String, T>();
        try (var records = new IdentifiedRecords(file)) {
            for (var next = records.next(); next.isPresent(); next = records.next()) {
                values.put(next.get().id(), value.apply(next.get()));
            }
        }
        if (values.isEmpty()) {
            throw new MendableException(file + " is empty: write one JSON object a line.");
        }
        return values;
    }

    private static String first(Map<String, ?> values) {
        return "'" + Shortened.of(values.keySet().iterator().next()) + "'";
    }
}
