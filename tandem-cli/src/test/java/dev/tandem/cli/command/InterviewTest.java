package dev.tandem.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.cli.console.Terminal;
import dev.tandem.evaluation.advice.Answers;
import dev.tandem.foundation.MendableException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class InterviewTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyQuestionIsAskedAndAnswered() {
        var answers = interview("no\nY\nyes\n450\n4,000\n").answers();
        assertThat(answers.knowledgeChanges()).contains(false);
        assertThat(answers.newBehaviour()).contains(true);
        assertThat(answers.attribution()).contains(true);
        assertThat(answers.latencyMs()).hasValue(450);
        assertThat(answers.budget()).hasValue(4_000);
        assertThat(err.toString())
                .contains("1/5  Does the knowledge change often?", "yes or no [yes]: ", "5/5", "an amount [no limit]: ")
                .contains("Ctrl-C leaves");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void enterLeavesAQuestionToItsAssumption() {
        assertThat(interview("\n\n\n\n\n").answers()).isEqualTo(Answers.NONE);
    }

    @Test
    void anAnswerThatCannotBeReadIsAskedForAgain() {
        var answers = interview("perhaps\nno\n\n\nsoon\n-1\n300\n\n").answers();
        assertThat(answers.knowledgeChanges()).contains(false);
        assertThat(answers.latencyMs()).hasValue(300);
        assertThat(err.toString()).contains("\"perhaps\" is not yes or no.", "\"soon\" is not yes or milliseconds.");
    }

    @Test
    void yesToTheQuestionOfLatencyMeansTheHalfSecondItNames() {
        assertThat(interview("\n\n\nyes\n\n").answers().latencyMs()).hasValue(500);
    }

    @Test
    void anEndOfTheInputRecommendsNothing() {
        assertThatThrownBy(() -> interview("yes\n").answers())
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("nothing is recommended");
    }

    private Interview interview(String typed) {
        return new Interview(
                new StringReader(typed), Terminal.plain(new PrintWriter(out, true), new PrintWriter(err, true)));
    }
}
