package dev.tandem.models.embedding;

/**
 * Contextual token vectors of one text, special tokens left out.
 *
 * @param ids the tokens' numbers in the vocabulary, {@code [tokens]}
 * @param starts where each token begins in the text, in chars, {@code [tokens]}
 * @param ends where each token ends in the text, in chars, exclusive, {@code [tokens]}
 * @param vectors one vector of unit length a token, {@code [tokens][dimension]}
 */
public record TokenVectors(long[] ids, int[] starts, int[] ends, float[][] vectors) {
    /** No token vectors. */
    public static final TokenVectors NONE = new TokenVectors(new long[0], new int[0], new int[0], new float[0][]);

    /** Number of tokens. */
    public int size() {
        return vectors.length;
    }
}
