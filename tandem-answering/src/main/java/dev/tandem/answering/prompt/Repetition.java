package dev.tandem.answering.prompt;

import dev.tandem.knowledge.retrieval.RetrievedPassage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Leaves out passages that say again what a better one said, so that the budget goes to what is new. */
final class Repetition {
    /** Share of a passage's word triples that one better passage must hold for it to add nothing. */
    private static final double REPEATED = 0.9;

    private static final int WORDS_TOGETHER = 3;
    private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private record Content(Set<String> triples, Set<String> numbers) {
        /** Numbers decide: last year's policy may differ from this year's in nothing else. */
        boolean holds(Content other) {
            long shared = other.triples.stream().filter(triples::contains).count();
            return shared >= REPEATED * other.triples.size() && numbers.containsAll(other.numbers);
        }
    }

    private Repetition() {}

    /** The passages in their order without those that repeat an earlier one. */
    static List<RetrievedPassage> removed(List<RetrievedPassage> passages) {
        var kept = new ArrayList<RetrievedPassage>();
        var contents = new ArrayList<Content>();
        for (var passage : passages) {
            var content = content(passage.passage().text());
            if (!content.triples.isEmpty() && contents.stream().noneMatch(better -> better.holds(content))) {
                kept.add(passage);
                contents.add(content);
            }
        }
        return kept;
    }

    private static Content content(String text) {
        var words = NOT_A_WORD
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
        var triples = new HashSet<String>();
        var numbers = new HashSet<String>();
        for (int i = 0; i < words.size(); i++) {
            if (i + WORDS_TOGETHER <= words.size()) {
                triples.add(String.join(" ", words.subList(i, i + WORDS_TOGETHER)));
            }
            if (Character.isDigit(words.get(i).codePointAt(0))) {
                numbers.add(words.get(i));
            }
        }
        if (triples.isEmpty() && !words.isEmpty()) {
            triples.add(String.join(" ", words));
        }
        return new Content(triples, numbers);
    }
}
