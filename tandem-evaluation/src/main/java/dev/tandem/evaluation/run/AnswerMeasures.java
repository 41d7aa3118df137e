package dev.tandem.evaluation.run;

import dev.tandem.evaluation.metric.AnswerMetrics;
import dev.tandem.evaluation.metric.SemanticSimilarity;
import dev.tandem.evaluation.metric.text.Bleu;
import dev.tandem.evaluation.metric.text.Chrf;
import dev.tandem.evaluation.metric.text.Rouge;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer held against the right ones. A declined answer is as an empty one. BLEU and chrF are shares here, a hundredth of
 * what sacrebleu prints, so that every measure of quality is in [0, 1].
 */
record AnswerMeasures(SemanticSimilarity similarity) {
    private static final double PERCENT = 100;

    Map<Measure, Double> of(TestCase testCase, StrategyAnswer answer) {
        var values = new EnumMap<Measure, Double>(Measure.class);
        if (testCase.type() == QuestionType.UNANSWERABLE) {
            return values;
        }
        if (!References.areTold(testCase)) {
            return values;
        }
        var text = said(answer);
        var references = References.whole(testCase);
        var words = AnswerMetrics.of(text, references);
        values.put(Measure.EXACT_MATCH, words.exactMatch());
        values.put(Measure.F1, words.f1());
        values.put(Measure.CONTAINED, contained(testCase, text, words));
        values.put(Measure.SIMILARITY, similarity.of(text, references));
        if (References.areTexts(testCase)) {
            values.put(Measure.BLEU, Bleu.DEFAULT.sentenceScore(Bleu.DEFAULT.counts(text, references)) / PERCENT);
            values.put(Measure.ROUGE_L, rougeL(text, references));
            values.put(Measure.CHRF, Chrf.DEFAULT.sentenceScore(Chrf.DEFAULT.counts(text, references)) / PERCENT);
        }
        return values;
    }

    /** What is compared of an answer. */
    static String said(StrategyAnswer answer) {
        return answer.abstained() ? "" : answer.text();
    }

    private static double contained(TestCase testCase, String text, AnswerMetrics ofAny) {
        return testCase.type() == QuestionType.SEVERAL_DOCUMENTS
                ? testCase.answers().stream()
                        .mapToDouble(
                                part -> AnswerMetrics.of(text, List.of(part)).contained())
                        .min()
                        .orElse(0)
                : ofAny.contained();
    }

    private static double rougeL(String text, List<String> references) {
        return Optional.ofNullable(new Rouge(false).scores(text, references).get(Rouge.Kind.ROUGE_L))
                .orElseThrow()
                .fMeasure();
    }
}
