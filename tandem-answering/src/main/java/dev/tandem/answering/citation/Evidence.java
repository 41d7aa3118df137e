package dev.tandem.answering.citation;

import dev.tandem.knowledge.passage.Passage;
import dev.tandem.knowledge.passage.SentenceSplitter;
import dev.tandem.knowledge.passage.SentenceSplitter.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How well one passage supports claims, by its words alone: a claim's content words must stand together in a sentence or
 * two of it (its title and headings count as said), its numbers, dates and names anywhere in it. Immutable.
 */
final class Evidence {
    /** A second sentence is quoted only for at least this share more of the claim: a short quote is checked faster. */
    private static final double SECOND_SENTENCE_GAIN = 0.15;

    private final Passage passage;
    private final List<Span> sentences;
    private final List<Set<String>> words;
    private final Set<String> above;
    private final Set<String> facts;

    /**
     * What a passage has for a claim.
     *
     * @param words those of the claim's content words that the quote or a heading has
     * @param facts those of the claim's numbers, dates and names that the passage has
     * @param start the quote's first char in the passage
     * @param end behind its last char; equal to the start where nothing is worth quoting
     */
    record Support(Set<String> words, Set<String> facts, int start, int end) {
        double share(Claim claim) {
            return claim.words().isEmpty()
                    ? 0
                    : words.size() / (double) claim.words().size();
        }
    }

    Evidence(Passage passage) {
        this.passage = passage;
        this.sentences = SentenceSplitter.split(passage.text());
        this.words = sentences.stream()
                .map(span -> Claim.stems(span.of(passage.text())))
                .toList();
        var heading = passage.title() + "\n" + String.join("\n", passage.headings());
        this.above = Claim.stems(heading);
        this.facts = HardFacts.numbers(heading + "\n" + passage.text());
        facts.addAll(above);
        words.forEach(facts::addAll);
    }

    Passage passage() {
        return passage;
    }

    /** The best quote for a claim: the earliest that has most of its words. */
    Support support(Claim claim) {
        var best = new Support(Set.of(), shared(claim.facts(), facts), 0, 0);
        for (int i = 0; i < sentences.size(); i++) {
            best = better(best, said(claim, i, i));
        }
        var pair = best;
        for (int i = 0; i + 1 < sentences.size(); i++) {
            pair = better(pair, said(claim, i, i + 1));
        }
        return pair.share(claim) - best.share(claim) >= SECOND_SENTENCE_GAIN ? pair : best;
    }

    private Support said(Claim claim, int first, int last) {
        var said = shared(claim.words(), words.get(first));
        said.addAll(shared(claim.words(), words.get(last)));
        if (!said.isEmpty()) {
            said.addAll(shared(claim.words(), above));
        }
        int start = sentences.get(first).start();
        return new Support(
                said, shared(claim.facts(), facts), start, sentences.get(last).end());
    }

    private static Support better(Support one, Support other) {
        return other.words().size() > one.words().size() ? other : one;
    }

    private static Set<String> shared(Set<String> claimed, Set<String> there) {
        var shared = new HashSet<>(claimed);
        shared.retainAll(there);
        return shared;
    }
}
