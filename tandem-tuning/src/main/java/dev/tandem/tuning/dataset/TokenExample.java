package dev.tandem.tuning.dataset;

/**
 * An example as tokens.
 *
 * @param ids its tokens, prompt and completion
 * @param learned for each token whether it is learned, that is, whether predicting it counts in the loss; the same length
 */
public record TokenExample(int[] ids, boolean[] learned) {
    public TokenExample {
        if (ids.length != learned.length) {
            throw new IllegalArgumentException(ids.length + " tokens, but " + learned.length + " marks");
        }
    }

    public int length() {
        return ids.length;
    }

    /** How many tokens count in the loss; the first token of a text is predicted by nothing. */
    public int learnedTokens() {
        int count = 0;
        for (int i = 1; i < learned.length; i++) {
            count += learned[i] ? 1 : 0;
        }
        return count;
    }
}
