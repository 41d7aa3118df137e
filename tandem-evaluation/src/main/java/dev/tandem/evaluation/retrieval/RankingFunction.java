package dev.tandem.evaluation.retrieval;

import dev.tandem.evaluation.metric.ScoredDocument;
import java.util.List;

/** The system under test: a question in, documents out. Called from several threads when the evaluation has several. */
@FunctionalInterface
public interface RankingFunction {
    /**
     * Retrieves for one query.
     *
     * @param depth how many documents can be used at most; more are cut after ranking by score
     * @return each document at most once, in any order: the scores rank them
     */
    List<ScoredDocument> rank(String query, String text, int depth);
}
