package dev.tandem.evaluation.declining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.evaluation.declining.DecliningCurve.Asked;
import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecliningCurveTest {
    @Test
    void choosesTheMiddleBetweenQuestionsThatTheMarginTellsApart() {
        var curve = new DecliningCurve(apart(0.05, 0.15), 0);

        assertThat(curve.best().strictness()).isBetween(0.09, 0.11);
        assertThat(curve.best().answered()).isEqualTo(1);
        assertThat(curve.best().declined()).isEqualTo(1);
        assertThat(curve.now().declined()).isZero();
        assertThat(curve.decided()).isTrue();
    }

    @Test
    void keepsThePresentStrictnessWhereItIsAsGood() {
        assertThat(new DecliningCurve(apart(-0.05, 0.05), 0).decided()).isFalse();
    }

    @Test
    void doesNotRecommendWhatFitsChanceAlone() {
        var questions = new ArrayList<Asked>();
        for (int i = 0; i < 20; i++) {
            questions.add(new Asked(i % 2 == 0, 0.1));
        }

        assertThat(new DecliningCurve(questions, 0).decided()).isFalse();
    }

    @Test
    void doesNotRecommendWhatAFewQuestionsShow() {
        var questions = new ArrayList<Asked>();
        for (int i = 0; i < 5; i++) {
            questions.add(new Asked(false, i < 3 ? 0.1 : 0.3));
            questions.add(new Asked(true, i < 2 ? 0.1 : 0.3));
        }

        assertThat(new DecliningCurve(questions, 0).best().balanced()).isGreaterThan(0.5);
        assertThat(new DecliningCurve(questions, 0).decided()).isFalse();
    }

    @Test
    void aStricterThresholdAnswersNoMoreAndDeclinesNoLess() {
        var points = new DecliningCurve(apart(0.02, 0.03), 0).points();

        for (int i = 1; i < points.size(); i++) {
            assertThat(points.get(i).answered())
                    .isLessThanOrEqualTo(points.get(i - 1).answered());
            assertThat(points.get(i).declined())
                    .isGreaterThanOrEqualTo(points.get(i - 1).declined());
        }
    }

    @Test
    void refusesTooFewQuestionsOfAKind() {
        var questions = List.of(new Asked(true, 0.1), new Asked(false, -0.1));

        assertThatThrownBy(() -> new DecliningCurve(questions, 0))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("at least 5 of each");
    }

    /** Ten of each kind, unanswerable ones at or just below the first margin, answerable ones at or just above the second. */
    private static List<Asked> apart(double unanswerable, double answerable) {
        var questions = new ArrayList<Asked>();
        for (int i = 0; i < 10; i++) {
            questions.add(new Asked(false, unanswerable - i * 0.001));
            questions.add(new Asked(true, answerable + i * 0.001));
        }
        return questions;
    }
}
