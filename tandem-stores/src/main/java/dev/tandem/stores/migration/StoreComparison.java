package dev.tandem.stores.migration;

import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.ScoredPassage;
import dev.tandem.knowledge.index.StoredPassage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** Whether two indexes hold the same and find the same: counted, and tried with passages of the first as questions. */
public final class StoreComparison {
    /** Sampled passages, evenly over the documents. */
    private static final int SAMPLES = 50;

    /** Hits compared a list. */
    private static final int DEPTH = 10;

    /** Words of a passage that make a question. */
    private static final int QUESTION = 12;

    /** A graph of vectors finds nearly all that comparing every vector finds. */
    private static final double ENOUGH = 0.95;

    private StoreComparison() {}

    /**
     * How far two indexes agree.
     *
     * @param sameCounts whether documents and passages are as many, and made with the same model
     * @param samples how many passages were tried
     * @param sameStored of these, how many are stored alike to the last bit
     * @param words the mean share of the ten best by words that both found
     * @param vectors the mean share of the ten nearest that both found
     */
    public record Agreement(boolean sameCounts, int samples, int sameStored, double words, double vectors) {
        /** Whether the second may stand for the first. */
        public boolean holds() {
            return sameCounts && sameStored == samples && words >= ENOUGH && vectors >= ENOUGH;
        }
    }

    /** Compares. */
    public static Agreement of(PassageIndex first, PassageIndex second, Progress progress) {
        try (var here = first.snapshot();
                var there = second.snapshot()) {
            var documents = here.documents();
            boolean sameCounts = here.passageCount() == there.passageCount()
                    && here.description().equals(there.description())
                    && documents.equals(there.documents());
            var sampled = documents.stream()
                    .filter(document -> document.passages() > 0)
                    .toList();
            int samples = Math.min(SAMPLES, sampled.size());
            int same = 0;
            double words = 0;
            double vectors = 0;
            try (var task = progress.start("Comparing", samples, "questions")) {
                for (int i = 0; i < samples; i++) {
                    var document = sampled.get((int) ((long) i * sampled.size() / samples));
                    var passage = here.passages(document.path()).get(i % document.passages());
                    same += storedAlike(passage, there) ? 1 : 0;
                    var question = question(passage);
                    var found = here.searchBoth(question, passage.vector(), DEPTH, new Filter.All());
                    var other = there.searchBoth(question, passage.vector(), DEPTH, new Filter.All());
                    words += shared(found.words(), other.words());
                    vectors += shared(found.vectors(), other.vectors());
                    task.step(1);
                }
            }
            return samples == 0
                    ? new Agreement(sameCounts, 0, 0, 1, 1)
                    : new Agreement(sameCounts, samples, same, words / samples, vectors / samples);
        }
    }

    private static boolean storedAlike(StoredPassage passage, PassageIndex.Snapshot there) {
        return there.passages(passage.passage().document()).stream()
                .filter(other -> other.passage().equals(passage.passage()))
                .anyMatch(other -> other.metadata().equals(passage.metadata())
                        && other.contentHash().equals(passage.contentHash())
                        && Arrays.equals(other.vector(), passage.vector())
                        && Arrays.equals(other.tokenVectors(), passage.tokenVectors()));
    }

    private static String question(StoredPassage passage) {
        return Arrays.stream(passage.passage().text().split("\\s+", -1))
                .limit(QUESTION)
                .reduce("", (text, word) -> text + " " + word);
    }

    private static double shared(List<ScoredPassage> first, List<ScoredPassage> second) {
        if (first.isEmpty() && second.isEmpty()) {
            return 1;
        }
        var both = new HashSet<>(places(first));
        both.retainAll(places(second));
        return (double) both.size() / Math.max(first.size(), second.size());
    }

    private static List<String> places(List<ScoredPassage> found) {
        var places = new ArrayList<String>();
        found.forEach(passage -> places.add(passage.document() + "#" + passage.ordinal()));
        return places;
    }
}
