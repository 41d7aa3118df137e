package dev.tandem.bench.passages;

import java.util.Random;

/** Texts to fill an index with, the same in each run, and questions about them. */
public interface PassageTexts {
    /** The text of the passage of that number; asked for in turn. */
    String passage(int number);

    String question(Random random);

    /** Eighty words by Zipf's law without stop words, and questions of eight: harder than any question of people. */
    static PassageTexts synthetic() {
        return new ZipfTexts();
    }
}
