package dev.tandem.evaluation.advice;

import dev.tandem.evaluation.cost.Approach;
import dev.tandem.evaluation.cost.PlanningFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What follows of an answer, in words. */
final class Consequences {
    private Consequences() {}

    static String of(Question question, Needs needs) {
        boolean yes = needs.of(question);
        return switch (question) {
            case KNOWLEDGE_CHANGES ->
                yes
                        ? "What changes has to be looked up when it is asked for: retrieval is needed."
                        : "Stable knowledge can be learned as well as looked up: retrieval is not forced.";
            case NEW_BEHAVIOUR ->
                yes
                        ? "Style, format and tasks are learned from examples: tuning is needed."
                        : "Nothing has to be learned: tuning is not forced.";
            case ATTRIBUTION ->
                yes
                        ? "Only what looks things up knows its sources: retrieval is needed."
                        : "Answers may stand without a source.";
            case LATENCY -> latency(needs);
            case BUDGET -> throw new IllegalArgumentException("A budget is not yes or no.");
        };
    }

    private static String latency(Needs needs) {
        if (!needs.latencyCritical()) {
            return "There is time to look things up.";
        }
        return needs.retrieval()
                ? "Conflict: retrieval costs time (the longer prompt more than the search), yet it is needed."
                : "A tuned model answers fastest, without a search and from a short prompt: speaks for fine-tuning.";
    }

    static String ofBudget(boolean given, Set<Approach> unaffordable, Function<Approach, String> least) {
        if (!given) {
            return "Nothing is ruled out.";
        }
        if (unaffordable.isEmpty()) {
            return "Enough to begin with any approach.";
        }
        return "Rules out "
                + unaffordable.stream()
                        .map(each -> each.label() + " (starts at " + least.apply(each) + ")")
                        .collect(Collectors.joining(", "))
                + ".";
    }

    static String ofExamples(boolean few) {
        return few
                ? "Speaks against tuning, which needs " + PlanningFigures.EXAMPLES
                        + " examples: collect more (`tandem dataset collect`)."
                : "Enough to tune on (" + PlanningFigures.EXAMPLES + " are needed; LoRA is useful from "
                        + PlanningFigures.LORA_EXAMPLES + ").";
    }

    /** What an approach leaves of the needs, and why that is the least bad. */
    static List<String> givesWay(Approach approach, Needs needs, boolean measured) {
        var givesWay = new ArrayList<String>();
        if (needs.retrieval() && approach == Approach.FINE_TUNING) {
            givesWay.add(
                    "fresh knowledge and sources: a tuned model knows what it was trained on, and cannot say from where;"
                            + " what changes waits for the next training");
        }
        // What was measured to be best on the team's own test set has shown the behaviour that is needed.
        if (needs.newBehaviour() && approach == Approach.RAG && !measured) {
            givesWay.add("the new behaviour: until it can be tuned, instructions and examples in the prompt"
                    + " (answer.prompt_file) have to do");
        }
        if (needs.latencyCritical() && approach != Approach.FINE_TUNING) {
            givesWay.add("the answer time: retrieval makes prompts longer, so keep them short by the settings below and"
                    + " measure; a wrong or unsourced answer is not mended by being fast");
        }
        return givesWay;
    }
}
