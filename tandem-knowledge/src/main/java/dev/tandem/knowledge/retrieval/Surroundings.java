package dev.tandem.knowledge.retrieval;

import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.StoredPassage;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.models.embedding.Encoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands around passages in their documents, for whoever answers from them: passages are found small and read with their
 * context. Each stays a passage of its own, so that citations point to where a quote stands. Of the same document as the
 * passage itself, so that nothing comes in that a filter or an access list keeps out. Safe for use by many threads.
 */
public final class Surroundings {
    /** Sections are looked through this far in both directions. */
    private static final int FARTHEST = 16;

    private final PassageIndex index;
    private final Settings settings;

    /**
     * How much.
     *
     * @param neighbours how many passages before and after each, at least 0
     * @param parentTokens how long the part of the passage's section around it may be, itself included, in tokens; 0 for none
     */
    public record Settings(int neighbours, int parentTokens) {
        /** Nothing around. */
        public static final Settings NONE = new Settings(0, 0);
    }

    public Surroundings(PassageIndex index, Settings settings) {
        this.index = index;
        this.settings = settings;
    }

    /**
     * The passages with what is around each, in the document's order, the best passage's surroundings first; no passage twice.
     * What is added has the score of the passage that it is added for.
     */
    public List<RetrievedPassage> around(List<RetrievedPassage> passages, Encoding question) {
        if (settings.equals(Settings.NONE) || passages.isEmpty()) {
            return passages;
        }
        var found = new HashMap<String, RetrievedPassage>();
        passages.forEach(passage -> found.put(passage.passage().id(), passage));
        var all = new ArrayList<RetrievedPassage>();
        var taken = new HashSet<String>();
        try (var snapshot = index.snapshot()) {
            for (var passage : passages) {
                for (var near : near(passage.passage(), snapshot)) {
                    if (taken.add(near.passage().id())) {
                        all.add(Optional.ofNullable(found.get(near.passage().id()))
                                .orElseGet(() -> added(near, passage, question)));
                    }
                }
                // The index may have changed since it was found.
                if (taken.add(passage.passage().id())) {
                    all.add(passage);
                }
            }
        }
        return List.copyOf(all);
    }

    private static RetrievedPassage added(StoredPassage near, RetrievedPassage to, Encoding question) {
        double cosine = near.vector().length == question.vector().length
                ? LateInteraction.dot(near.vector(), question.vector())
                : 0;
        return new RetrievedPassage(near.passage(), near.metadata(), to.score(), cosine);
    }

    private List<StoredPassage> near(Passage passage, PassageIndex.Snapshot snapshot) {
        int reach = settings.parentTokens() > 0 ? Math.max(FARTHEST, settings.neighbours()) : settings.neighbours();
        int place = passage.ordinal();
        var range = snapshot.passages(passage.document(), place - reach, place + reach);
        var byPlace = new HashMap<Integer, StoredPassage>();
        range.forEach(stored -> byPlace.put(stored.passage().ordinal(), stored));
        var parent = parent(passage, byPlace);
        int from = Math.min(parent.from(), place - settings.neighbours());
        int to = Math.max(parent.to(), place + settings.neighbours());
        return range.stream()
                .filter(stored ->
                        stored.passage().ordinal() >= from && stored.passage().ordinal() <= to)
                .toList();
    }

    private record Range(int from, int to) {}

    /** Grows to both sides in turn, within the section, as long as the length allows. */
    private Range parent(Passage passage, Map<Integer, StoredPassage> byPlace) {
        int from = passage.ordinal();
        int to = passage.ordinal();
        int left = settings.parentTokens() - passage.tokens();
        boolean more = true;
        while (more) {
            more = false;
            for (int next : new int[] {to + 1, from - 1}) {
                var other = Optional.ofNullable(byPlace.get(next)).map(StoredPassage::passage);
                if (other.isPresent()
                        && other.get().headings().equals(passage.headings())
                        && other.get().tokens() <= left) {
                    left -= other.get().tokens();
                    from = Math.min(from, next);
                    to = Math.max(to, next);
                    more = true;
                }
            }
        }
        return new Range(from, to);
    }
}
