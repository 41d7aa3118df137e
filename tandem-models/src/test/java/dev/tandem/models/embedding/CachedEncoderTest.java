package dev.tandem.models.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachedEncoderTest {
    private final List<String> encoded = new ArrayList<>();

    private final TextEncoder counting = new TextEncoder() {
        @Override
        public String id() {
            return "letters";
        }

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public int maxTokens() {
            return 10;
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }

        @Override
        public List<Encoding> encodePassages(List<String> texts) {
            encoded.addAll(texts);
            return texts.stream().map(this::encodeQuestion).toList();
        }

        @Override
        public Encoding encodeQuestion(String text) {
            return new Encoding(new float[] {text.length()}, TokenVectors.NONE);
        }

        @Override
        public void close() {}
    };

    @Test
    void whatWasEncodedIsNotEncodedAgainAndStandsInItsPlace() {
        try (var encoder = new CachedEncoder(counting, 100)) {
            encoder.encodePassages(List.of("a", "bbb"));
            var mixed = encoder.encodePassages(List.of("cc", "bbb", "cc", "a"));
            assertThat(mixed).extracting(each -> each.vector()[0]).containsExactly(2f, 3f, 2f, 1f);
            assertThat(encoded).containsExactly("a", "bbb", "cc");
        }
    }

    @Test
    void whatWasNotAskedForLongestGoesFirst() {
        // Each of these takes one token: there are no token vectors.
        try (var encoder = new CachedEncoder(counting, 2)) {
            encoder.encodePassages(List.of("a", "b"));
            encoder.encodePassages(List.of("a"));
            encoder.encodePassages(List.of("c"));
            encoder.encodePassages(List.of("a"));
            assertThat(encoded).containsExactly("a", "b", "c");
            encoder.encodePassages(List.of("b"));
            assertThat(encoded).containsExactly("a", "b", "c", "b");
        }
    }
}
