package dev.tandem.knowledge.injection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Two logistic regressions. The first reads a sentence alone, by its vector and what its words say, and passes most
 * sentences as text. The second weighs that together with how well the sentence fits its document.
 *
 * @param sentence weights of {@link Look#values}
 * @param sentenceBias of the first
 * @param suspicion the first's logit from which the second is asked
 * @param passage weights of {@link Surroundings#values}
 * @param passageBias of the second
 * @param threshold the second's probability from which a sentence is flagged, in (0, 1)
 */
public record InjectionModel(
        double[] sentence,
        double sentenceBias,
        double suspicion,
        double[] passage,
        double passageBias,
        double threshold) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The model that ships, made by {@code bench/run FitInjection}. */
    public static InjectionModel shipped() {
        try (var stream = InjectionModel.class.getResourceAsStream("injection.json")) {
            if (stream == null) {
                throw new IllegalStateException("injection.json is not on the class path");
            }
            var node = JSON.readTree(stream);
            return new InjectionModel(
                    numbers(node.required("sentence")),
                    node.required("sentence_bias").asDouble(),
                    node.required("suspicion").asDouble(),
                    numbers(node.required("passage")),
                    node.required("passage_bias").asDouble(),
                    node.required("threshold").asDouble());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] numbers(JsonNode list) {
        var numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).asDouble();
        }
        return numbers;
    }

    /** The model as its file holds it. */
    public String toJson() {
        var node = JSON.createObjectNode();
        node.put("sentence_bias", sentenceBias)
                .put("suspicion", suspicion)
                .put("passage_bias", passageBias)
                .put("threshold", threshold);
        var second = node.putArray("passage");
        for (double weight : passage) {
            second.add(Math.round(weight * 1e4) / 1e4);
        }
        var first = node.putArray("sentence");
        for (double weight : sentence) {
            first.add(Math.round(weight * 1e4) / 1e4);
        }
        return node + "\n";
    }

    /** The first regression's logit. */
    public double sentenceLogit(double[] values) {
        return dot(sentence, values) + sentenceBias;
    }

    /** The second regression's probability. */
    public double probability(double[] values) {
        return 1 / (1 + Math.exp(-dot(passage, values) - passageBias));
    }

    private static double dot(double[] weights, double[] values) {
        if (weights.length != values.length) {
            throw new IllegalArgumentException(values.length + " values for " + weights.length + " weights");
        }
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum;
    }
}
