package dev.tandem.evaluation.advice;

import dev.tandem.evaluation.advice.Industry.Defaults;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers made whole: what was given, else what the industry's preset says, else an assumption. Assumed is what leads to the
 * approach that is cheapest to begin with and to leave again: knowledge changes, no new behaviour, no sources, no hurry.
 */
final class Resolved {
    private static final Defaults ASSUMED = new Defaults(true, false, false);

    /** A limit in milliseconds up to which latency counts as critical. */
    private static final int CRITICAL = 500;

    private Resolved() {}

    static Needs needs(Answers answers) {
        var defaults = answers.industry().map(Industry::defaults).orElse(ASSUMED);
        return new Needs(
                answers.knowledgeChanges().orElse(defaults.knowledgeChanges()),
                answers.newBehaviour().orElse(defaults.newBehaviour()),
                answers.attribution().orElse(defaults.attribution()),
                answers.latencyMs().orElse(Integer.MAX_VALUE) <= CRITICAL);
    }

    static Origin origin(Question question, Answers answers) {
        return switch (question) {
            case KNOWLEDGE_CHANGES -> origin(answers, Answers::knowledgeChanges);
            case NEW_BEHAVIOUR -> origin(answers, Answers::newBehaviour);
            case ATTRIBUTION -> origin(answers, Answers::attribution);
            case LATENCY -> answers.latencyMs().isPresent() ? Origin.GIVEN : Origin.ASSUMED;
            case BUDGET -> answers.budget().isPresent() ? Origin.GIVEN : Origin.ASSUMED;
        };
    }

    private static Origin origin(Answers answers, Function<Answers, Optional<Boolean>> answer) {
        if (answer.apply(answers).isPresent()) {
            return Origin.GIVEN;
        }
        return answers.industry().isPresent() ? Origin.PRESET : Origin.ASSUMED;
    }

    static String answer(Question question, Answers answers) {
        boolean yes = needs(answers).of(question);
        if (question == Question.LATENCY && answers.latencyMs().isPresent()) {
            return (yes ? "yes" : "no") + ", within " + answers.latencyMs().getAsInt() + " ms";
        }
        return yes ? "yes" : "no";
    }
}
