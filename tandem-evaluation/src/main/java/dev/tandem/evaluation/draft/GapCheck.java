package dev.tandem.evaluation.draft;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.ScoredPassage;
import dev.tandem.knowledge.passage.Context;
import dev.tandem.models.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks in the index whether a passage might answer a question. It errs towards "might": a passage that names the thing asked
 * about and half of what is asked of it counts, words that begin alike count as the same, and so do a few that mean the same.
 */
public final class GapCheck {
    private static final int BY_WORDS = 30;
    private static final int BY_VECTOR = 15;
    private static final double ENOUGH = 0.5;
    private static final int SAME_BEGINNING = 4;

    /** Stems of words that ask for, or answer, the same. */
    private static final List<Set<String>> SYNONYMS = List.of(
            Set.of("price", "cost", "fee", "charg", "eur", "euro", "dollar", "usd", "pai", "pay"),
            Set.of("weight", "weigh", "heavi", "kg", "g", "gram"),
            Set.of("phone", "telephon", "call", "extens"),
            Set.of("owner", "own", "lead", "respons", "manag", "head"),
            Set.of("deadlin", "due", "until", "latest"),
            Set.of("durat", "last", "long", "hour", "minut", "dai", "week"),
            Set.of("colour", "color", "black", "grei", "red", "blue"),
            Set.of("locat", "place", "address", "street", "room", "floor"));

    private final PassageIndex.Snapshot snapshot;
    private final TextEncoder encoder;

    public GapCheck(PassageIndex.Snapshot snapshot, TextEncoder encoder) {
        this.snapshot = snapshot;
        this.encoder = encoder;
    }

    /**
     * Whether nothing in the index seems to answer a question.
     *
     * @param thing the part of the question that says what it is about
     */
    public boolean isGap(String question, String thing) {
        return mightAnswer(question, thing).isEmpty();
    }

    /** The document of a passage that might answer, the best first. */
    public Optional<String> mightAnswer(String question, String thing) {
        var about = Wording.stems(thing.replaceAll("(?<= )\\p{Ll}[\\p{L}-]*", ""));
        var names = about.isEmpty() ? Wording.stems(thing) : about;
        var asked = new HashSet<>(Wording.stems(question));
        asked.removeAll(Wording.stems(thing));
        var hits = new LinkedHashSet<ScoredPassage>(snapshot.searchWords(question, BY_WORDS, new Filter.All()));
        hits.addAll(snapshot.searchVector(encoder.encodeQuestion(question).vector(), BY_VECTOR, new Filter.All()));
        return snapshot.load(new ArrayList<>(hits)).stream()
                .filter(stored -> {
                    var words = Wording.stems(Context.written(stored.passage()).replace('_', ' '));
                    long found = asked.stream().filter(stem -> has(words, stem)).count();
                    return words.containsAll(names) && found >= Math.max(1, ENOUGH * asked.size());
                })
                .map(stored -> stored.passage().document())
                .findFirst();
    }

    private static boolean has(Set<String> words, String stem) {
        var alike = SYNONYMS.stream()
                .filter(set -> set.contains(stem))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        return words.contains(stem)
                || alike.stream().anyMatch(words::contains)
                || stem.length() >= SAME_BEGINNING
                        && words.stream().anyMatch(word -> word.startsWith(stem.substring(0, SAME_BEGINNING)));
    }
}
