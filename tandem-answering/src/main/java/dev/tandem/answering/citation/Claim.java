package dev.tandem.answering.citation;

import dev.tandem.knowledge.passage.Stems;
import java.util.HashSet;
import java.util.Set;

/**
 * A sentence of an answer as it is checked.
 *
 * @param words its content words as stems
 * @param facts its numbers, dates and names, which no paraphrase changes
 * @param asserts whether it says something that needs support: questions, lead-ins and "Yes." do not
 */
record Claim(Set<String> words, Set<String> facts, boolean asserts) {
    static Claim of(String sentence) {
        var words = stems(sentence);
        var facts = new HashSet<>(HardFacts.numbers(sentence));
        facts.addAll(HardFacts.names(sentence));
        boolean statement = !sentence.endsWith(":") && !sentence.endsWith("?");
        return new Claim(words, facts, statement && (words.size() > 1 || !facts.isEmpty()));
    }

    static Set<String> stems(String text) {
        var stems = new HashSet<String>();
        Stems.of(text).forEach(stem -> stems.add(stem.stem()));
        return stems;
    }
}
