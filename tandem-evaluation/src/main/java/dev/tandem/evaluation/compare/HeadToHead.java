package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.statistics.Interval;
import dev.tandem.evaluation.testset.QuestionType;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The approaches side by side. A cell holds what was measured if anything was, else what is planned with, and says which.
 *
 * @param approaches the columns
 * @param rows every aspect with a cell for each approach, in the order of the columns
 */
public record HeadToHead(List<String> approaches, Map<Aspect, List<Cell>> rows) {
    private static final double HOURS_A_DAY = 24;

    /**
     * What is said of one approach in one respect.
     *
     * @param text as it is shown
     * @param value the number that was measured; empty where there is none
     * @param measured whether it was measured; else it is a planning assumption
     * @param source where it comes from
     */
    public record Cell(
            String text, Optional<Double> value, Optional<Interval> interval, boolean measured, String source) {
        static Cell measured(String text, double value, Optional<Interval> interval, String source) {
            return new Cell(text, Optional.of(value), interval, true, source);
        }

        static Cell planned(String text, String source) {
            return new Cell(text, Optional.empty(), Optional.empty(), false, source);
        }
    }

    public HeadToHead {
        approaches = List.copyOf(approaches);
        Map<Aspect, List<Cell>> copy = new EnumMap<>(rows);
        rows = Collections.unmodifiableMap(copy);
    }

    /**
     * Fills the table.
     *
     * @param known further measured cells by approach, such as the number of training examples as the data that it needed; they
     *     go before everything else
     */
    public static HeadToHead of(Measurements measurements, Map<String, Map<Aspect, Cell>> known) {
        Map<Aspect, List<Cell>> rows = new LinkedHashMap<>();
        for (Aspect aspect : Aspect.values()) {
            rows.put(
                    aspect,
                    measurements.approaches().stream()
                            .map(measured -> Optional.ofNullable(known.getOrDefault(measured.approach(), Map.of())
                                            .get(aspect))
                                    .or(() -> cell(measurements, measured, aspect))
                                    .orElseGet(() -> PlanningAssumptions.cell(measured.kind(), aspect)))
                            .toList());
        }
        return new HeadToHead(
                measurements.approaches().stream().map(Measured::approach).toList(), rows);
    }

    private static Optional<Cell> cell(Measurements measurements, Measured measured, Aspect aspect) {
        Costs costs = measured.costs();
        return switch (aspect) {
            case TIME_TO_PRODUCTION ->
                costs.buildHours().map(amount -> amount(amount, hours(amount.value()) + " to build"));
            case SET_UP_COST -> costs.setUp().map(amount -> amount(amount, Wording.dollars(amount.value())));
            case MONTHLY_COST -> costs.monthly().map(amount -> amount(amount, Wording.dollars(amount.value())));
            case FRESHNESS -> score(measurements, measured, Set.of(QuestionType.CHANGED));
            case FACTUAL_ACCURACY ->
                score(measurements, measured, Set.of(QuestionType.ANSWERABLE, QuestionType.SEVERAL_DOCUMENTS));
            case CUSTOM_BEHAVIOUR -> score(measurements, measured, Set.of(QuestionType.STYLE));
            case EXPLAINABILITY ->
                measured.attribution()
                        .map(share -> Cell.measured(
                                Wording.percent(share) + " of answers name a checked source",
                                share,
                                Optional.empty(),
                                "its answers"));
            case DATA_NEEDED, INFRASTRUCTURE, LOCK_IN -> Optional.empty();
        };
    }

    private static Cell amount(Amount amount, String text) {
        return new Cell(text, Optional.of(amount.value()), Optional.empty(), amount.measured(), amount.source());
    }

    private static Optional<Cell> score(Measurements measurements, Measured measured, Set<QuestionType> types) {
        return ScoreSummary.of(measurements, measured, types)
                .map(summary -> Cell.measured(
                        "%s %s [%s, %s]"
                                .formatted(
                                        measurements.metric(),
                                        Wording.score(summary.mean()),
                                        Wording.score(summary.interval().low()),
                                        Wording.score(summary.interval().high())),
                        summary.mean(),
                        Optional.of(summary.interval()),
                        "%d cases".formatted(summary.cases())));
    }

    private static String hours(double hours) {
        if (hours < 1) {
            return String.format(Locale.ROOT, "%.0f min", Math.ceil(hours * 60));
        }
        return hours < 2 * HOURS_A_DAY
                ? String.format(Locale.ROOT, "%.1f h", hours)
                : String.format(Locale.ROOT, "%.1f days", hours / HOURS_A_DAY);
    }
}
