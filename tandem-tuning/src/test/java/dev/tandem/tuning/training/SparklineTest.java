package dev.tandem.tuning.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SparklineTest {
    @Test
    void aCurveFallsFromItsHighestBlockToItsLowest() {
        var line = new Sparkline(8);
        assertThat(line).hasToString("");
        for (double value : new double[] {8, 6, 3, 1}) {
            line.add(value);
        }

        assertThat(line).hasToString("█▆▃▁");
    }

    @Test
    void manyValuesAreCondensedAndNeverWiderThanAsked() {
        var line = new Sparkline(8);
        for (int i = 0; i < 1_000; i++) {
            line.add(-i);
            assertThat(line.toString()).hasSizeLessThan(8);
        }

        assertThat(line.toString())
                .hasSizeGreaterThanOrEqualTo(4)
                .startsWith("█")
                .endsWith("▁");
    }

    @Test
    void allAlikeIsFlat() {
        var line = new Sparkline(4);
        line.add(2);
        line.add(2);

        assertThat(line).hasToString("▁▁");
    }
}
