package dev.tandem.evaluation.judge;

import dev.tandem.models.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A text as sentences with their vectors. Each sentence is a run of the encoder, so that one that is copied has the same
 * vectors wherever it stands.
 *
 * @param sentences in order
 */
record EncodedText(List<Sentence> sentences) {
    /** The most tokens of a run: text without a stop is cut to it. */
    static final int RUN = 192;

    /**
     * One sentence.
     *
     * @param text the sentence, to the letter
     * @param words its words, placed in {@code text}
     * @param vector its vector of unit length
     * @param tokenStarts where each token begins in {@code text}, {@code [tokens]}
     * @param vectors the tokens' vectors of unit length, {@code [tokens][dimension]}
     */
    record Sentence(String text, List<Word> words, float[] vector, int[] tokenStarts, float[][] vectors) {}

    /** Encodes texts, one after the other. */
    static EncodedText of(List<String> texts, TextEncoder encoder) {
        int most = Math.min(RUN, encoder.maxTokens());
        var sentences = texts.stream()
                .flatMap(text -> Sentences.within(text, most, encoder::countTokens).stream()
                        .map(span -> span.of(text)))
                .toList();
        return encoded(sentences, encoder);
    }

    /** Encodes a text in one piece; one longer than the encoder reads is cut. */
    static EncodedText whole(String text, TextEncoder encoder) {
        return encoded(List.of(text), encoder);
    }

    private static EncodedText encoded(List<String> sentences, TextEncoder encoder) {
        var encodings = encoder.encodePassages(sentences);
        var encoded = new ArrayList<Sentence>(sentences.size());
        for (int i = 0; i < sentences.size(); i++) {
            var text = sentences.get(i);
            var tokens = encodings.get(i).tokens();
            encoded.add(
                    new Sentence(text, Word.of(text), encodings.get(i).vector(), tokens.starts(), tokens.vectors()));
        }
        return new EncodedText(List.copyOf(encoded));
    }
}
