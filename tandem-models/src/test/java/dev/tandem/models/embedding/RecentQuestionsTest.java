package dev.tandem.models.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentQuestionsTest {
    @Test
    void aQuestionInWorkIsEncodedOnceAndAsIfItWereNot() {
        try (var bundled = OnnxTextEncoder.bundled();
                var recent = new RecentQuestions(bundled, 2)) {
            var first = recent.encodeQuestion("What does it cost?");

            assertThat(recent.encodeQuestion("What does it cost?")).isSameAs(first);
            assertThat(recent.vector("What does it cost?"))
                    .containsExactly(
                            bundled.encodeQuestion("What does it cost?").vector());
            assertThat(recent.encodeQuestion("Who made it?").vector()).isNotEqualTo(first.vector());
        }
    }
}
