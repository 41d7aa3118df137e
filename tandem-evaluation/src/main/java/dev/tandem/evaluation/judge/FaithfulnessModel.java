package dev.tandem.evaluation.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * A logistic regression over {@link Evidence}: the logit of a claim is {@code bias + sum of weight * (value - mean) /
 * deviation}; {@link #answerLogit} makes an answer's of them. The arrays are in the order of {@link Evidence}.
 *
 * @param means of the values where the model was fitted
 * @param deviations of the same, positive
 * @param weights each of the sign that its evidence has
 * @param bias the logit of a claim of mean values
 * @param threshold the score under which a claim or answer counts as unsupported, in (0, 1)
 */
public record FaithfulnessModel(double[] means, double[] deviations, double[] weights, double bias, double threshold) {
    private static final JsonMapper JSON = new JsonMapper();

    /** A value this many deviations from the mean counts as no farther: texts of other kinds must not be off the scale. */
    private static final double FARTHEST = 4;

    /** The model that ships, made by {@code bench/run FitJudge}. */
    public static FaithfulnessModel shipped() {
        try (var stream = FaithfulnessModel.class.getResourceAsStream("faithfulness.json")) {
            if (stream == null) {
                throw new IllegalStateException("faithfulness.json is not on the class path");
            }
            return of(JSON.readTree(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FaithfulnessModel of(JsonNode node) {
        int count = Evidence.values().length;
        var means = new double[count];
        var deviations = new double[count];
        var weights = new double[count];
        for (var evidence : Evidence.values()) {
            var own = node.required("evidence").required(evidence.key());
            means[evidence.place()] = own.required("mean").asDouble();
            deviations[evidence.place()] = own.required("deviation").asDouble();
            weights[evidence.place()] = own.required("weight").asDouble();
        }
        return new FaithfulnessModel(
                means,
                deviations,
                weights,
                node.required("bias").asDouble(),
                node.required("threshold").asDouble());
    }

    /** The model as its file holds it. */
    public String toJson() {
        var node = JSON.createObjectNode();
        node.put("bias", bias).put("threshold", threshold);
        var all = node.putObject("evidence");
        for (var evidence : Evidence.values()) {
            int i = evidence.place();
            all.putObject(evidence.key())
                    .put("mean", means[i])
                    .put("deviation", deviations[i])
                    .put("weight", weights[i]);
        }
        return node.toPrettyString() + "\n";
    }

    /** A value as the regression sees it: in deviations from the mean. */
    public double standardised(int evidence, double value) {
        return Math.clamp((value - means[evidence]) / deviations[evidence], -FARTHEST, FARTHEST);
    }

    /** A claim's logit. */
    public double logit(double[] values) {
        double logit = bias;
        for (int i = 0; i < weights.length; i++) {
            logit += weights[i] * standardised(i, values[i]);
        }
        return logit;
    }

    /**
     * An answer's logit from those of its claims, at least one: their mean, less the logarithm of their number, because the odds
     * that some claim is wrong add up.
     */
    public static double answerLogit(double... claims) {
        return Arrays.stream(claims).average().orElseThrow() - Math.log(claims.length);
    }

    /** An answer's score in (0, 1), from its claims' evidence; at least one. */
    public double score(List<double[]> claims) {
        return sigmoid(answerLogit(claims.stream().mapToDouble(this::logit).toArray()));
    }

    /** A logit as a probability. */
    public static double sigmoid(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
