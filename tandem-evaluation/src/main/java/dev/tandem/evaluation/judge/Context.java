package dev.tandem.evaluation.judge;

import dev.tandem.answering.citation.HardFacts;
import dev.tandem.models.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A context made ready to be compared with claims. Immutable; may be shared by threads.
 *
 * @param sentences with their token vectors
 * @param forms of all its words
 * @param pairs of words side by side in one sentence, their forms parted by a space
 * @param numbers its numbers and dates
 * @param words the forms of all words in order, an empty one between sentences
 * @param tokens how many token vectors it holds
 */
record Context(
        List<EncodedText.Sentence> sentences,
        Set<String> forms,
        Set<String> pairs,
        Set<String> numbers,
        List<String> words,
        int tokens) {
    static Context of(List<String> texts, TextEncoder encoder) {
        var sentences = EncodedText.of(texts, encoder).sentences();
        var forms = new HashSet<String>();
        var pairs = new HashSet<String>();
        var numbers = new HashSet<String>();
        var words = new ArrayList<String>();
        int tokens = 0;
        for (var sentence : sentences) {
            var own = sentence.words().stream().map(Word::form).toList();
            forms.addAll(own);
            for (int i = 0; i + 1 < own.size(); i++) {
                pairs.add(own.get(i) + " " + own.get(i + 1));
            }
            numbers.addAll(HardFacts.numbers(sentence.text()));
            words.addAll(own);
            words.add("");
            tokens += sentence.vectors().length;
        }
        return new Context(sentences, forms, pairs, numbers, words, tokens);
    }
}
