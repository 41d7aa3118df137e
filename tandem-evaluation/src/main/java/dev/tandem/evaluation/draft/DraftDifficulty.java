package dev.tandem.evaluation.draft;

import dev.tandem.evaluation.testset.Difficulty;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.ScoredPassage;

/**
 * How hard a draft is, by a rule that anyone can check: easy if the search by words alone (BM25) finds the document first,
 * medium if among the first {@value #NEAR} passages, else hard. Several documents: the hardest part, never easy. Unanswerable:
 * medium if the words lead to the document that it was made from, so that a system is tempted, else easy.
 */
public final class DraftDifficulty {
    private static final int NEAR = 5;

    private DraftDifficulty() {}

    public static Difficulty of(Draft draft, PassageIndex.Snapshot snapshot) {
        var found = snapshot.searchWords(draft.question(), NEAR, new Filter.All()).stream()
                .map(ScoredPassage::document)
                .toList();
        var worst = draft.documents().stream()
                .map(document -> !found.contains(document)
                        ? Difficulty.HARD
                        : document.equals(found.getFirst()) ? Difficulty.EASY : Difficulty.MEDIUM)
                .max(java.util.Comparator.naturalOrder())
                .orElse(Difficulty.HARD);
        if (draft.type() == QuestionType.UNANSWERABLE) {
            return found.stream().anyMatch(draft.documents()::contains) ? Difficulty.MEDIUM : Difficulty.EASY;
        }
        return draft.type() == QuestionType.SEVERAL_DOCUMENTS && worst == Difficulty.EASY ? Difficulty.MEDIUM : worst;
    }
}
