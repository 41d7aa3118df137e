package dev.tandem.evaluation.advice;

import dev.tandem.evaluation.cost.Approach;
import dev.tandem.evaluation.cost.CostModel;
import dev.tandem.evaluation.cost.Estimate;
import dev.tandem.evaluation.cost.PlanningFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Walks the decision questions. The table says what suits the needs; a budget rules out what cannot be set up for it, too few
 * examples speak against tuning; where nothing satisfies everything, the least bad is named with what gives way. Measured
 * evidence overrules these rules of thumb, but no budget and no need to name sources.
 */
public final class Advisor {
    private final CostModel costs;

    /**
     * @param costs by which a budget is judged
     */
    public Advisor(CostModel costs) {
        this.costs = costs;
    }

    /** The recommendation for what was answered; what was not is assumed, and the path says so. */
    public Advice advise(Answers answers, Optional<Evidence> evidence) {
        return new Walk(
                        answers,
                        evidence,
                        costs.estimate(costs.assumedQueries()),
                        costs.book().currency())
                .advice();
    }

    /** One way through the questions. */
    private static final class Walk {
        private final Answers answers;
        private final Optional<Evidence> evidence;
        private final Estimate costs;
        private final String currency;
        private final Needs needs;
        private final List<Step> path = new ArrayList<>();

        Walk(Answers answers, Optional<Evidence> evidence, Estimate costs, String currency) {
            this.answers = answers;
            this.evidence = evidence;
            this.costs = costs;
            this.currency = currency;
            needs = Resolved.needs(answers);
        }

        Advice advice() {
            var rule = DecisionTable.rule(needs);
            var wanted = rule.approach();
            var unaffordable = unaffordable();
            boolean few = answers.examples().orElse(Integer.MAX_VALUE) < PlanningFigures.EXAMPLES.low();
            questions();
            budget(wanted, unaffordable);
            examples(wanted, unaffordable, few);
            var chosen = chosen(wanted, unaffordable, few);
            var measured = evidence.flatMap(found -> measured(found, chosen, unaffordable));
            var recommendation = measured.orElse(chosen);
            return new Advice(
                    recommendation,
                    wanted,
                    reason(rule, recommendation, chosen, objection(wanted, unaffordable, few)),
                    path,
                    givesWay(recommendation, unaffordable, measured.isPresent()),
                    NextSteps.settings(recommendation, needs.latencyCritical(), answers.industry()),
                    NextSteps.commands(recommendation, answers.industry()),
                    answers.industry(),
                    evidence,
                    costs,
                    currency);
        }

        private static String reason(
                DecisionTable.Rule rule, Approach recommendation, Approach chosen, String objection) {
            if (recommendation != chosen) {
                return "it was measured to be best, which overrules the rules of thumb (" + chosen.label() + ")";
            }
            return chosen == rule.approach()
                    ? rule.reason()
                    : "the needs ask for " + rule.approach().label() + " (" + rule.reason() + "), but " + objection;
        }

        private Set<Approach> unaffordable() {
            var unaffordable = EnumSet.noneOf(Approach.class);
            for (var approach : Approach.values()) {
                if (answers.budget().orElse(Double.MAX_VALUE) < costs.leastSetup(approach)) {
                    unaffordable.add(approach);
                }
            }
            return unaffordable;
        }

        private void questions() {
            for (var question : Question.values()) {
                if (question != Question.BUDGET) {
                    path.add(new Step(
                            question.text(),
                            Resolved.answer(question, answers),
                            Resolved.origin(question, answers),
                            Consequences.of(question, needs),
                            List.copyOf(DecisionTable.open(needs, question)),
                            question == Question.LATENCY && needs.latencyCritical() && needs.retrieval()));
                }
            }
        }

        private void budget(Approach wanted, Set<Approach> unaffordable) {
            boolean given = answers.budget().isPresent();
            path.add(new Step(
                    Question.BUDGET.text(),
                    given ? money(answers.budget().getAsDouble()) : "no limit",
                    Resolved.origin(Question.BUDGET, answers),
                    Consequences.ofBudget(given, unaffordable, each -> money(costs.leastSetup(each))),
                    List.of(chosen(wanted, unaffordable, false)),
                    unaffordable.contains(wanted)));
        }

