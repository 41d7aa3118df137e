package dev.tandem.tuning.search;

import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * An axis: from values to places on a picture.
 *
 * @param from lowest value
 * @param to highest value, above it
 * @param start where the lowest is drawn
 * @param end where the highest is drawn
 * @param logarithmic whether equal factors, not equal differences, are equally far
 */
record Scale(double from, double to, double start, double end, boolean logarithmic) {
    double at(double value) {
        double share = logarithmic ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
        return start + share * (end - start);
    }

    /** Round values: powers of ten, and between them 2 and 5; or about five steps of 1, 2 or 5 times a power of ten. */
    double[] ticks() {
        if (logarithmic) {
            int low = (int) Math.floor(Math.log10(from));
            int high = (int) Math.ceil(Math.log10(to));
            return IntStream.rangeClosed(low, high)
                    .mapToDouble(power -> Math.pow(10, power))
                    .flatMap(ten -> DoubleStream.of(ten, 2 * ten, 5 * ten))
                    .filter(tick -> tick >= from && tick <= to)
                    .toArray();
        }
        double step = step();
        return IntStream.rangeClosed((int) Math.ceil(from / step), (int) Math.floor(to / step))
                .mapToDouble(count -> count * step)
                .toArray();
    }

    private double step() {
        double rough = (to - from) / 5;
        double ten = Math.pow(10, Math.floor(Math.log10(rough)));
        return rough / ten < 2 ? 2 * ten : rough / ten < 5 ? 5 * ten : 10 * ten;
    }

    /** A value of {@link #ticks} with the decimals that its step has. */
    String label(double tick) {
        int decimals = logarithmic ? 0 : (int) Math.max(0, -Math.floor(Math.log10(step()) + 1e-9));
        return String.format(Locale.ROOT, "%." + decimals + "f", tick);
    }
}
