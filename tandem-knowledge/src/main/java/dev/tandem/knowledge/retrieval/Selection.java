package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.index.StoredPassage;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which of the candidates become the result, beyond their scores; in this order: newer ones are preferred, repetitions left
 * out, and what resembles the passages before put behind what does not.
 *
 * @param withoutNearDuplicates whether a passage that repeats a better one is left out; of two that say the same, the newer
 *     one stays, in the better one's place
 * @param diversity how much resemblance to better passages counts beside the score, in [0, 1): maximal marginal relevance
 *     (Carbonell and Goldstein 1998) with lambda = 1 - diversity; 0 for none
 * @param recency how much newer ones are preferred; empty for not at all
 * @param dateField the metadata field that tells which of two is newer
 */
public record Selection(boolean withoutNearDuplicates, double diversity, Optional<Recency> recency, String dateField) {
    /** The best by score. */
    public static final Selection BY_SCORE = new Selection(false, 0, Optional.empty(), "updated");

    public Selection {
        if (!(diversity >= 0 && diversity < 1)) {
            throw new IllegalArgumentException("Diversity is in [0, 1), not " + diversity);
        }
    }

    boolean isByScore() {
        return !withoutNearDuplicates && diversity == 0 && recency.isEmpty();
    }

    /** A candidate: where it stands among them, and its score. */
    record Chosen(int candidate, double score) {}

    /**
     * The best candidates.
     *
     * @param scores changed in place
     * @param reranked how many of the first scores compare with each other; those behind stay behind, in their order
     */
    List<Chosen> of(List<StoredPassage> candidates, double[] scores, int reranked, int count) {
        var today = LocalDate.now(ZoneOffset.UTC);
        int pool = reranked == 0 ? candidates.size() : reranked;
        var compared = Arrays.copyOf(scores, pool);
        recency.ifPresent(newer -> newer.addTo(
                compared,
                candidates.subList(0, pool).stream()
                        .map(StoredPassage::metadata)
                        .toList(),
                today));
        System.arraycopy(compared, 0, scores, 0, pool);
        var order = new ArrayList<Integer>(
                IntStream.range(0, candidates.size()).boxed().toList());
        // The sort is stable: what was not re-ranked stays behind what was, in its order.
        order.subList(0, pool)
                .sort(Comparator.comparingDouble((Integer i) -> scores[i]).reversed());
        List<Integer> left = withoutNearDuplicates
                ? NearDuplicates.removed(
                        order,
                        i -> candidates.get(i).passage().text(),
                        (one, other) -> isNewer(candidates.get(one), candidates.get(other), today),
                        diversity > 0 ? order.size() : count)
                : order;
        var chosen = diversity > 0 ? diverse(left, pool, candidates, scores) : left;
        return chosen.stream().limit(count).map(i -> new Chosen(i, scores[i])).toList();
    }

    private boolean isNewer(StoredPassage one, StoredPassage other, LocalDate today) {
        var date = Recency.date(one.metadata(), dateField, today);
        var than = Recency.date(other.metadata(), dateField, today);
        return date.isPresent() && than.isPresent() && date.get().isAfter(than.get());
    }

    /** Scores are put between 0 and 1, where similarities are, before the two are weighed. */
    private List<Integer> diverse(List<Integer> order, int pool, List<StoredPassage> candidates, double[] scores) {
        var left = new ArrayList<>(order.stream().filter(i -> i < pool).toList());
        double highest = left.stream().mapToDouble(i -> scores[i]).max().orElse(0);
        double lowest = left.stream().mapToDouble(i -> scores[i]).min().orElse(0);
        double range = highest == lowest ? 1 : highest - lowest;
        var chosen = new ArrayList<Integer>(order.size());
        var nearest = new double[scores.length];
        while (!left.isEmpty()) {
            int next = left.stream()
                    .max(Comparator.comparingDouble(
                            i -> (1 - diversity) * (scores[i] - lowest) / range - diversity * nearest[i]))
                    .orElseThrow();
            left.remove(Integer.valueOf(next));
            chosen.add(next);
            for (int i : left) {
                double similarity = LateInteraction.dot(
                        candidates.get(i).vector(), candidates.get(next).vector());
                nearest[i] = Math.max(nearest[i], similarity);
            }
        }
        order.stream().filter(i -> i >= pool).forEach(chosen::add);
        return chosen;
    }
}
