package dev.tandem.models.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class OnnxTextEncoderTest {
    /** The reference differs from itself by up to 0.004 between versions and CPUs, which round int8 sums differently. */
    private static final double SAME = 0.99;

    private static final OnnxTextEncoder ENCODER = OnnxTextEncoder.bundled();

    @AfterAll
    static void close() {
        ENCODER.close();
    }

    @Test
    void halfASurrogatePairIsOneUnknownCharacterAndMovesNothing() {
        var text = "broken \uD83D here";

        var encoding = ENCODER.encodePassages(List.of(text)).getFirst();

        var whole = ENCODER.encodePassages(List.of("broken \uFFFD here")).getFirst();
        assertThat(encoding.vector()).isEqualTo(whole.vector());
        assertThat(encoding.tokens().starts())
                .isEqualTo(whole.tokens().starts())
                .contains(text.indexOf("here"));
        assertThat(ENCODER.encodeQuestion("\uDE00 who?").vector()).hasSize(384);
    }

    @Test
    void closingWaitsForRunsOnEveryThreadAndNothingBeginsAfterwards() throws Exception {
        var encoder = OnnxTextEncoder.bundled();
        var ended = new CopyOnWriteArrayList<Throwable>();
        var busy = new CountDownLatch(3);
        var threads = Stream.<Runnable>of(
                        () -> encoder.encodeQuestion("How many days of parental leave do I get?"),
                        () -> encoder.encodePassages(List.of("one", "two", "three")),
                        () -> encoder.countTokens("a word of more than four and twenty letters: " + "x".repeat(40)))
                .map(work -> Thread.ofPlatform().start(() -> {
                    try {
                        work.run();
                        busy.countDown();
                        while (true) {
                            work.run();
                        }
                    } catch (RuntimeException e) {
                        ended.add(e);
                    }
                }))
                .toList();
        busy.await();

        encoder.close();

        for (var thread : threads) {
            thread.join();
        }
        assertThat(ended).hasSize(3);
        assertThatThrownBy(() -> encoder.encodeQuestion("again?"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        encoder.close();
        assertThat(ENCODER.encodeQuestion("again?").vector())
                .as("what others have of the same model stays open")
                .hasSize(384);
    }

    @Test
    void passageVectorsEqualTheReferenceLibraries() throws IOException {
        for (var expected : fixture().get("passages")) {
            var encoding = ENCODER.encodePassages(List.of(expected.get("text").asText()))
                    .getFirst();

            assertThat(cosine(encoding.vector(), expected.get("vector"))).isGreaterThan(SAME);
            assertThat(cosine(encoding.tokens().vectors()[0], expected.get("secondTokenVector")))
                    .isGreaterThan(SAME);
            assertThat(encoding.tokens().size())
                    .isEqualTo(expected.get("tokens").asInt() - 2);
        }
    }

    @Test
    void questionsCarryThePrefixThatTheModelWasTrainedWith() throws IOException {
        var expected = fixture().get("question");

        var encoding = ENCODER.encodeQuestion("How many days of parental leave do I get?");

        assertThat(cosine(encoding.vector(), expected.get("vector"))).isGreaterThan(SAME);
        assertThat(encoding.tokens().starts()[0]).isZero();
        assertThat(encoding.tokens().size()).isEqualTo(10);
    }

    @Test
    void orderAndCompanyOfTextsChangeNothing() {
        var texts = new ArrayList<String>();
        var random = new Random(7);
        for (int i = 0; i < 24; i++) {
            texts.add("sentence %d says %s".formatted(i, "many words ".repeat(random.nextInt(1, 30))));
        }
        var together = ENCODER.encodePassages(texts);
        var shuffled = new ArrayList<>(texts);
        Collections.shuffle(shuffled, random);
        var reordered = ENCODER.encodePassages(shuffled);

        for (int i = 0; i < texts.size(); i++) {
            var alone = ENCODER.encodePassages(List.of(texts.get(i))).getFirst();
            assertThat(together.get(i).vector()).isEqualTo(alone.vector());
            assertThat(reordered.get(shuffled.indexOf(texts.get(i))).vector()).isEqualTo(alone.vector());
        }
    }

    @Test
    void tokenOffsetsCountCharsAlsoBehindEmoji() {
        var text = "tents 😀 and ropes";

        var tokens = ENCODER.encodePassages(List.of(text)).getFirst().tokens();

        int last = tokens.size() - 1;
        assertThat(text.substring(tokens.starts()[last], tokens.ends()[last])).isEqualTo("ropes");
    }

    @Test
    void longTextsAreCutAtTheWindowButCountedWhole() {
        var text = "rope ".repeat(2_000);

        assertThat(ENCODER.countTokens(text)).isEqualTo(2_000);
        assertThat(ENCODER.encodePassages(List.of(text)).getFirst().tokens().size())
                .isEqualTo(ENCODER.maxTokens());
    }

    @Test
    void countsWhatTheModelSees() {
        var random = new Random(11);
        var pieces = List.of(
                "rope",
                "unbelievably",
                "don't",
                "naïve",
                "登山",
                "😀",
                "a\u0301",
                "\u00a0",
                "\u200b",
                "\u3000",
                "[SEP]",
                "##ing",
                "x_1",
                "3.14",
                "\u0007",
                "ﬁ",
                "…",
                "\r",
                "ẞ",
                "http://a.b/c?d=e");
        for (int i = 0; i < 300; i++) {
            var text = new StringBuilder();
            for (int piece = random.nextInt(12); piece >= 0; piece--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
                text.append(List.of("", " ", "\n", "\t", "  ").get(random.nextInt(5)));
            }

            var tokens =
                    ENCODER.encodePassages(List.of(text.toString())).getFirst().tokens();

            // A special token's name in the text is a token of the model, though none that stands for a part of the
            // text.
            int named = (text.length() - text.toString().replace("[SEP]", "").length()) / 5;
            assertThat(ENCODER.countTokens(text.toString()))
                    .as(text.toString())
                    .isBetween(tokens.size(), tokens.size() + named);
        }
    }

    @Test
    void anEmptyTextHasAVectorAndNoTokens() {
        var encoding = ENCODER.encodePassages(List.of("")).getFirst();

        assertThat(encoding.vector()).hasSize(384).doesNotContain(Float.NaN);
        assertThat(encoding.tokens().size()).isZero();
        assertThat(ENCODER.countTokens("")).isZero();
    }

    private static JsonNode fixture() throws IOException {
        try (var in = OnnxTextEncoderTest.class.getResourceAsStream("/bge-small-q-vectors.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static double cosine(float[] actual, JsonNode expected) {
        double product = 0;
        double squares = 0;
        for (int i = 0; i < actual.length; i++) {
            product += actual[i] * expected.get(i).asDouble();
            squares += expected.get(i).asDouble() * expected.get(i).asDouble();
        }
        return product / Math.sqrt(squares);
    }
}
