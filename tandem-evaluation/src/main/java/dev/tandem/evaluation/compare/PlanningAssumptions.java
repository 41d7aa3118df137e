package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.HeadToHead.Cell;

/** What is planned with where nothing was measured: the published planning ranges in US dollars, and what an approach is by nature. */
final class PlanningAssumptions {
    private static final String PUBLISHED = "published planning range";
    private static final String NATURE = "how the approach works";

    private PlanningAssumptions() {}

    static Cell cell(ApproachKind kind, Aspect aspect) {
        boolean byNature = switch (aspect) {
            case TIME_TO_PRODUCTION, SET_UP_COST, MONTHLY_COST -> isPrompt(kind);
            case DATA_NEEDED -> !isTuned(kind);
            case FRESHNESS, FACTUAL_ACCURACY, CUSTOM_BEHAVIOUR, EXPLAINABILITY, INFRASTRUCTURE, LOCK_IN -> true;
        };
        return Cell.planned(text(kind, aspect), byNature ? NATURE : PUBLISHED);
    }

    private static boolean isPrompt(ApproachKind kind) {
        return kind == ApproachKind.BASE || kind == ApproachKind.FEW_SHOT;
    }

    private static boolean isTuned(ApproachKind kind) {
        return kind == ApproachKind.FINE_TUNED || kind == ApproachKind.HYBRID;
    }

    private static String text(ApproachKind kind, Aspect aspect) {
        return switch (kind) {
            case BASE, FEW_SHOT -> prompted(kind, aspect);
            case RAG -> retrieved(aspect);
            case FINE_TUNED -> tuned(aspect);
            case HYBRID -> both(aspect);
        };
    }

    private static String prompted(ApproachKind kind, Aspect aspect) {
        return switch (aspect) {
            case TIME_TO_PRODUCTION -> "days";
            case SET_UP_COST -> "hardly any";
            case MONTHLY_COST -> "model calls only";
            case FRESHNESS -> "what the model knew when it was made";
            case FACTUAL_ACCURACY -> "general knowledge, none of yours";
            case CUSTOM_BEHAVIOUR ->
                kind == ApproachKind.BASE ? "by instructions" : "by instructions and a few examples";
            case EXPLAINABILITY -> "no sources";
            case DATA_NEEDED -> kind == ApproachKind.BASE ? "none" : "a few examples";
            case INFRASTRUCTURE -> "a model, hosted or local";
            case LOCK_IN -> "low: the model can be exchanged";
        };
    }

    private static String retrieved(Aspect aspect) {
        return switch (aspect) {
            case TIME_TO_PRODUCTION -> "1-2 weeks";
            case SET_UP_COST -> "$2,000-8,000";
            case MONTHLY_COST -> "$50-500";
            case FRESHNESS -> "as the documents, once they are ingested again";
            case FACTUAL_ACCURACY -> "as good as documents and retrieval";
            case CUSTOM_BEHAVIOUR -> "by instructions";
            case EXPLAINABILITY -> "answers cite documents";
            case DATA_NEEDED -> "documents";
            case INFRASTRUCTURE -> "a model, an embedding model and an index";
            case LOCK_IN -> "low: documents and model can be exchanged; a new embedding model means a new index";
        };
    }

    private static String tuned(Aspect aspect) {
        return switch (aspect) {
            case TIME_TO_PRODUCTION -> "2-6 weeks";
            case SET_UP_COST -> "$5,000-25,000";
            case MONTHLY_COST ->
                "$10-100 hosted or $200-1,000 self-hosted; $200-800 a quarter to retrain, $50-100 monitoring";
            case FRESHNESS -> "as the last training";
            case FACTUAL_ACCURACY -> "what was learned, from memory";
            case CUSTOM_BEHAVIOUR -> "learned from examples";
            case EXPLAINABILITY -> "no sources";
            case DATA_NEEDED -> "100-10,000 examples (LoRA from 100-500)";
            case INFRASTRUCTURE -> "training once in a while, and a model that serves the adapter";
            case LOCK_IN -> "an adapter fits its base model only; the examples remain";
        };
    }

    private static String both(Aspect aspect) {
        return switch (aspect) {
            case TIME_TO_PRODUCTION -> "3-8 weeks, one after the other";
            case SET_UP_COST -> "$7,000-33,000, the sum of both";
            case MONTHLY_COST -> "the sum of both";
            case FRESHNESS -> "as the documents, once they are ingested again";
            case FACTUAL_ACCURACY -> "as good as documents and retrieval";
            case CUSTOM_BEHAVIOUR -> "learned from examples";
            case EXPLAINABILITY -> "answers cite documents";
            case DATA_NEEDED -> "documents, and 100-10,000 examples (LoRA from 100-500)";
            case INFRASTRUCTURE -> "index and embedding model, training, and a model that serves the adapter";
            case LOCK_IN -> "an adapter fits its base model only; documents and examples remain";
        };
    }
}
