package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Prefers the newer among passages of nearly the same score. A passage's score rises by at most a share of the scores'
 * standard deviation, half of it for one that is a half-life older than the newest passage found, and so on. Ages are told
 * from the newest of the candidates, not from today: in an archive of which nothing was changed for years the newest version
 * still comes first. A passage without a date, or with one that is still to come, gets the mean of the others'.
 *
 * @param field the metadata field with the date
 * @param halfLife in days, above 0
 */
public record Recency(String field, double halfLife) {
    /** What the newest gains, in standard deviations of the candidates' scores. */
    private static final double GAIN = 0.3;

    public Recency {
        if (!(halfLife > 0)) {
            throw new IllegalArgumentException("A half-life is above 0 days, not " + halfLife);
        }
    }

    /** Adds to the scores of candidates what their dates say. */
    void addTo(double[] scores, List<Metadata> candidates, LocalDate today) {
        var dates = candidates.stream()
                .map(metadata -> date(metadata, field, today))
                .toList();
        var newest = dates.stream().flatMap(Optional::stream).max(LocalDate::compareTo);
        if (newest.isEmpty()) {
            return;
        }
        double scale = GAIN * deviation(scores);
        var fresh = dates.stream()
                .map(date -> date.map(day ->
                                OptionalDouble.of(Math.pow(0.5, ChronoUnit.DAYS.between(day, newest.get()) / halfLife)))
                        .orElseGet(OptionalDouble::empty))
                .toList();
        double mean =
                fresh.stream().flatMapToDouble(OptionalDouble::stream).average().orElse(0);
        for (int i = 0; i < scores.length; i++) {
            scores[i] += scale * fresh.get(i).orElse(mean);
        }
    }

    /** The latest date of a field that has come. */
    static Optional<LocalDate> date(Metadata metadata, String field, LocalDate today) {
        return metadata.values(field).stream()
                .filter(FieldValue.Date.class::isInstance)
                .map(value -> ((FieldValue.Date) value).value())
                .filter(day -> !day.isAfter(today))
                .max(LocalDate::compareTo);
    }

    private static double deviation(double[] scores) {
        double mean = Arrays.stream(scores).average().orElse(0);
        return Math.sqrt(Arrays.stream(scores)
                .map(score -> (score - mean) * (score - mean))
                .average()
                .orElse(0));
    }
}
