package dev.tandem.tuning.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {
    @Test
    void shortExamplesSharePlainlyShorterRowsThanAreAllowed() {
        var batch = Batch.pack(Collections.nCopies(20, example(100)), 1_024);

        assertThat(batch.positions()).isEqualTo(200);
        assertThat(batch.rows()).isEqualTo(10);
        assertThat(batch.tokens()).isEqualTo(2_000);
    }

    @Test
    void aRowIsAsLongAsTheLongestExampleAndShortOnesFillTheRest() {
        var batch = Batch.pack(List.of(example(200), example(700), example(400), example(90)), 1_024);

        assertThat(batch.positions()).isEqualTo(700);
        assertThat(batch.lengths())
                .satisfiesExactly(
                        row -> assertThat(row).containsExactly(700),
                        row -> assertThat(row).containsExactly(400, 200, 90));
    }

    @Test
    void rowsKeepToWhatIsAllowed() {
        assertThat(Batch.pack(Collections.nCopies(6, example(30)), 64).positions())
                .isEqualTo(60);
    }

    @Test
    void everyLearnedTokenIsTheTargetOfTheOneBeforeIt() {
        var batch = Batch.pack(List.of(example(3), example(4)), 64);

        assertThat(batch.ids()[0]).containsExactly(0, 1, 2, 3, 0, 1, 2);
        assertThat(batch.targets()[0]).containsExactly(1, 2, 3, Batch.IGNORED, 1, 2, Batch.IGNORED);
        assertThat(batch.learnedTokens()).isEqualTo(5);
    }

    private static TokenExample example(int length) {
        var learned = new boolean[length];
        Arrays.fill(learned, true);
        return new TokenExample(IntStream.range(0, length).toArray(), learned);
    }
}
