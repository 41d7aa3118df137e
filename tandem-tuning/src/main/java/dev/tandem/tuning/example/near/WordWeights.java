package dev.tandem.tuning.example.near;

/**
 * How much a word tells: {@code ln((N + 1) / (n + 0.5))} of the n texts out of N that have it (the inverse document
 * frequency of Robertson and Spärck Jones), at least {@value #LEAST}. What all examples of a set have in common, such as
 * the words of a template, weighs next to nothing. Counting is for one thread, asking for many.
 */
public final class WordWeights {
    private static final double LEAST = 0.05;

    private int[] words = new int[1 << 12];
    private int[] texts = new int[1 << 12];
    private int size;
    private long all;

    /** Counts a text's words. */
    public void count(int[] bag) {
        all++;
        for (int word : bag) {
            int slot = slot(word);
            if (texts[slot] == 0) {
                words[slot] = word;
                size++;
            }
            texts[slot]++;
            if (2 * size > words.length) {
                grow();
            }
        }
    }

    public double weight(int word) {
        return Math.max(LEAST, Math.log((all + 1) / (texts[slot(word)] + 0.5)));
    }

    private int slot(int word) {
        int slot = Words.mixed(word) & words.length - 1;
        while (texts[slot] != 0 && words[slot] != word) {
            slot = slot + 1 & words.length - 1;
        }
        return slot;
    }

    private void grow() {
        var oldWords = words;
        var oldTexts = texts;
        words = new int[2 * oldWords.length];
        texts = new int[2 * oldTexts.length];
        for (int i = 0; i < oldWords.length; i++) {
            if (oldTexts[i] != 0) {
                int slot = slot(oldWords[i]);
                words[slot] = oldWords[i];
                texts[slot] = oldTexts[i];
            }
        }
    }
}
