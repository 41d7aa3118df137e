package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.passage.Context;
import dev.tandem.knowledge.passage.SentenceSplitter;
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
 *   <li>A question that asks for several things ("..., and which ...?"): the part of which the best passage has least.
 *   <li>Else words of the question that none of the best passages has, if they weigh enough: they are looked for together
 *       with the words that link the best passage to others, the names and rare words of the sentence in it that is nearest
 *       to the question.
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

    private static final int LINKS = 6;

    private final PassageIndex index;

    public GapFollowUp(PassageIndex index) {
        this.index = index;
    }

    @Override
    public Optional<Query> next(String question, List<RetrievedPassage> found, List<Hop> before, Filter filter) {
        try (var snapshot = index.snapshot()) {
            var weights = new Weights(snapshot, filter);
            var parts = QuestionParts.of(question);
            return parts.size() > 1 ? part(parts, found, before, weights) : gap(question, found, before, weights);
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
                                + part.getKey() + "\"."));
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
        double all = 0;
        double missing = 0;
        var lacking = new LinkedHashSet<String>();
        for (var word : words) {
            double weight = weights.of(word.stem());
            all += weight;
            if (!seen.contains(word.stem()) && weights.isKnown(question.substring(word.start(), word.end()))) {
                missing += weight;
                lacking.add(question.substring(word.start(), word.end()));
            }
        }
        if (lacking.isEmpty() || missing < GAP * all) {
            return Optional.empty();
        }
        var asked = words.stream().map(Stems.Stem::stem).collect(Collectors.toSet());
        var links = links(found.getFirst(), asked, weights);
        var text = String.join(" ", lacking) + (links.isEmpty() ? "" : " " + String.join(" ", links));
        if (before.stream().anyMatch(hop -> hop.query().equals(text))) {
            return Optional.empty();
        }
        return Optional.of(new Query(
                text,
                "The passages found first say nothing of \"" + String.join(" ", lacking) + "\""
                        + (links.isEmpty() ? "." : "; \"" + String.join(" ", links) + "\" of the best one leads on.")));
    }

    /** The names, numbers and rare words of the sentence that has most of the question, in their order. */
    private static List<String> links(RetrievedPassage best, Set<String> asked, Weights weights) {
        var text = best.passage().text();
        var nearest = "";
        double most = -1;
        for (var span : SentenceSplitter.split(text)) {
            var sentence = span.of(text);
            double shared = Stems.of(sentence).stream()
                    .map(Stems.Stem::stem)
                    .distinct()
                    .filter(asked::contains)
                    .mapToDouble(weights::of)
                    .sum();
            if (shared > most) {
                most = shared;
                nearest = sentence;
            }
        }
        var sentence = nearest;
        var candidates = Stems.of(sentence).stream()
                .filter(word -> !asked.contains(word.stem()))
                .toList();
        var chosen = candidates.stream()
                .sorted(Comparator.comparingDouble((Stems.Stem word) -> link(word, sentence, weights))
                        .reversed())
                .limit(LINKS)
                .collect(Collectors.toSet());
        var links = new ArrayList<String>();
        for (var word : candidates) {
            var written = sentence.substring(word.start(), word.end());
            if (chosen.contains(word) && !links.contains(written)) {
                links.add(written);
            }
        }
        return links;
    }

    /** Names lead on more than other words of the same frequency. */
    private static double link(Stems.Stem word, String sentence, Weights weights) {
        boolean name = word.start() > 0 && Character.isUpperCase(sentence.charAt(word.start()));
        return weights.of(word.stem()) * (name ? 2 : 1);
    }

    private static Set<String> stems(RetrievedPassage passage) {
        return Stems.of(Context.embedded(passage.passage())).stream()
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

        /** Whether a document that may be used has the word; that others have it must not show. */
        boolean isKnown(String word) {
            return !snapshot.searchWords(word, 1, filter).isEmpty();
        }
    }
}
