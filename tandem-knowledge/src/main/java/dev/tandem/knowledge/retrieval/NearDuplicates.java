package dev.tandem.knowledge.retrieval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Leaves out passages that say again what a better one said, as copies of a document and its versions do, so that the places
 * go to what is new: those of whose triples of words one better passage holds nine tenths, and all of whose numbers.
 */
public final class NearDuplicates {
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

    private NearDuplicates() {}

    /** The passages in their order without those that repeat an earlier one, or have no words at all. */
    public static List<RetrievedPassage> removed(List<RetrievedPassage> passages) {
        return removed(passages, passage -> passage.passage().text(), (one, other) -> false, passages.size());
    }

    /**
     * The same for anything with a text.
     *
     * @param newer whether the first is newer than the second: of two that say the same, it takes the other's place
     * @param most how many are wanted: what comes behind the last one's place is looked at only for newer ones
     */
    static <P> List<P> removed(List<P> passages, Function<P, String> text, BiPredicate<P, P> newer, int most) {
        var kept = new ArrayList<P>();
        var contents = new ArrayList<Content>();
        for (var passage : passages) {
            var content = content(text.apply(passage));
            if (content.triples.isEmpty()) {
                continue;
            }
            int same = IntStream.range(0, contents.size())
                    .filter(i -> contents.get(i).holds(content))
                    .findFirst()
                    .orElse(-1);
            if (same < 0 && kept.size() < most) {
                kept.add(passage);
                contents.add(content);
            } else if (same >= 0 && newer.test(passage, kept.get(same)) && content.holds(contents.get(same))) {
                kept.set(same, passage);
                contents.set(same, content);
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
