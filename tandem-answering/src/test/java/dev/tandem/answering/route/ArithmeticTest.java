package dev.tandem.answering.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArithmeticTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            what is 15% of 230?|That is 34.5.
            12 * (3 + 4)|That is 84.
            what is the square root of 144|That is 12.
            How much is twenty plus 22?|That is 42.
            2 to the power of 10|That is 1024.
            what is 0.1 + 0.2|That is 0.3.
            1 / 3|That is about 0.333333333333.
            7 - 2 - 1|That is 4.
            what is 30% off 235|That is 164.5.
            subtract 85 from 997|That is 912.
            the square root of 2|That is about 1.41421356237.
            2 to the 5th power|That is 32.
            2 ^ 3 ^ 2|That is 512.
            can you calculate 1,500 divided by 4 please|That is 375.
            5 / 0|Division by zero has no result.
            """)
    void calculatesExactly(String question, String answer) {
        assertThat(Arithmetic.answer(question)).contains(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is the 15% discount of?",
                "How many days of leave do I get in 2024?",
                "What is error 404?",
                "42",
                "What does clause 3.2 say?",
                "(3 + 4",
                "3 +",
                "9 ^ 99999999"
            })
    void readsNothingElseAsACalculation(String question) {
        assertThat(Arithmetic.answer(question)).isEmpty();
    }

    @Test
    void aLongTextIsNoCalculation() {
        assertThat(Arithmetic.answer("1+".repeat(5_000) + "1")).isEmpty();
    }
}