        private void examples(Approach wanted, Set<Approach> unaffordable, boolean few) {
            if (answers.examples().isPresent()) {
                path.add(new Step(
                        "How many examples are there to learn from?",
                        String.format(Locale.ROOT, "%,d", answers.examples().getAsInt()),
                        Origin.GIVEN,
                        Consequences.ofExamples(few),
                        List.of(chosen(wanted, unaffordable, few)),
                        few && wanted != Approach.RAG));
            }
        }

        /** The first that nothing speaks against, of those that meet the needs, best first; else the cheapest to set up. */
        private Approach chosen(Approach wanted, Set<Approach> unaffordable, boolean few) {
            var candidates = switch (wanted) {
                case RAG -> List.of(Approach.RAG);
                case FINE_TUNING -> List.of(Approach.FINE_TUNING, Approach.RAG);
                case HYBRID -> List.of(Approach.HYBRID, Approach.RAG, Approach.FINE_TUNING);
            };
            var possible = candidates.stream()
                    .filter(each -> !few || each == Approach.RAG)
                    .toList();
            return possible.stream()
                    .filter(each -> !unaffordable.contains(each))
                    .findFirst()
                    .orElseGet(() -> possible.stream()
                            .min(Comparator.comparingDouble(costs::leastSetup))
                            .orElse(wanted));
        }

        private List<String> givesWay(Approach recommendation, Set<Approach> unaffordable, boolean measured) {
            var givesWay = new ArrayList<String>();
            if (unaffordable.contains(recommendation)) {
                givesWay.add("the budget: every approach starts above it, " + recommendation.label() + " at "
                        + money(costs.leastSetup(recommendation))
                        + "; Tandem's embedded parts need no service, so most of that is your own work");
            }
            givesWay.addAll(Consequences.givesWay(recommendation, needs, measured));
            return givesWay;
        }

        private String objection(Approach wanted, Set<Approach> unaffordable, boolean few) {
            var objections = new ArrayList<String>();
            if (unaffordable.contains(wanted)) {
                objections.add("the budget of " + money(answers.budget().orElse(0))
                        + " rules it out, since it starts at " + money(costs.leastSetup(wanted)));
            }
            if (few && wanted != Approach.RAG) {
                objections.add(String.format(
                        Locale.ROOT,
                        "%,d examples are too few to tune on",
                        answers.examples().orElse(0)));
            }
            return String.join(", and ", objections);
        }

        /** What the evidence recommends, if it may: the measured winner, unless a constraint forbids it. */
        private Optional<Approach> measured(Evidence found, Approach chosen, Set<Approach> unaffordable) {
            var winner = found.winner();
            var forbids = unaffordable.contains(winner)
                    ? Optional.of("the budget rules it out")
                    : needs.attribution() && winner == Approach.FINE_TUNING
                            ? Optional.of("it cannot name its sources, which is needed")
                            : Optional.<String>empty();
            boolean decides = found.significant() && forbids.isEmpty();
            String consequence = !found.significant()
                    ? "The data cannot tell the approaches apart: the rules of thumb stand."
                    : forbids.isPresent()
                            ? "Measured best, but " + forbids.get() + ": " + chosen.label() + " stands."
                            : winner == chosen
                                    ? "Measured evidence agrees with the rules of thumb."
                                    : "Measured evidence overrules the rules of thumb, which said " + chosen.label()
                                            + ".";
            path.add(new Step(
                    "What did a comparison on your own test set find?",
                    found.sentence(),
                    Origin.MEASURED,
                    consequence,
                    List.of(decides ? winner : chosen),
                    winner != chosen && found.significant()));
            return decides ? Optional.of(winner) : Optional.empty();
        }

        private String money(double amount) {
            return String.format(Locale.ROOT, "%,.0f %s", amount, currency);
        }
    }
}
