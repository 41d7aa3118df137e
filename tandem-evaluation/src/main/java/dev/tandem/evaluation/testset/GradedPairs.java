package dev.tandem.evaluation.testset;

import dev.tandem.evaluation.metric.Qrels;
import java.util.LinkedHashMap;
import java.util.Map;

/** Judgements collected line by line, where every mistake is that of the line last read. */
final class GradedPairs {
    private final Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();

    void add(NumberedLines lines, String query, String document, String grade) {
        if (query.isEmpty() || document.isEmpty()) {
            throw lines.error("an id is empty", "give every query and document an id");
        }
        Integer before =
                grades.computeIfAbsent(query, any -> new LinkedHashMap<>()).putIfAbsent(document, parse(lines, grade));
        if (before != null) {
            throw lines.error(
                    "document '" + document + "' was already judged for query '" + query + "'",
                    "keep one judgement for each pair");
        }
    }

    Qrels toQrels() {
        return new Qrels(grades);
    }

    private static int parse(NumberedLines lines, String grade) {
        try {
            return Integer.parseInt(grade);
        } catch (NumberFormatException cause) {
            throw lines.error("the grade '" + Shortened.of(grade) + "' is no whole number", "write 0, 1, 2, ...");
        }
    }
}
