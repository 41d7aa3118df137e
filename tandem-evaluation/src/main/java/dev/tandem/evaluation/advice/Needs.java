package dev.tandem.evaluation.advice;

/** The answers that the decision table is read by. */
public record Needs(boolean knowledgeChanges, boolean newBehaviour, boolean attribution, boolean latencyCritical) {
    /** Whether nothing but looking things up will do. */
    boolean retrieval() {
        return knowledgeChanges || attribution;
    }

    /** Whether one of the first four questions is answered by yes. */
    boolean of(Question question) {
        return switch (question) {
            case KNOWLEDGE_CHANGES -> knowledgeChanges;
            case NEW_BEHAVIOUR -> newBehaviour;
            case ATTRIBUTION -> attribution;
            case LATENCY -> latencyCritical;
            case BUDGET -> throw new IllegalArgumentException("A budget is not yes or no.");
        };
    }
}
