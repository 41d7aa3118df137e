package dev.tandem.evaluation.run;

import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import java.util.Optional;

/**
 * What is measured of an example, in the order in which it is shown. Each is a number of one example, and its summary the mean over
 * those that have it; BLEU and chrF alone are summarised over the corpus, and latency by percentiles.
 */
enum Measure {
    ACCURACY("accuracy", Part.TASK),
    EXACT_MATCH("exact_match", Part.ANSWERS),
    F1("f1", Part.ANSWERS),
    CONTAINED("contained", Part.ANSWERS),
    SIMILARITY("similarity", Part.ANSWERS),
    BLEU("bleu", Part.TEXTS),
    ROUGE_L("rougeL", Part.TEXTS),
    CHRF("chrf", Part.TEXTS),
    FAITHFULNESS("faithfulness", Part.JUDGED),
    ANSWER_RELEVANCY("answer_relevancy", Part.JUDGED),
    CONTEXT_RELEVANCY("context_relevancy", Part.CONTEXT),
    HALLUCINATION_RATE("hallucination_rate", Part.JUDGED),
    RECALL("recall@", Part.DOCUMENTS),
    PRECISION("precision@", Part.DOCUMENTS),
    PASSAGE_PRECISION("passage_precision@", Part.DOCUMENTS),
    HIT_RATE("hit_rate@", Part.DOCUMENTS),
    RECIPROCAL_RANK("mrr", Part.DOCUMENTS),
    NDCG("ndcg@10", Part.DOCUMENTS),
    CITATION_PRECISION("citation_precision", Part.CITATIONS),
    CITATION_RECALL("citation_recall", Part.CITED),
    ABSTENTION_PRECISION("abstention_precision", Part.DECLINED),
    ABSTENTION_RECALL("abstention_recall", Part.UNANSWERABLE),
    CONSISTENCY("consistency", Part.REPEATED),
    CONSISTENCY_EXACT("consistency_exact", Part.REPEATED),
    LATENCY("latency_ms", Part.ALL),
    PROMPT_TOKENS("prompt_tokens", Part.ALL),
    ANSWER_TOKENS("answer_tokens", Part.ALL),
    COST("cost", Part.ALL);

    /** Which examples should have a measure. */
    private enum Part {
        ALL,
        /** Where right and wrong can be told. */
        TASK,
        ANSWERS,
        TEXTS,
        DOCUMENTS,
        UNANSWERABLE,
        DECLINED,
        JUDGED,
        CONTEXT,
        CITATIONS,
        CITED,
        REPEATED
    }

    /**
     * What a run can measure at all.
     *
     * @param retrieves whether the strategy does
     * @param judged whether there is a judge of faithfulness
     * @param rightness by what answers are right
     */
    record Scope(boolean retrieves, boolean judged, Rightness rightness, EvaluationSettings settings) {}

    private final String label;
    private final Part part;

    Measure(String label, Part part) {
        this.label = label;
        this.part = part;
    }

    /** Its name in results, with the cutoff where it has one. */
    String label(EvaluationSettings settings) {
        return label.endsWith("@") ? label + settings.k() : label;
    }

    /** Where a metric of this name is shown among the others. */
    static int place(String metric) {
        int place = 0;
        for (var measure : values()) {
            boolean same =
                    measure.label.endsWith("@") ? metric.startsWith(measure.label) : metric.equals(measure.label);
            if (same) {
                break;
            }
            place++;
        }
        return place;
    }

    /**
     * Whether an example should have it: a value that it should have and has not is missing. Of an example that failed nobody
     * knows whether it would have been answered; one that can be is taken for answered.
     */
    boolean belongsTo(TestCase testCase, Optional<StrategyAnswer> answer, Scope scope) {
        boolean unanswerable = testCase.type() == QuestionType.UNANSWERABLE;
        boolean declined = answer.map(StrategyAnswer::abstained).orElse(unanswerable);
        boolean documents = scope.retrieves() && !testCase.documents().isEmpty();
        return switch (part) {
            case ALL -> true;
            case TASK -> scope.rightness().isTold(testCase);
            case ANSWERS -> References.areTold(testCase);
            case TEXTS -> References.areTexts(testCase);
            case DOCUMENTS -> documents;
            case UNANSWERABLE -> unanswerable;
            case DECLINED -> answer.isPresent() && declined;
            case JUDGED -> scope.judged() && scope.retrieves() && !declined;
            case CONTEXT -> scope.judged() && scope.retrieves();
            case CITATIONS ->
                documents
                        && !declined
                        && answer.map(each -> !each.citations().isEmpty()).orElse(true);
            case CITED -> documents && !declined;
            case REPEATED -> scope.settings().repeat() > 1;
        };
    }
}
