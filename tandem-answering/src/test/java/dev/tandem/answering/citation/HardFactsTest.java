package dev.tandem.answering.citation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HardFactsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1,200 euros         | 1200 euros
                    sixteen weeks       | 16 weeks
                    3.50                | 3.5
                    3,5 kg              | 3.5 kg
                    on 2025-01-09       | on 9 January 2025
                    Jan 9, 2025         | January 9, 2025
                    version 2.0.1       | 2.0.1
                    1. Wash at 30       | Wash at 30
                    """)
    void theSameNumberWrittenDifferentlyIsTheSame(String one, String other) {
        assertThat(HardFacts.numbers(one)).isNotEmpty().isEqualTo(HardFacts.numbers(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            3 kg | 4 kg
            2.0.1 | 2.0.2
            1.5 | 15
            May 2025 | June 2025
            """)
    void differentNumbersDiffer(String one, String other) {
        assertThat(HardFacts.numbers(one)).isNotEqualTo(HardFacts.numbers(other));
    }

    @Test
    void namesAreCapitalisedWordsInsideASentence() {
        assertThat(HardFacts.names("The tent was made by Fjell Works in May."))
                .containsExactlyInAnyOrder("fjell", "work");
        assertThat(HardFacts.names("Care And Washing Instructions")).isEmpty();
        assertThat(HardFacts.names("You may go.")).isEmpty();
        assertThat(HardFacts.names("- Ways to wash: 1) By hand, 2) In Ulm.")).containsExactly("ulm");
    }

    @Test
    void numbersThatCountTheItemsOfAListAreNone() {
        assertThat(HardFacts.numbers("2. Either 1) wash at 30 or (2) wipe.")).containsExactly("30");
    }
}
