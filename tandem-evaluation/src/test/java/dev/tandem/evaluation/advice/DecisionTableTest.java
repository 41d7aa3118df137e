package dev.tandem.evaluation.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.evaluation.cost.Approach;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** D2: the rules of thumb over all their combinations. */
class DecisionTableTest {
    @ParameterizedTest
    @CsvSource({
        // knowledge changes, new behaviour, attribution, latency critical
        "true,  true,  true,  true,  HYBRID",
        "true,  true,  true,  false, HYBRID",
        "true,  true,  false, true,  HYBRID",
        "true,  true,  false, false, HYBRID",
        "false, true,  true,  true,  HYBRID",
        "false, true,  true,  false, HYBRID",
        "true,  false, true,  true,  RAG",
        "true,  false, true,  false, RAG",
        "true,  false, false, true,  RAG",
        "true,  false, false, false, RAG",
        "false, false, true,  true,  RAG",
        "false, false, true,  false, RAG",
        "false, true,  false, true,  FINE_TUNING",
        "false, true,  false, false, FINE_TUNING",
        "false, false, false, true,  FINE_TUNING",
        "false, false, false, false, RAG",
    })
    void everyCombination(
            boolean knowledge, boolean behaviour, boolean attribution, boolean latency, Approach approach) {
        assertThat(DecisionTable.rule(new Needs(knowledge, behaviour, attribution, latency))
                        .approach())
                .isEqualTo(approach);
    }

    @Test
    void eachCombinationFitsExactlyOneRule() {
        all().forEach(needs -> assertThat(DecisionTable.RULES.stream().filter(rule -> rule.fits(needs)))
                .as("%s", needs)
                .hasSize(1));
    }

    @Test
    void aNeedMoreNeverTakesAwayWhatServesIt() {
        all().forEach(needs -> {
            var before = DecisionTable.rule(needs).approach();
            var changing = DecisionTable.rule(
                    new Needs(true, needs.newBehaviour(), needs.attribution(), needs.latencyCritical()));
            var sourced = DecisionTable.rule(
                    new Needs(needs.knowledgeChanges(), needs.newBehaviour(), true, needs.latencyCritical()));
            assertThat(Stream.of(changing, sourced)).allMatch(rule -> rule.approach() != Approach.FINE_TUNING);
            var learning = DecisionTable.rule(
                    new Needs(needs.knowledgeChanges(), true, needs.attribution(), needs.latencyCritical()));
            assertThat(learning.approach()).isNotEqualTo(Approach.RAG);
            var hurried = DecisionTable.rule(
                    new Needs(needs.knowledgeChanges(), needs.newBehaviour(), needs.attribution(), true));
            // A hurry never adds retrieval to what does without.
            assertThat(before == Approach.FINE_TUNING && hurried.approach() != Approach.FINE_TUNING)
                    .isFalse();
        });
    }

    @Test
    void whatIsOpenNarrowsDownToTheOutcome() {
        all().forEach(needs -> {
            var first = DecisionTable.open(needs, Question.KNOWLEDGE_CHANGES);
            var second = DecisionTable.open(needs, Question.NEW_BEHAVIOUR);
            var last = DecisionTable.open(needs, Question.LATENCY);
            assertThat(first).containsAll(second);
            assertThat(second).containsAll(last);
            assertThat(last).containsExactly(DecisionTable.rule(needs).approach());
        });
        assertThat(DecisionTable.open(new Needs(true, false, false, false), Question.KNOWLEDGE_CHANGES))
                .containsExactly(Approach.RAG, Approach.HYBRID);
    }

    static Stream<Needs> all() {
        return IntStream.range(0, 16).mapToObj(DecisionTable::combination);
    }
}
