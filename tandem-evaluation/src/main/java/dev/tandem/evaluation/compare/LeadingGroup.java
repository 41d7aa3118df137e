package dev.tandem.evaluation.compare;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The best guess, and with it those that the data do not tell from it.
 *
 * @param members the best guess first, then by score
 * @param means of every candidate, over the cases that all candidates have a score for (over its own if there are none)
 * @param comparisons of the best guess with every other candidate, seen from the best guess, by the other's name; a pair without a
 *     case in common is not in it
 */
record LeadingGroup(List<Measured> members, Map<String, Double> means, Map<String, PairComparison> comparisons) {

    /**
     * @param candidates at least one, each with at least one score; of equals the first is the best guess
     */
    static LeadingGroup of(Measurements measurements, List<Measured> candidates, Comparisons comparisons) {
        Map<String, Double> means = means(measurements, candidates);
        // Rounding differs with the order of adding up; equals stay in the order given.
        List<Measured> ranked = candidates.stream()
                .sorted(Comparator.comparingDouble((Measured one) -> -Math.round(mean(means, one) * 1e12)))
                .toList();
        Measured best = ranked.getFirst();
        Map<String, PairComparison> ofBest = new HashMap<>();
        ranked.stream()
                .skip(1)
                .forEach(other -> comparisons
                        .between(best.approach(), other.approach(), Optional.empty())
                        .ifPresent(pair -> ofBest.put(other.approach(), pair)));
        List<Measured> members = ranked.stream()
                .filter(one -> one.equals(best) || !clearlyWorse(ofBest, one))
                .toList();
        return new LeadingGroup(members, Map.copyOf(means), Map.copyOf(ofBest));
    }

    private static Map<String, Double> means(Measurements measurements, List<Measured> candidates) {
        List<String> common = measurements.cases().stream()
                .map(ComparedCase::id)
                .filter(id -> candidates.stream().allMatch(one -> one.quality().containsKey(id)))
                .toList();
        Map<String, Double> means = new HashMap<>();
        for (Measured one : candidates) {
            means.put(
                    one.approach(),
                    (common.isEmpty()
                                    ? one.quality().values().stream()
                                    : common.stream().map(one.quality()::get))
                            .mapToDouble(score -> Objects.requireNonNull(score))
                            .average()
                            .orElseThrow());
        }
        return means;
    }

    private static boolean clearlyWorse(Map<String, PairComparison> ofBest, Measured one) {
        PairComparison pair = ofBest.get(one.approach());
        return pair != null && pair.significant() && pair.difference() > 0;
    }

    private static double mean(Map<String, Double> means, Measured one) {
        return Objects.requireNonNull(means.get(one.approach()));
    }

    Measured best() {
        return members.getFirst();
    }

    /** How far each member is behind the best guess in score, in the order of the members. */
    List<Double> behind() {
        return members.stream()
                .map(one -> mean(means, best()) - mean(means, one))
                .toList();
    }

    List<String> names() {
        return members.stream().map(Measured::approach).toList();
    }

    /** The comparisons of the best guess that found no difference. */
    List<PairComparison> open() {
        return members.stream()
                .skip(1)
                .map(one -> Optional.ofNullable(comparisons.get(one.approach())))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The comparisons of the best guess with those that are clearly worse. */
    List<PairComparison> decided() {
        return comparisons.values().stream()
                .filter(pair -> !names().contains(pair.second()))
                .sorted(Comparator.comparingDouble(PairComparison::difference))
                .toList();
    }
}
