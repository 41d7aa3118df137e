package dev.tandem.evaluation.metric.voice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The voice of training texts, and whether another text has it: whether it is as predictable to who has read them as they are to each
 * other. Each training text is measured by a {@link CharacterModel} of nine tenths of them that it is not in, and the 95th percentile of
 * their bits a character is the threshold: 95 of 100 texts of the same hand would be known for it. Nothing but training texts decides
 * it, and facts hardly count; it says nothing of whether a text is true or good. Immutable.
 */
public final class Voice {
    /** Fewer texts say too little of a voice. */
    public static final int FEWEST = 30;

    private static final int FOLDS = 10;
    private static final double KNOWN = 0.95;

    private final CharacterModel model;
    private final double threshold;

    /**
     * Learns a voice.
     *
     * @param texts at least {@value #FEWEST}; those about one thing next to each other, so that what they share is no sign of the voice
     */
    public Voice(List<String> texts) {
        if (texts.size() < FEWEST) {
            throw new IllegalArgumentException("A voice needs at least " + FEWEST + " texts, not " + texts.size());
        }
        model = new CharacterModel(texts);
        threshold = threshold(texts);
    }

    private static double threshold(List<String> texts) {
        double[] bits = new double[texts.size()];
        for (int fold = 0; fold < FOLDS; fold++) {
            int from = fold * texts.size() / FOLDS;
            int to = (fold + 1) * texts.size() / FOLDS;
            var others = new ArrayList<>(texts.subList(0, from));
            others.addAll(texts.subList(to, texts.size()));
            var without = new CharacterModel(others);
            for (int i = from; i < to; i++) {
                bits[i] = without.bitsPerCharacter(texts.get(i));
            }
        }
        Arrays.sort(bits);
        return bits[(int) Math.min(bits.length - 1, Math.ceil(KNOWN * bits.length))];
    }

    /** Bits a character up to which a text has the voice. */
    public double threshold() {
        return threshold;
    }

    /** How far a text is from the voice, in bits a character. */
    public double bitsPerCharacter(String text) {
        return model.bitsPerCharacter(text);
    }

    /** Whether a text has the voice; one without a word has none. */
    public boolean has(String text) {
        return !text.isBlank() && bitsPerCharacter(text) <= threshold;
    }

    /** The share of texts that have it, from 0 to 1; 0 of none. */
    public double consistency(List<String> texts) {
        return texts.stream().filter(this::has).count() / (double) Math.max(1, texts.size());
    }
}
