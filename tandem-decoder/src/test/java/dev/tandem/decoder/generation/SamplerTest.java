package dev.tandem.decoder.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Held to what {@code reference/decoder/make_sampling.py} had transformers compute. */
class SamplerTest {
    private static final int DRAWS = 20_000;

    @Test
    void probabilitiesEqualThoseOfTransformers() throws IOException {
        var cases = new ObjectMapper()
                .readTree(Path.of("src/test/resources/sampling.json").toFile())
                .get("cases");
        assertThat(cases.size()).isGreaterThan(150);
        for (var each : cases) {
            var expected = floats(each.get("probabilities"));

            var actual = new Sampler(sampling(each), ids(each.get("prompt"))).probabilities(floats(each.get("logits")));

            for (int id = 0; id < expected.length; id++) {
                assertThat(actual[id]).as("token %d of %s", id, each).isCloseTo(expected[id], within(1e-6f));
                assertThat(actual[id] == 0).as("token %d of %s", id, each).isEqualTo(expected[id] == 0);
            }
        }
    }

    @Test
    void tokensAreDrawnAsOftenAsTheirProbabilitySays() {
        var sampling = new Sampling(0.8, 6, 0.95, 0.02, 1, 9, List.of(), 3);
        var logits = new float[] {0.3f, -1, 2, 1.5f, -0.2f, 1.9f, 0, -3};
        var probabilities = new Sampler(sampling, new int[0]).probabilities(logits.clone());
        var drawn = new int[logits.length];
        var sampler = new Sampler(sampling, new int[0]);

        for (int i = 0; i < DRAWS; i++) {
            drawn[sampler.next(logits.clone())]++;
        }

        for (int id = 0; id < drawn.length; id++) {
            double deviation = Math.sqrt(DRAWS * probabilities[id] * (1 - probabilities[id]));
            assertThat((double) drawn[id]).isCloseTo(DRAWS * (double) probabilities[id], within(4 * deviation));
        }
    }

    @Test
    void aTemperatureOfZeroTakesTheLikeliestAfterThePenalty() {
        var sampling = new Sampling(0, 0, 1, 0, 2, 9, List.of(), 0);
        assertThat(new Sampler(sampling, new int[] {1}).next(new float[] {1, 3, 2}))
                .isEqualTo(2);
    }

    @Test
    void aLargeVocabularyIsCutAsASmallOne() {
        var random = new Random(8);
        var small = new float[40];
        for (int i = 0; i < small.length; i++) {
            small[i] = (float) (2 * random.nextGaussian());
        }
        var large = new float[150_000];
        java.util.Arrays.fill(large, -200);
        System.arraycopy(small, 0, large, 70_000, small.length);
        var sampling = new Sampling(0.7, 0, 0.9, 0.01, 1, 9, List.of(), 0);

        var few = new Sampler(sampling, new int[0]).probabilities(small);
        var many = new Sampler(sampling, new int[0]).probabilities(large);

        assertThat(java.util.Arrays.copyOfRange(many, 70_000, 70_040)).isEqualTo(few);
    }

    private static Sampling sampling(JsonNode each) {
        return new Sampling(
                each.get("temperature").asDouble(),
                each.get("top_k").asInt(),
                each.get("top_p").asDouble(),
                each.get("min_p").asDouble(),
                each.get("repetition_penalty").asDouble(),
                9,
                List.of(),
                0);
    }

    private static float[] floats(JsonNode node) {
        var numbers = new float[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = node.get(i).floatValue();
        }
        return numbers;
    }

    private static int[] ids(JsonNode node) {
        var ids = new int[node.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = node.get(i).intValue();
        }
        return ids;
    }
}
