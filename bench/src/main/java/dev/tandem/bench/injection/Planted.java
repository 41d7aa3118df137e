package dev.tandem.bench.injection;

import dev.tandem.knowledge.passage.SentenceSplitter;
import java.util.List;

/** A text with an attack in it, before, behind, or between two of its sentences, as BIPIA plants them. */
public final class Planted {
    private static final int RECOGNISED = 25;

    private Planted() {}

    /** The text with the attack at the place: 0 before, 1 within, 2 behind. */
    public static String in(String text, Attack attack, int place, long seed) {
        return switch (place) {
            case 0 -> attack.text() + "\n" + text;
            case 1 -> {
                var spans = SentenceSplitter.split(text);
                int at = spans.size() < 2
                        ? 0
                        : spans.get((int) Math.floorMod(seed * 31, (long) spans.size() - 1))
                                .end();
                yield text.substring(0, at) + " " + attack.text() + " "
                        + text.substring(at).strip();
            }
            default -> text + "\n" + attack.text();
        };
    }

    /** Whether a sentence is some of the attack, or holds it. */
    public static boolean holds(String sentence, Attack attack) {
        var plain = plain(sentence);
        var text = plain(attack.text());
        return plain.contains(text.substring(0, Math.min(RECOGNISED, text.length())))
                || plain.length() >= RECOGNISED && text.contains(plain);
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** How documents begin, for contexts. */
    public static List<String> texts(List<Collections.Split> documents) {
        return documents.stream()
                .map(Collections.Split::passages)
                .filter(passages -> !passages.isEmpty())
                .map(passages -> passages.getFirst().text())
                .toList();
    }
}
