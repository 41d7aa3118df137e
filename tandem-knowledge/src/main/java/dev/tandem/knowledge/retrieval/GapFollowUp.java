package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.passage.Context;
import dev.tandem.knowledge.passage.Stems;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to look for next, without a language model, from what the passages found lack:
 *
 * <ol>
 *   <li>The documents that the question and the best passages name ({@link NameFollowUp}).
 *   <li>Else, of a question that asks for several things ("..., and which ...?"), the part of which the best passage has least.
 *   <li>Of any other, words of the question that none of the best passages has, if they weigh enough. Names of the best passage are not
 *       added to them: that lost more than it gained (docs/benchmarks.md).
 * </ol>
 *
 * <p>How much a word weighs is its inverse document frequency. Words that no passage within the filter has are no gap: looking
 * again would not find them. Safe for use by many threads.
 */
public final class GapFollowUp implements FollowUp {
    /** Passages that count as found: what a reader would look at first. */
    private static final int LOOKED_AT = 3;

    /** The share of the question's weight that must be missing for a further look. */
    private static final double GAP = 0.2;

    /** A part of which the best passage has this share is taken as found with it. */
    private static final double COVERED = 0.95;

    private final PassageIndex index;
    private final NameFollowUp names = new NameFollowUp();

    public GapFollowUp(PassageIndex index) {
        this.index = index;
    }

    @Override
    public Optional<Query> next(String question, List<RetrievedPassage> found, List<Hop> before, Filter filter) {
        try (var snapshot = index.snapshot()) {
            var weights = new Weights(snapshot, filter);
            var parts = QuestionParts.of(question);
            return names.next(snapshot, question, found, before, filter)
                    .or(() -> parts.size() > 1
                            ? part(parts, found, before, weights)
                            : gap(question, found, before, weights));
        }
    }

    /** The part that is covered least by the best passage, and was not looked for yet. */
    private static Optional<Query> part(
            List<String> parts, List<RetrievedPassage> found, List<Hop> before, Weights weights) {
        var best = stems(found.getFirst());
        return parts.stream()
                .filter(part -> before.stream().noneMatch(hop -> hop.query().startsWith(part)))
                .map(part -> Map.entry(part, covered(part, best, weights)))
                .filter(part -> part.getValue() < COVERED)
                .min(Map.Entry.comparingByValue())
                .map(part -> new Query(
                        withSubject(part.getKey(), parts, weights),
                        "The question asks for " + parts.size() + " things, and the best passage has least of \""
                                + part.getKey() + "\".",
                        true));
    }

    private static double covered(String part, Set<String> passage, Weights weights) {
        double all = 0;
        double has = 0;
        for (var word : Stems.of(part)) {
            double weight = weights.of(word.stem());
            all += weight;
            has += passage.contains(word.stem()) ? weight : 0;
        }
        return all == 0 ? 1 : has / all;
    }

    /** A part that says "it" means what another part names: the other parts' rarest words are added to it. */
    private static String withSubject(String part, List<String> parts, Weights weights) {
        if (!part.matches("(?i).*\\b(it|its|they|them|their|this|that|these|those|one|otherwise)\\b.*")) {
            return part;
        }
        var own = Stems.of(part).stream().map(Stems.Stem::stem).collect(Collectors.toSet());
        return part + " ("
                + parts.stream()
                        .filter(other -> !other.equals(part))
                        .flatMap(other -> Stems.of(other).stream()
                                .filter(word -> !own.contains(word.stem()))
                                .map(word -> Map.entry(other.substring(word.start(), word.end()), word.stem())))
                        .sorted(Comparator.comparingDouble(
                                        (Map.Entry<String, String> word) -> weights.of(word.getValue()))
                                .reversed())
                        .map(Map.Entry::getKey)
                        .distinct()
                        .limit(2)
                        .collect(Collectors.joining(" "))
                + ")";
    }

    private static Optional<Query> gap(
            String question, List<RetrievedPassage> found, List<Hop> before, Weights weights) {
        var seen = new HashSet<String>();
        found.stream().limit(LOOKED_AT).forEach(passage -> seen.addAll(stems(passage)));
        var words = Stems.of(question);
        var unseen = new ArrayList<Stems.Stem>();
        double all = 0;
        for (var word : words) {
            all += weights.of(word.stem());
            if (!seen.contains(word.stem())) {
                unseen.add(word);
            }
        }
        // Asked of the index only where there is a gap if all of them are known.
        if (weights.sum(unseen) < GAP * all) {
            return Optional.empty();
        }
        unseen.removeIf(word -> !weights.isKnown(word.stem(), question.substring(word.start(), word.end())));
        double missing = weights.sum(unseen);
        var lacking = unseen.stream()
                .map(word -> question.substring(word.start(), word.end()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (lacking.isEmpty() || missing < GAP * all) {
            return Optional.empty();
        }
        var text = String.join(" ", lacking);
        if (before.stream().anyMatch(hop -> hop.query().equals(text))) {
            return Optional.empty();
        }
        return Optional.of(new Query(text, "The passages found first say nothing of \"" + text + "\".", false));
    }

    private static Set<String> stems(RetrievedPassage passage) {
        return Stems.of(Context.written(passage.passage())).stream()
                .map(Stems.Stem::stem)
                .collect(Collectors.toSet());
    }

    /** Inverse frequencies of one snapshot, each looked up once. */
    private static final class Weights {
        private final PassageIndex.Snapshot snapshot;
        private final Filter filter;
        private final InverseFrequency frequency;
        private final Map<String, Double> known = new HashMap<>();

        Weights(PassageIndex.Snapshot snapshot, Filter filter) {
            this.snapshot = snapshot;
            this.filter = filter;
            this.frequency = InverseFrequency.of(snapshot);
        }

        double of(String stem) {
            return known.computeIfAbsent(stem, frequency::of);
        }

        double sum(List<Stems.Stem> words) {
            return words.stream().mapToDouble(word -> of(word.stem())).sum();
        }

        /** Whether a document that may be used has the word; that others have it must not show. */
        boolean isKnown(String stem, String word) {
            return filter instanceof Filter.All
                    ? snapshot.passagesContaining(stem) > 0
                    : !snapshot.searchWords(word, 1, filter).isEmpty();
        }
    }
}
