package dev.tandem.answering.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyFilterTest {
    @Test
    void ordinaryTextPassesAtOnce() {
        var shown = new ArrayList<String>();
        var filter = new ReplyFilter("CANNOT_ANSWER", shown::add);
        filter.accept("The ");
        filter.accept("tent.");
        assertThat(shown).containsExactly("The ", "tent.");
        assertThat(filter.finish()).isEqualTo("The tent.");
    }

    static Stream<Integer> seeds() {
        return IntStream.range(0, 200).boxed();
    }

    /** However the reply is cut into pieces. */
    @ParameterizedTest
    @MethodSource("seeds")
    void reasoningAndTheDecliningMarkAreNeverShown(int seed) {
        var random = new Random(seed);
        assertThat(shown("<think>Hm, CANNOT_ANSWER?\n</think>\n\nThe tent <b>.", random))
                .isEqualTo("The tent <b>.");
        assertThat(shown(" \nCANNOT_ANSWER", random)).isEmpty();
        assertThat(shown("CAN you CANNOT", random)).isEqualTo("CAN you CANNOT");
        assertThat(shown("I looked. CANNOT_ANSWER.", random)).isEqualTo("I looked. ");
        assertThat(shown("<think>never closed", random)).isEmpty();
        assertThat(shown("<thin ice", random)).isEqualTo("<thin ice");
    }

    private static String shown(String reply, Random random) {
        var shown = new StringBuilder();
        var filter = new ReplyFilter("CANNOT_ANSWER", shown::append);
        int at = 0;
        while (at < reply.length()) {
            int end = Math.min(reply.length(), at + 1 + random.nextInt(6));
            filter.accept(reply.substring(at, end));
            at = end;
        }
        filter.finish();
        return shown.toString();
    }
}
