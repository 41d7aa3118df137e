package dev.tandem.evaluation.run;

import dev.tandem.evaluation.metric.Qrels;
import dev.tandem.evaluation.metric.RetrievalMeasure;
import dev.tandem.evaluation.metric.RetrievalMeasure.Kind;
import dev.tandem.evaluation.metric.ScoredDocument;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.strategy.StrategyAnswer.FoundPassage;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an answer rests on, held against the documents that a test case names: what was retrieved, what was cited, and whether it
 * was right to decline.
 *
 * @param k the cutoff
 */
record GroundMeasures(int k) {
    private static final int NDCG_CUTOFF = 10;

    /** Measures of retrieval are those of documents: each counts once, where its first passage stands. */
    Map<Measure, Double> retrieval(TestCase testCase, StrategyAnswer answer) {
        var values = new EnumMap<Measure, Double>(Measure.class);
        if (testCase.documents().isEmpty()) {
            return values;
        }
        var ranking = documents(answer.passages());
        var judged = testCase.documents().stream()
                .distinct()
                .collect(Collectors.toMap(Function.identity(), document -> Qrels.RELEVANT));
        values.put(Measure.RECALL, RetrievalMeasure.at(Kind.RECALL, k).value(ranking, judged));
        values.put(Measure.PRECISION, RetrievalMeasure.at(Kind.PRECISION, k).value(ranking, judged));
        values.put(Measure.PASSAGE_PRECISION, passagePrecision(answer.passages(), judged.keySet()));
        values.put(Measure.HIT_RATE, RetrievalMeasure.at(Kind.HIT_RATE, k).value(ranking, judged));
        values.put(
                Measure.RECIPROCAL_RANK,
                RetrievalMeasure.of(Kind.RECIPROCAL_RANK).value(ranking, judged));
        values.put(Measure.NDCG, RetrievalMeasure.at(Kind.NDCG, NDCG_CUTOFF).value(ranking, judged));
        return values;
    }

    /** Whether citations name the right documents, and whether it was right to decline. */
    Map<Measure, Double> answer(TestCase testCase, StrategyAnswer answer) {
        var values = new EnumMap<Measure, Double>(Measure.class);
        boolean unanswerable = testCase.type() == QuestionType.UNANSWERABLE;
        if (unanswerable) {
            values.put(Measure.ABSTENTION_RECALL, answer.abstained() ? 1.0 : 0.0);
        }
        if (answer.abstained()) {
            values.put(Measure.ABSTENTION_PRECISION, unanswerable ? 1.0 : 0.0);
        }
        if (answer.abstained() || testCase.documents().isEmpty()) {
            return values;
        }
        var named = new HashSet<>(testCase.documents());
        var cited = answer.citations().stream()
                .map(StrategyAnswer.CitedQuote::document)
                .collect(Collectors.toCollection(HashSet::new));
        int citedInAll = cited.size();
        cited.retainAll(named);
        if (citedInAll > 0) {
            values.put(Measure.CITATION_PRECISION, (double) cited.size() / citedInAll);
        }
        values.put(Measure.CITATION_RECALL, (double) cited.size() / named.size());
        return values;
    }

    private static List<ScoredDocument> documents(List<FoundPassage> passages) {
        var inOrder = new LinkedHashSet<String>();
        passages.forEach(passage -> inOrder.add(passage.document()));
        var ranking = new ArrayList<ScoredDocument>();
        inOrder.forEach(document -> ranking.add(new ScoredDocument(document, inOrder.size() - ranking.size())));
        return ranking;
    }

    private double passagePrecision(List<FoundPassage> passages, Set<String> named) {
        return passages.stream()
                        .limit(k)
                        .filter(passage -> named.contains(passage.document()))
                        .count()
                / (double) k;
    }
}
