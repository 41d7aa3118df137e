package dev.tandem.answering.prompt;

/**
 * Estimates a text's length in tokens from above, for models whose tokenizer is not at hand: a token for every three
 * ASCII characters (English prose has four to five), and one for every two bytes of UTF-8 elsewhere.
 */
public final class TokenEstimate {
    private TokenEstimate() {}

    /** The estimate; 0 for the empty text. */
    public static int of(String text) {
        int ascii = 0;
        int otherBytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                ascii++;
            } else if (c < 0x800 || Character.isSurrogate(c)) {
                otherBytes += 2;
            } else {
                otherBytes += 3;
            }
        }
        return (ascii + 2) / 3 + (otherBytes + 1) / 2;
    }
}
