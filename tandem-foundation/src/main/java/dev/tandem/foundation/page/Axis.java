package dev.tandem.foundation.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear axis with round ticks: steps of 1, 2 or 5 times a power of ten; or a logarithmic one with a tick at each power of ten.
 *
 * @param from the lowest value, a tick
 * @param to the highest value, at least a little above
 * @param step between ticks; of a logarithmic axis in powers of ten
 * @param logarithmic whether {@code from} and {@code to} are exponents of ten
 */
record Axis(double from, double to, double step, boolean logarithmic) {
    /**
     * An axis that holds two values.
     *
     * @param about how many ticks
     * @param leastStep between ticks, as 1 for what is counted; 0 for any
     */
    static Axis of(double least, double most, int about, double leastStep) {
        double span = Math.max(most - least, Math.max(Math.abs(most) * 1e-3, 1e-9));
        double raw = Math.max(span / about, leastStep);
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power * (raw / power <= 1.0001 ? 1 : raw / power <= 2.0001 ? 2 : raw / power <= 5.0001 ? 5 : 10);
        double from = Math.floor(least / step + 1e-9) * step;
        return new Axis(from, Math.max(most, from + step), step, false);
    }

    /** A logarithmic axis that holds two values, both above 0. */
    static Axis logarithmic(double least, double most) {
        double from = Math.floor(Math.log10(least) + 1e-9);
        return new Axis(from, Math.max(Math.log10(most), from + 1), 1, true);
    }

    /** The same up to the tick above. */
    Axis rounded() {
        return new Axis(from, from + Math.ceil((to - from) / step - 1e-9) * step, step, logarithmic);
    }

    List<Double> ticks() {
        var ticks = new ArrayList<Double>();
        for (int i = 0; from + i * step <= to + step * 1e-6; i++) {
            ticks.add(logarithmic ? Math.pow(10, from + i * step) : from + i * step);
        }
        return ticks;
    }

    /** A tick's label, with as many decimals as the step has. */
    String label(double tick) {
        if (logarithmic) {
            return String.format(Locale.ROOT, tick < 1 ? "%.0e" : "%,.0f", tick);
        }
        if (Math.abs(tick) < step * 1e-6) {
            return "0";
        }
        if (step < 0.9e-3) {
            return String.format(Locale.ROOT, "%.1e", tick)
                    .replaceAll("\\.0(?=e)", "")
                    .replaceAll("e([+-])0*", "e$1");
        }
        int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%,." + decimals + "f", tick);
    }

    /** Where a value is, from 0 to 1. */
    double at(double value) {
        return ((logarithmic ? Math.log10(value) : value) - from) / (to - from);
    }
}
