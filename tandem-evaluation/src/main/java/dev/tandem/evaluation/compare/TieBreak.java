package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.Constraints.Margins;
import dev.tandem.evaluation.compare.Evidence.Figure;
import dev.tandem.evaluation.compare.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What decides between approaches that quality does not tell apart: cost, then latency, each only if one of them is better than
 * every other by the margin, none of the others is better by the margin in the other respect, and it was not measured further
 * behind in quality than the margin.
 *
 * @param winner empty if neither decides
 * @param outcome by which it won
 */
record TieBreak(Optional<String> winner, Verdict.Outcome outcome, List<Evidence> evidence) {

    /**
     * @param leading at least two
     * @param behind how far each is behind the best guess in score, in the order of {@code leading}
     */
    static TieBreak of(Measurements measurements, List<Measured> leading, List<Double> behind, Margins margins) {
        RelativeCost costs = new RelativeCost(margins.cost());
        RelativeLatency latencies = new RelativeLatency(measurements, margins.latency());
        List<Evidence> evidence = new ArrayList<>();
        for (Respect respect : List.of(costs, latencies)) {
            Respect other = respect.equals(costs) ? latencies : costs;
            Optional<Measured> best = leading.stream()
                    .filter(one -> leading.stream().allMatch(rival -> rival.equals(one) || respect.better(one, rival)))
                    .findFirst();
            if (best.isEmpty()) {
                continue;
            }
            Measured one = best.get();
            List<Measured> rivals =
                    leading.stream().filter(rival -> !rival.equals(one)).toList();
            List<Measured> betterElsewhere =
                    rivals.stream().filter(rival -> other.better(rival, one)).toList();
            double distance = behind.get(leading.indexOf(one));
            Evidence reason = respect.reason(one, rivals);
            if (!betterElsewhere.isEmpty()) {
                evidence.add(reason);
                evidence.add(other.reason(betterElsewhere.getFirst(), List.of(one)));
                evidence.add(Evidence.of(
                        "Cost and latency speak for different approaches; which counts is for you to say."));
                return new TieBreak(Optional.empty(), Verdict.Outcome.CANNOT_TELL, evidence);
            }
            evidence.add(reason);
            if (distance <= margins.quality()) {
                return new TieBreak(Optional.of(one.approach()), respect.outcome(), evidence);
            }
            evidence.add(Evidence.of(
                    "That does not decide: %s was measured %s behind the best, and more than %s is too much to give away unseen."
                            .formatted(one.approach(), Wording.points(distance), Wording.points(margins.quality())),
                    Figure.of(one.approach() + ": behind the best", distance, "measured: mean scores"),
                    Figure.of("margin of quality", margins.quality(), "constraint")));
        }
        return new TieBreak(Optional.empty(), Verdict.Outcome.CANNOT_TELL, evidence);
    }

    /** A respect other than quality, in which one approach can be clearly better than another. */
    private sealed interface Respect permits RelativeCost, RelativeLatency {
        boolean better(Measured one, Measured other);

        Evidence reason(Measured one, List<Measured> others);

        Verdict.Outcome outcome();
    }

    private record RelativeCost(double margin) implements Respect {
        @Override
        public boolean better(Measured one, Measured other) {
            Optional<Amount> cost = one.costs().monthly();
            Optional<Amount> others = other.costs().monthly();
            return cost.isPresent()
                    && others.isPresent()
                    && cost.get().value() < others.get().value()
                    && cost.get().value() <= (1 - margin) * others.get().value();
        }

        @Override
        public Evidence reason(Measured one, List<Measured> others) {
            List<Figure> figures = new ArrayList<>();
            List<String> said = new ArrayList<>();
            figures.add(figure(one));
            for (Measured other : others) {
                figures.add(figure(other));
                said.add("%s for %s".formatted(dollars(other), other.approach()));
            }
            figures.add(Figure.of("margin of cost", margin, "constraint"));
            return new Evidence(
                    "%s costs %s a month, against %s: cheaper by at least %s."
                            .formatted(one.approach(), dollars(one), Wording.list(said), Wording.percent(margin)),
                    figures);
        }

        private static Figure figure(Measured measured) {
            return Figure.of(
                    measured.approach() + ": US dollars a month",
                    measured.costs().monthly().orElseThrow());
        }

        private static String dollars(Measured measured) {
            return Wording.dollars(measured.costs().monthly().orElseThrow().value());
        }

        @Override
        public Verdict.Outcome outcome() {
            return Verdict.Outcome.COST;
        }
    }

    private record RelativeLatency(Measurements measurements, double margin) implements Respect {
        @Override
        public boolean better(Measured one, Measured other) {
            return LatencyRatio.of(measurements, one, other)
                    .filter(ratio -> ratio.interval().high() <= 1 - margin)
                    .isPresent();
        }

        @Override
        public Evidence reason(Measured one, List<Measured> others) {
            List<Figure> figures = new ArrayList<>();
            List<String> said = new ArrayList<>();
            for (Measured other : others) {
                LatencyRatio ratio = LatencyRatio.of(measurements, one, other).orElseThrow();
                Interval interval = ratio.interval();
                figures.add(new Figure(
                        "%s: latency as a share of that of %s".formatted(one.approach(), other.approach()),
                        ratio.ratio(),
                        Optional.of(interval),
                        "measured: %d answers of both".formatted(ratio.cases())));
                said.add("%s [%s, %s] of the time of %s"
                        .formatted(
                                Wording.percent(ratio.ratio()),
                                Wording.percent(interval.low()),
                                Wording.percent(interval.high()),
                                other.approach()));
            }
            figures.add(Figure.of("margin of latency", margin, "constraint"));
            return new Evidence(
                    "%s takes %s: faster by at least %s."
                            .formatted(one.approach(), Wording.list(said), Wording.percent(margin)),
                    figures);
        }

        @Override
        public Verdict.Outcome outcome() {
            return Verdict.Outcome.LATENCY;
        }
    }
}
