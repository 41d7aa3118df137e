package dev.tandem.answering.citation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    It rains [1].          | It rains. | 1
                    It rains [1][2].       | It rains. | 1,2
                    It rains [1] [2].      | It rains. | 1,2
                    It rains [1, 3;4].     | It rains. | 1,3,4
                    It rains [2-4].        | It rains. | 2,3,4
                    It rains [2–3][3].     | It rains. | 2,3
                    It rains.[12]          | It rains. | 12
                    It rains. [1] So.      | It rains. So. | 1
                    It rains [1-900].      | It rains. | 1,900
                    It rains [3-1].        | It rains. | 3,1
                    [1] It rains.          | It rains. | 1
                    """)
    void marksAreReadAndTakenOut(String answer, String text, String numbers) {
        var marked = MarkedText.parse(answer);
        assertThat(marked.text()).isEqualTo(text);
        assertThat(marked.marks())
                .singleElement()
                .satisfies(mark -> assertThat(
                                mark.numbers().stream().map(String::valueOf).distinct())
                        .containsExactly(numbers.split(",", -1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Call `a[1]` now.",
                "```\nx = a[0]\n```",
                "See [1](http://a.b).",
                "In [2024] it rained.",
                "[a] []",
                "A list [1, two]."
            })
    void otherBracketsStay(String answer) {
        assertThat(MarkedText.parse(answer)).isEqualTo(new MarkedText(answer, List.of()));
    }

    @Test
    void eachGroupKnowsWhereItStood() {
        var marked = MarkedText.parse("A [1] and B[2].");
        assertThat(marked.text()).isEqualTo("A and B.");
        assertThat(marked.marks())
                .containsExactly(new MarkedText.Mark(1, List.of(1), true), new MarkedText.Mark(7, List.of(2), false));
    }
}
