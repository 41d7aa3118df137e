package dev.tandem.evaluation.metric.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The golden files come from reference/metrics/make_text_fixtures.py, which writes seven digits of each number. */
class ReferenceProgramsTest {
    private static final double SEVEN_DIGITS = 1e-5;

    private static final Map<String, CorpusMetric> CORPUS_METRICS = Map.of(
            "bleu-13a", Bleu.DEFAULT,
            "bleu-13a-lc", new Bleu(BleuTokenizer.V13A, true),
            "bleu-intl", new Bleu(BleuTokenizer.INTERNATIONAL, false),
            "bleu-char", new Bleu(BleuTokenizer.CHARACTERS, false),
            "bleu-none", new Bleu(BleuTokenizer.NONE, false),
            "chrf", Chrf.DEFAULT,
            "chrf-lc", new Chrf(0, true),
            "chrf++", Chrf.PLUS_PLUS);

    private record Pair(String prediction, List<String> references) {}

    @TestFactory
    Stream<DynamicTest> bleuAndChrfEqualSacrebleuForCorpusAndSentences() throws IOException {
        return corpora().stream()
                .flatMap(corpus -> CORPUS_METRICS.entrySet().stream()
                        .map(metric -> DynamicTest.dynamicTest(
                                metric.getKey() + ": " + corpus.path("name").asText(),
                                () -> assertEqual(corpus, metric.getKey(), metric.getValue()))));
    }

    private static void assertEqual(JsonNode corpus, String label, CorpusMetric metric) {
        var pairs = pairs(corpus);
        var counts = pairs.stream()
                .map(pair -> metric.counts(pair.prediction, pair.references))
                .toList();
        var expected = corpus.path("corpus").path(label);
        assertThat(metric.corpusScore(CorpusMetric.sum(counts)))
                .isCloseTo(expected.path("score").doubleValue(), within(SEVEN_DIGITS));
        assertThat(metric.signature(references(pairs)))
                .isEqualTo(expected.path("signature").asText());
        assertThat(metric.name()).isEqualTo(expected.path("name").asText());
        var sentences = corpus.path("sentences").path(label);
        assertThat(sentences.size()).isEqualTo(pairs.size());
        for (int i = 0; i < pairs.size(); i++) {
            assertThat(metric.sentenceScore(counts.get(i)))
                    .as("%s", pairs.get(i))
                    .isCloseTo(sentences.get(i).doubleValue(), within(SEVEN_DIGITS));
        }
    }

    @TestFactory
    Stream<DynamicTest> rougeEqualsRougeScoreForEveryText() throws IOException {
        return corpora().stream()
                .flatMap(corpus -> Stream.of(new Rouge(false), new Rouge(true))
                        .map(rouge -> DynamicTest.dynamicTest(
                                rouge + ": " + corpus.path("name").asText(), () -> assertEqual(corpus, rouge))));
    }

    private static void assertEqual(JsonNode corpus, Rouge rouge) {
        var pairs = pairs(corpus);
        for (int i = 0; i < pairs.size(); i++) {
            var scores = rouge.scores(pairs.get(i).prediction, pairs.get(i).references);
            for (var kind : Rouge.Kind.values()) {
                var expected = corpus.path("sentences")
                        .path(kind.label() + (rouge.stemmer() ? "-stem" : ""))
                        .path(i);
                var score = Objects.requireNonNull(scores.get(kind));
                var found = List.of(score.precision(), score.recall(), score.fMeasure());
                assertThat(expected.size()).isEqualTo(found.size());
                for (int part = 0; part < found.size(); part++) {
                    assertThat(found.get(part))
                            .as("%s of %s", kind, pairs.get(i))
                            .isCloseTo(expected.get(part).doubleValue(), within(SEVEN_DIGITS));
                }
            }
        }
    }

    @Test
    void stemsEqualNltks() throws IOException {
        var lines =
                new String(bytes("stems.txt"), StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSizeGreaterThan(3000);
        assertThat(lines).allSatisfy(line -> {
            var word = line.substring(0, line.indexOf(' '));
            assertThat(word + " " + PorterStemmer.stem(word)).isEqualTo(line);
        });
    }

    private static OptionalInt references(List<Pair> pairs) {
        var counts = pairs.stream()
                .mapToInt(pair -> pair.references.size())
                .distinct()
                .toArray();
        return counts.length == 1 ? OptionalInt.of(counts[0]) : OptionalInt.empty();
    }

    private static List<Pair> pairs(JsonNode corpus) {
        var pairs = new ArrayList<Pair>();
        corpus.path("pairs").forEach(node -> {
            var references = node.path("references");
            pairs.add(new Pair(
                    node.path("prediction").asText(),
                    IntStream.range(0, references.size())
                            .mapToObj(i -> references.get(i).asText())
                            .toList()));
        });
        return pairs;
    }

    private static List<JsonNode> corpora() throws IOException {
        var corpora = new ObjectMapper().readTree(bytes("text.json")).path("corpora");
        assertThat(corpora.size()).isEqualTo(7);
        return StreamSupport.stream(corpora.spliterator(), false).toList();
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(ReferenceProgramsTest.class.getResourceAsStream(name))) {
            return file.readAllBytes();
        }
    }
}
