package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.Evidence.Figure;
import dev.tandem.evaluation.compare.statistics.MeanIntervals;
import dev.tandem.evaluation.compare.statistics.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may win at all: approaches that were measured and break no hard constraint. What is not known breaks none, but is said.
 *
 * @param kept in the order of the measurements
 * @param evidence why others are out, and what could not be checked
 */
record Screening(List<Measured> kept, List<Evidence> evidence) {
    private static final double LATENCY_SHARE = 0.95;

    static Screening of(Measurements measurements, Constraints constraints) {
        List<Measured> kept = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        for (Measured measured : measurements.approaches()) {
            List<Evidence> broken = new ArrayList<>();
            if (measured.quality().isEmpty()) {
                broken.add(Evidence.of("%s is out: it has no score for any case.".formatted(measured.approach())));
            }
            latency(measured, constraints, broken, evidence);
            budget(measured, "a month", measured.costs().monthly(), constraints.monthlyBudget(), broken, evidence);
            budget(measured, "to set up", measured.costs().setUp(), constraints.setUpBudget(), broken, evidence);
            attribution(measured, constraints, broken, evidence);
            evidence.addAll(broken);
            if (broken.isEmpty()) {
                kept.add(measured);
            }
        }
        return new Screening(List.copyOf(kept), List.copyOf(evidence));
    }

    private static void latency(
            Measured measured, Constraints constraints, List<Evidence> broken, List<Evidence> unchecked) {
        if (constraints.maxLatencyMs().isEmpty()) {
            return;
        }
        double limit = constraints.maxLatencyMs().get();
        if (measured.latencyMs().isEmpty()) {
            unchecked.add(unknown(measured, "latency", "within " + Wording.milliseconds(limit)));
            return;
        }
        double[] latencies = measured.latencies();
        double latency = Quantiles.of(latencies, LATENCY_SHARE);
        if (latency > limit) {
            Figure figure = new Figure(
                    measured.approach() + ": 95th percentile of latency in ms",
                    latency,
                    Quantiles.interval(latencies, LATENCY_SHARE, MeanIntervals.CONFIDENCE),
                    "measured: %d answers".formatted(latencies.length));
            broken.add(Evidence.of(
                    "%s is out: 95 of 100 answers take up to %s, and at most %s is allowed."
                            .formatted(measured.approach(), Wording.milliseconds(latency), Wording.milliseconds(limit)),
                    figure,
                    limit("max latency in ms", limit)));
        }
    }

    private static void budget(
            Measured measured,
            String period,
            Optional<Amount> cost,
            Optional<Double> budget,
            List<Evidence> broken,
            List<Evidence> unchecked) {
        if (budget.isEmpty()) {
            return;
        }
        double limit = budget.get();
        if (cost.isEmpty()) {
            unchecked.add(unknown(measured, "cost " + period, "within " + Wording.dollars(limit)));
        } else if (cost.get().value() > limit) {
            broken.add(Evidence.of(
                    "%s is out: it costs %s %s, and the budget is %s."
                            .formatted(
                                    measured.approach(),
                                    Wording.dollars(cost.get().value()),
                                    period,
                                    Wording.dollars(limit)),
                    Figure.of("%s: US dollars %s".formatted(measured.approach(), period), cost.get()),
                    limit("budget in US dollars " + period, limit)));
        }
    }

    private static void attribution(
            Measured measured, Constraints constraints, List<Evidence> broken, List<Evidence> unchecked) {
        if (constraints.minAttribution().isEmpty()) {
            return;
        }
        double limit = constraints.minAttribution().get();
        if (measured.attribution().isEmpty()) {
            unchecked.add(unknown(measured, "share of answers with a source", "at least " + Wording.percent(limit)));
        } else if (measured.attribution().get() < limit) {
            double share = measured.attribution().get();
            broken.add(Evidence.of(
                    "%s is out: %s of its answers name a checked source, and %s must."
                            .formatted(measured.approach(), Wording.percent(share), Wording.percent(limit)),
                    Figure.of(measured.approach() + ": share of answers with a source", share, "measured: its answers"),
                    limit("min share of answers with a source", limit)));
        }
    }

    private static Evidence unknown(Measured measured, String what, String limit) {
        return Evidence.of("The %s of %s is not known: that it is %s could not be checked."
                .formatted(what, measured.approach(), limit));
    }

    private static Figure limit(String name, double value) {
        return Figure.of(name, value, "constraint");
    }
}
