package dev.tandem.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class AnswerMetricsTest {
    /** The golden file comes from reference/metrics/make_answer_fixtures.py. */
    @Test
    void exactMatchAndF1EqualSquadsScriptToTheBit() throws IOException {
        JsonNode cases = golden();
        assertThat(cases.size()).isEqualTo(308);
        for (JsonNode node : cases) {
            String answer = node.path("answer").asText();
            List<String> references = StreamSupport.stream(
                            node.path("references").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList();
            AnswerMetrics metrics = AnswerMetrics.of(answer, references);
            assertThat(String.join(" ", AnswerMetrics.words(answer)))
                    .isEqualTo(node.path("normalised").asText());
            assertThat(metrics.exactMatch())
                    .as("%s", node)
                    .isEqualTo(node.path("exact_match").doubleValue());
            assertThat(metrics.f1()).as("%s", node).isEqualTo(node.path("f1").doubleValue());
        }
    }

    @Test
    void aQuoteContainsAnAnswerWhenItsWordsStandSideBySide() {
        String quote = "The Panthers' defense gave up just 308 points, ranking sixth in the league.";
        assertThat(contained(quote, "308")).isOne();
        assertThat(contained(quote, "the 308 points")).isOne();
        assertThat(contained(quote, "nothing", "Sixth in a League")).isOne();
        assertThat(contained(quote, "30")).isZero();
        assertThat(contained(quote, "308 ranking")).isZero();
        assertThat(contained(quote)).isZero();
        assertThat(contained("")).isOne();
    }

    private static double contained(String quote, String... references) {
        return AnswerMetrics.of(quote, List.of(references)).contained();
    }

    private static JsonNode golden() throws IOException {
        try (InputStream file = Objects.requireNonNull(AnswerMetricsTest.class.getResourceAsStream("squad.json"))) {
            return new ObjectMapper().readTree(file);
        }
    }
}
