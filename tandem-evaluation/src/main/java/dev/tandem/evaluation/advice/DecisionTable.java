package dev.tandem.evaluation.advice;

import static dev.tandem.evaluation.advice.DecisionTable.When.ANY;
import static dev.tandem.evaluation.advice.DecisionTable.When.NO;
import static dev.tandem.evaluation.advice.DecisionTable.When.YES;

import dev.tandem.evaluation.cost.Approach;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The rules of thumb as data: the first row that fits says what suits the needs, before budget and examples are looked at. */
public final class DecisionTable {
    /** What a row asks of an answer. */
    enum When {
        YES,
        NO,
        ANY;

        boolean fits(boolean answer) {
            return this == ANY || answer == (this == YES);
        }
    }

    /** A row. */
    record Rule(
            When knowledgeChanges,
            When newBehaviour,
            When attribution,
            When latencyCritical,
            Approach approach,
            String reason) {
        boolean fits(Needs needs) {
            return knowledgeChanges.fits(needs.knowledgeChanges())
                    && newBehaviour.fits(needs.newBehaviour())
                    && attribution.fits(needs.attribution())
                    && latencyCritical.fits(needs.latencyCritical());
        }
    }

    /** Knowledge changes, new behaviour, attribution, latency critical. */
    static final List<Rule> RULES = List.of(
            new Rule(
                    YES,
                    YES,
                    ANY,
                    ANY,
                    Approach.HYBRID,
                    "what changes has to be looked up, and behaviour has to be learned"),
            new Rule(
                    NO,
                    YES,
                    YES,
                    ANY,
                    Approach.HYBRID,
                    "sources can be named only by what looks them up, and behaviour has to be learned"),
            new Rule(
                    YES, NO, ANY, ANY, Approach.RAG, "what changes has to be looked up, and nothing has to be learned"),
            new Rule(
                    NO,
                    NO,
                    YES,
                    ANY,
                    Approach.RAG,
                    "sources can be named only by what looks them up, and nothing has to be learned"),
            new Rule(
                    NO,
                    YES,
                    NO,
                    ANY,
                    Approach.FINE_TUNING,
                    "behaviour has to be learned, and stable knowledge need not be looked up"),
            new Rule(
                    NO,
                    NO,
                    NO,
                    YES,
                    Approach.FINE_TUNING,
                    "stable knowledge can be learned, and a tuned model answers fastest: no search, a short prompt"),
            new Rule(
                    NO,
                    NO,
                    NO,
                    NO,
                    Approach.RAG,
                    "nothing has to be learned, and retrieval is the least to set up and the easiest to change"));

    private static final List<Question> ASKED =
            List.of(Question.KNOWLEDGE_CHANGES, Question.NEW_BEHAVIOUR, Question.ATTRIBUTION, Question.LATENCY);

    private DecisionTable() {}

    static Rule rule(Needs needs) {
        return RULES.stream()
                .filter(rule -> rule.fits(needs))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No rule for " + needs));
    }

    /** What may still come out when questions are answered up to one of them, and the rest is open. */
    static Set<Approach> open(Needs needs, Question last) {
        var open = EnumSet.noneOf(Approach.class);
        IntStream.range(0, 1 << ASKED.size())
                .mapToObj(DecisionTable::combination)
                .filter(other -> ASKED.stream()
                        .filter(question -> question.compareTo(last) <= 0)
                        .allMatch(question -> other.of(question) == needs.of(question)))
                .forEach(other -> open.add(rule(other).approach()));
        return open;
    }

    /** The combination of answers that a number's bits are. */
    static Needs combination(int bits) {
        return new Needs((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
    }
}
