package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.statistics.Interval;
import java.util.List;
import java.util.Optional;

/** A sentence of a verdict and every number that it rests on. */
public record Evidence(String sentence, List<Figure> figures) {
    public Evidence {
        figures = List.copyOf(figures);
    }

    static Evidence of(String sentence, Figure... figures) {
        return new Evidence(sentence, List.of(figures));
    }

    /**
     * One number.
     *
     * @param name what it is, such as {@code rag: f1}
     * @param interval 95%; empty where a number has none, such as a price or a p-value
     * @param source where it comes from
     */
    public record Figure(String name, double value, Optional<Interval> interval, String source) {
        static Figure of(String name, double value, String source) {
            return new Figure(name, value, Optional.empty(), source);
        }

        static Figure of(String name, Amount amount) {
            return of(
                    name,
                    amount.value(),
                    (amount.measured() ? "measured: " : "planning assumption: ") + amount.source());
        }
    }
}
