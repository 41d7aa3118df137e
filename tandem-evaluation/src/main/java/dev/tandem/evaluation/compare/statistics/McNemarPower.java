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
    private static final int DEVIATIONS = 9;

    /** The probability that the better one is found with so many examples. */
    @Override
    public double applyAsDouble(int examples) {
        double rate = onlyBetter + onlyWorse;
        if (rate <= 0) {
            return 0;
        }
        double spread = DEVIATIONS * Math.sqrt(examples * rate * (1 - rate)) + DEVIATIONS;
        int fewest = (int) Math.max(0, Math.floor(examples * rate - spread));
        int most = (int) Math.min(examples, Math.ceil(examples * rate + spread));
        double[] found = foundByDisagreements(most);
        double power = 0;
        for (int disagreements = fewest; disagreements <= most; disagreements++) {
            power += Binomial.probability(disagreements, examples, rate) * found[disagreements];
        }
        return power;
    }

    /**
     * For each number of disagreements, the probability that so many of them favour the better one that the test finds it. Both
     * tails follow from those of one disagreement less, so that all of them cost no more than the last.
     */
    private double[] foundByDisagreements(int most) {
        double share = onlyBetter / (onlyBetter + onlyWorse);
        double[] found = new double[most + 1];
        int critical = 1;
        double coinTail = 0;
        double tail = 0;
        for (int disagreements = 1; disagreements <= most; disagreements++) {
            coinTail += 0.5 * Binomial.probability(critical - 1, disagreements - 1, 0.5);
            tail += share * Binomial.probability(critical - 1, disagreements - 1, share);
            while (2 * coinTail > level) {
                coinTail -= Binomial.probability(critical, disagreements, 0.5);
                tail -= Binomial.probability(critical, disagreements, share);
                critical++;
            }
            found[disagreements] = Math.max(0, tail);
        }
        return found;
    }
}
