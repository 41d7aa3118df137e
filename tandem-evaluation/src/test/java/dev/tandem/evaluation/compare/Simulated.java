package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.testset.QuestionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Measurements of cases that are right or wrong by a pattern, for tests that want to know what comes out. */
final class Simulated {
    private Simulated() {}

    /** Cases c0, c1, ..., all of one type and alone. */
    static List<ComparedCase> cases(int number) {
        return cases(number, QuestionType.ANSWERABLE, "c");
    }

    static List<ComparedCase> cases(int number, QuestionType type, String prefix) {
        List<ComparedCase> cases = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            cases.add(new ComparedCase(prefix + i, type, Optional.empty()));
        }
        return cases;
    }

    /** Right on the cases from one number to before another. */
    static Map<String, Double> right(List<ComparedCase> cases, int from, int to) {
        Map<String, Double> quality = new LinkedHashMap<>();
        for (int i = 0; i < cases.size(); i++) {
            quality.put(cases.get(i).id(), i >= from && i < to ? 1.0 : 0.0);
        }
        return quality;
    }

    static Map<String, Double> everywhere(List<ComparedCase> cases, double latency) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < cases.size(); i++) {
            values.put(cases.get(i).id(), latency * (1 + i % 10 / 10.0));
        }
        return values;
    }

    static Measured measured(String name, Map<String, Double> quality) {
        return new Measured(name, ApproachKind.RAG, quality, Map.of(), Costs.UNKNOWN, Optional.empty());
    }

    static Measured measured(String name, Map<String, Double> quality, Map<String, Double> latency, double monthly) {
        return new Measured(
                name,
                ApproachKind.RAG,
                quality,
                latency,
                new Costs(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Amount.assumed(monthly, "price book of 2026-01-01")),
                        Optional.empty()),
                Optional.empty());
    }

    static Measurements of(List<ComparedCase> cases, Measured... approaches) {
        return new Measurements("accuracy", cases, List.of(approaches), 11);
    }
}
