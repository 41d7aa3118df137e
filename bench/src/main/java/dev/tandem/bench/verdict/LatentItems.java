package dev.tandem.bench.verdict;

import dev.tandem.evaluation.compare.ApproachKind;
import dev.tandem.evaluation.compare.ComparedCase;
import dev.tandem.evaluation.compare.Costs;
import dev.tandem.evaluation.compare.Measured;
import dev.tandem.evaluation.compare.Measurements;
import dev.tandem.evaluation.compare.statistics.Normal;
import dev.tandem.evaluation.testset.QuestionType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Test sets and answers drawn from a known truth. A case has a difficulty that all approaches meet, each case and approach luck of
 * their own; an approach is right where both together stay below its skill. Graded scores are how far below they stay, cut off at 0
 * and 1, so that many are exactly that.
 *
 * @param means the true mean scores of the approaches
 * @param correlation of two approaches' latent values, in [0, 1): the share of the difficulty
 * @param clusterSize cases made from one document; 1 for none
 * @param clusterShare of the difficulty, what such cases have in common, in [0, 1]
 * @param types question types that the cases are of, in turns, 1 to 5
 * @param skills of the approaches, on the latent scale, that give the means
 */
public record LatentItems(
        double[] means,
        boolean graded,
        double correlation,
        int clusterSize,
        double clusterShare,
        int types,
        double[] skills) {
    /** Graded: what a unit of the latent value is in score. */
    private static final double SLOPE = 0.45;

    private static final int STEPS = 4_000;
    private static final double WIDTH = 8;

    static LatentItems binary(double correlation, double... means) {
        double[] skills = Arrays.stream(means).map(Normal::quantile).toArray();
        return new LatentItems(means, false, correlation, 1, 0, 1, skills);
    }

    static LatentItems graded(double correlation, double... means) {
        double[] skills = Arrays.stream(means).map(LatentItems::gradedSkill).toArray();
        return new LatentItems(means, true, correlation, 1, 0, 1, skills);
    }

    LatentItems clustered(int size, double share) {
        return new LatentItems(means, graded, correlation, size, share, types, skills);
    }

    LatentItems ofTypes(int number) {
        return new LatentItems(means, graded, correlation, clusterSize, clusterShare, number, skills);
    }

    /** The name of an approach by its place. */
    static String name(int approach) {
        return "approach " + approach;
    }

    /** A report's measurements. */
    public Measurements draw(int cases, RandomGenerator random) {
        List<ComparedCase> drawn = new ArrayList<>();
        List<Map<String, Double>> scores = new ArrayList<>();
        Arrays.stream(means).forEach(mean -> scores.add(new LinkedHashMap<>()));
        double shared = 0;
        for (int i = 0; i < cases; i++) {
            if (i % clusterSize == 0) {
                shared = random.nextGaussian();
            }
            String id = "case " + i;
            Optional<String> cluster = clusterSize == 1 ? Optional.empty() : Optional.of("document " + i / clusterSize);
            drawn.add(new ComparedCase(id, List.of(QuestionType.values()).get(i % types), cluster));
            double difficulty = Math.sqrt(clusterShare) * shared + Math.sqrt(1 - clusterShare) * random.nextGaussian();
            for (int k = 0; k < skills.length; k++) {
                double latent =
                        Math.sqrt(correlation) * difficulty + Math.sqrt(1 - correlation) * random.nextGaussian();
                scores.get(k).put(id, score(skills[k] - latent));
            }
        }
        List<Measured> approaches = new ArrayList<>();
        for (int k = 0; k < skills.length; k++) {
            approaches.add(
                    new Measured(name(k), ApproachKind.RAG, scores.get(k), Map.of(), Costs.UNKNOWN, Optional.empty()));
        }
        return new Measurements(graded ? "f1" : "accuracy", drawn, approaches, random.nextLong());
    }

    private double score(double surplus) {
        if (graded) {
            return Math.clamp(0.5 + SLOPE * surplus, 0, 1);
        }
        return surplus > 0 ? 1 : 0;
    }

    private static double gradedSkill(double mean) {
        double low = -WIDTH;
        double high = WIDTH;
        while (high - low > 1e-9) {
            double middle = (low + high) / 2;
            double skill = middle;
            double reached = integral(z -> Math.clamp(0.5 + SLOPE * (skill - z), 0, 1));
            if (reached < mean) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The mean of a function of a standard normal value. */
    static double integral(DoubleUnaryOperator function) {
        double step = 2 * WIDTH / STEPS;
        double sum = 0;
        for (int i = 0; i <= STEPS; i++) {
            double z = -WIDTH + i * step;
            sum += function.applyAsDouble(z) * Math.exp(-z * z / 2);
        }
        return sum * step / Math.sqrt(2 * Math.PI);
    }

    /**
     * Binary: the probability of each pattern of who is right on a case, by the bits of its place.
     */
    double[] patterns() {
        double[] probabilities = new double[1 << skills.length];
        for (int pattern = 0; pattern < probabilities.length; pattern++) {
            int wanted = pattern;
            probabilities[pattern] = integral(difficulty -> {
                double product = 1;
                for (int k = 0; k < skills.length; k++) {
                    double right = Normal.probabilityUpTo(
                            (skills[k] - Math.sqrt(correlation) * difficulty) / Math.sqrt(1 - correlation));
                    product *= (wanted >> k & 1) == 1 ? right : 1 - right;
                }
                return product;
            });
        }
        return probabilities;
    }

    /** Binary: how often the first is right where the other is wrong. */
    double onlyFirst(int first, int second) {
        double[] patterns = patterns();
        double sum = 0;
        for (int pattern = 0; pattern < patterns.length; pattern++) {
            if ((pattern >> first & 1) == 1 && (pattern >> second & 1) == 0) {
                sum += patterns[pattern];
            }
        }
        return sum;
    }

    /** Binary: the usual correlation (phi) of the first two approaches' right and wrong answers. */
    double phi() {
        double bothRight = means[0] - onlyFirst(0, 1);
        double variances = means[0] * (1 - means[0]) * means[1] * (1 - means[1]);
        return (bothRight - means[0] * means[1]) / Math.sqrt(variances);
    }
}
