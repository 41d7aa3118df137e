package dev.tandem.foundation.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.foundation.page.LineChart.Curve;
import dev.tandem.foundation.page.LineChart.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineChartTest {
    @Test
    void ticksAreRoundAndHoldTheValues() {
        var axis = Axis.of(0.83, 3.58, 5, 0).rounded();
        assertThat(axis.ticks().stream().map(axis::label)).containsExactly("0", "1", "2", "3", "4");
        var rate = Axis.of(0, 1.9e-5, 5, 0).rounded();
        assertThat(rate.ticks().stream().map(rate::label)).containsExactly("0", "5e-6", "1e-5", "1.5e-5", "2e-5");
        var counted = Axis.of(0, 3, 9, 1);
        assertThat(counted.ticks().stream().map(counted::label)).containsExactly("0", "1", "2", "3");
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            double least = random.nextGaussian() * Math.pow(10, random.nextInt(12) - 6);
            double most = least + Math.abs(random.nextGaussian()) * Math.pow(10, random.nextInt(12) - 6);
            var any = Axis.of(least, most, 5, 0).rounded();
            assertThat(any.at(least)).as("%s in %s", least, any).isBetween(-1e-6, 1 + 1e-6);
            assertThat(any.at(most)).as("%s in %s", most, any).isBetween(-1e-6, 1 + 1e-6);
            assertThat(any.ticks()).hasSizeBetween(2, 8);
        }
    }

    @Test
    void aLogarithmicAxisGivesEachPowerOfTenTheSameRoom() {
        var axis = Axis.logarithmic(100, 1_000_000);
        assertThat(axis.ticks().stream().map(axis::label))
                .containsExactly("100", "1,000", "10,000", "100,000", "1,000,000");
        assertThat(axis.at(100)).isZero();
        assertThat(axis.at(10_000)).isCloseTo(0.5, org.assertj.core.data.Offset.offset(1e-9));
        var chart = new LineChart(
                "T",
                "u",
                true,
                List.of(new Curve("c", "note", false, List.of(new Point(10, 1), new Point(1_000, 2)))),
                Optional.empty(),
                Optional.empty(),
                new LineChart.Across("queries a month", true));
        assertThat(chart.small())
                .contains(">queries a month<", ">10<", ">100<", ">1,000<")
                .doesNotContain("updates");
    }

    @Test
    void anAxisOverFractionsBeginsWhereTheyDo() {
        var across = new LineChart.Across("strictness", false);
        var points = List.of(new Point(-0.3, 100), new Point(0.02, 74), new Point(0.3, 2));
        var chart = new LineChart(
                "T",
                "%",
                true,
                List.of(new Curve("c", "note", false, points)),
                Optional.empty(),
                Optional.empty(),
                across);

        assertThat(chart.small()).contains(">-0.2<", ">0<", ">0.2<").doesNotContain(">-1<");
    }

    @Test
    void oneValueIsAChartToo() {
        assertThat(chart(List.of(new Point(1, 2))).small())
                .contains("<circle")
                .doesNotContain("NaN")
                .doesNotContain("Infinity");
        assertThat(chart(List.of(new Point(1, 0), new Point(2, 0))).small()).doesNotContain("NaN");
    }

    @Test
    void aLongCurveIsThinnedToItsPeaksAndEnds() {
        var points = new ArrayList<Point>();
        for (int i = 0; i < 100_000; i++) {
            points.add(new Point(i, i == 54_321 ? 99 : i == 77_777 ? -99 : 1));
        }
        var thinned = LineChart.thinned(points);
        assertThat(thinned)
                .hasSizeLessThan(700)
                .contains(points.get(0), points.get(54_321), points.get(77_777), points.get(99_999))
                .isSortedAccordingTo(java.util.Comparator.comparingDouble(Point::x));
        assertThat(chart(points).small()).hasSizeLessThan(20_000);
    }

    private static LineChart chart(List<Point> points) {
        return new LineChart(
                "T", "u", true, List.of(new Curve("c", "note", false, points)), Optional.empty(), Optional.empty());
    }
}
