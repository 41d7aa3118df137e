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
            what is fifteen percent of eighty?|That is 12.
            twenty-two plus one|That is 23.
            one hundred and five times two|That is 210.
            two thousand three hundred minus a hundred|That is 2200.
            1.5 million divided by three|That is 500000.
            twelve and twelve|That is 24.
            a fifth of 80|That is 16.
            what is two thirds of 18|That is 12.
            what is 3/4 of 18|That is 13.5.
            one fifth times two fifths|That is 0.08.
            how many times does 8 go into 2000?|That is 250.
            what percent of 80 is 20?|That is 25.
            what is an 18 percent tip on 20 dollars|That is 3.6.
            what is 8 factorial?|That is 40320.
            increase 200 by 10%|That is 220.
            the product of six and seven|That is 42.
            the average of 3 and 8|That is 5.5.
            double fifteen|That is 30.
            split 210 seven ways|That is 30.
            10 to the 12th power|That is 1000000000000.
            what is 005 percent of 1 percent|That is 0.0005.
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
                "9 ^ 99999999",
                "three",
                "What is the third quarter?",
                "Who are the big five?",
                "How many of the one hundred and five signed?",
                "What is the average of the year?",
                "What percent of staff work at home?",
                "How many times does the train go into the city?",
                "99999999 factorial",
                "a half"
            })
    void readsNothingElseAsACalculation(String question) {
        assertThat(Arithmetic.answer(question)).isEmpty();
    }

    @Test
    void aLongTextIsNoCalculation() {
        assertThat(Arithmetic.answer("1+".repeat(5_000) + "1")).isEmpty();
    }
}
