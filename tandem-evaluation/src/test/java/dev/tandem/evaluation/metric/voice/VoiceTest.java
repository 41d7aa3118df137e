package dev.tandem.evaluation.metric.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VoiceTest {
    private static final List<String> NAMES =
            List.of("Skarn", "Lyng", "Brekke", "Fonna", "Hauk", "Tjern", "Rype", "Vidde");
    private static final List<String> BEGINNINGS =
            List.of("Say hello to the %s.", "Meet the %s, friend.", "Some days ask for the %s.");
    private static final List<String> ENDS =
            List.of("It weighs %d g, and the kettle is on.", "You carry %d g; go well, go slowly.");

    private static List<String> texts(int count, long seed) {
        var random = new Random(seed);
        var texts = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            texts.add(
                    BEGINNINGS.get(random.nextInt(BEGINNINGS.size())).formatted(NAMES.get(random.nextInt(NAMES.size())))
                            + " "
                            + ENDS.get(random.nextInt(ENDS.size())).formatted(100 + random.nextInt(900)));
        }
        return texts;
    }

    private final Voice voice = new Voice(texts(100, 1));

    @Test
    void textsOfTheSameHandWithOtherFactsHaveTheVoice() {
        assertThat(voice.consistency(texts(100, 2))).isGreaterThan(0.85);
    }

    @Test
    void theSameFactsInPlainWordsDoNot() {
        assertThat(voice.has("The product is called Skarn. The weight is 540 g."))
                .isFalse();
        assertThat(voice.has("- name: Skarn\n- weight: 540 g")).isFalse();
        assertThat(voice.has("")).isFalse();
    }

    @Test
    void digitsDoNotCount() {
        var text = "Say hello to the Lyng. It weighs %d g, and the kettle is on.";

        assertThat(voice.bitsPerCharacter(text.formatted(123))).isEqualTo(voice.bitsPerCharacter(text.formatted(987)));
    }

    @Test
    void ofFewTextsThereIsNoVoice() {
        assertThatThrownBy(() -> new Voice(texts(Voice.FEWEST - 1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 30");
    }
}
