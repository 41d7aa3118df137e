package dev.tandem.evaluation.advice;

import dev.tandem.evaluation.advice.Industry.Defaults;
import java.util.Optional;
import java.util.function.Function;

/** Answers made whole: what was given, else what the industry's preset says, else {@link Question#assumed()}. */
final class Resolved {
    private static final Defaults ASSUMED = new Defaults(
            assumed(Question.KNOWLEDGE_CHANGES), assumed(Question.NEW_BEHAVIOUR), assumed(Question.ATTRIBUTION));

    /** A limit in milliseconds up to which latency counts as critical. */
    private static final int CRITICAL = 500;

    private Resolved() {}

    private static boolean assumed(Question question) {
        return question.assumed().equals("yes");
    }

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
