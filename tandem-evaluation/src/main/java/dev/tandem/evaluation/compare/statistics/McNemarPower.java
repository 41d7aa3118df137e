package dev.tandem.evaluation.compare.statistics;

import java.util.function.IntToDoubleFunction;

/**
 * How often the exact McNemar test finds the better of two approaches, by their true rates of disagreement: summed over how many
 * cases they may disagree on, nothing approximated.
 *
 * @param onlyBetter share of cases that only the better one has right
 * @param onlyWorse share of cases that only the worse one has right
 * @param level two-sided, in (0, 1)
 */
public record McNemarPower(double onlyBetter, double onlyWorse, double level) implements IntToDoubleFunction {
    /** Probabilities further out do not add up to anything. */
    private static final int DEVIATIONS = 8;

    /** A rate of one would have no probability of anything else to go on from. */
    private static final double ALMOST_ALL = 1 - 1e-12;

    /** The probability that the better one is found with so many examples. */
    @Override
    public double applyAsDouble(int examples) {
        double rate = Math.min(ALMOST_ALL, onlyBetter + onlyWorse);
        if (rate <= 0) {
            return 0;
        }
        double spread = DEVIATIONS * Math.sqrt(examples * rate * (1 - rate)) + DEVIATIONS;
        int fewest = (int) Math.max(0, Math.floor(examples * rate - spread));
        int most = (int) Math.min(examples, Math.ceil(examples * rate + spread));
        double[] found = foundByDisagreements(most);
        double probability = Binomial.probability(fewest, examples, rate);
        double power = 0;
        for (int disagreements = fewest; disagreements <= most; disagreements++) {
            power += probability * found[disagreements];
            probability *= rate / (1 - rate) * (examples - disagreements) / (disagreements + 1.0);
        }
        return power;
    }

    /**
     * For each number of disagreements, the probability that so many of them favour the better one that the test finds it. Tails
     * and probabilities follow from those of one disagreement less, so that all of them cost no more than the last.
     */
    private double[] foundByDisagreements(int most) {
        double[] found = new double[most + 1];
        UpperTail coin = new UpperTail(0.5);
        UpperTail better = new UpperTail(Math.min(ALMOST_ALL, onlyBetter / (onlyBetter + onlyWorse)));
        for (int disagreements = 1; disagreements <= most; disagreements++) {
            coin.addDraw();
            better.addDraw();
            while (2 * coin.sum > level) {
                coin.raise();
                better.raise();
            }
            found[disagreements] = Math.max(0, better.sum);
        }
        return found;
    }

    /** The probability of at least a critical number of hits, as draws are added and the critical number is raised. */
    private static final class UpperTail {
        private final double rate;
        private int draws;
        private int critical = 1;
        private double sum;

        /** Of one hit less than critical. */
        private double probabilityBelow = 1;

        UpperTail(double rate) {
            this.rate = rate;
        }

        void addDraw() {
            sum += rate * probabilityBelow;
            draws++;
            probabilityBelow *= (1 - rate) * draws / (draws - critical + 1.0);
        }

        void raise() {
            probabilityBelow *= rate / (1 - rate) * (draws - critical + 1.0) / critical;
            sum -= probabilityBelow;
            critical++;
        }
    }
}
