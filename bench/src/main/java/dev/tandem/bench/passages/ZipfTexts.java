package dev.tandem.bench.passages;

import java.util.Random;

/** Words {@code w1}, {@code w2} and so on, number n about as often as 1/n. */
final class ZipfTexts implements PassageTexts {
    private static final int WORDS = 40_000;

    private final Random random = new Random(1);

    @Override
    public String passage(int number) {
        return words(random, 80);
    }

    @Override
    public String question(Random chance) {
        return words(chance, 8);
    }

    private static String words(Random random, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            // The inverse of Zipf's law.
            int word = (int) Math.exp(random.nextDouble() * Math.log(WORDS));
            text.append("w").append(word).append(' ');
        }
        return text.toString();
    }
}
