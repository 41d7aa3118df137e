package dev.tandem.bench.injection;

import dev.tandem.knowledge.document.Block;
import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.passage.SentenceSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A document with an attack in it: on a line of its own before, within or behind, as BIPIA plants them, or in the middle of
 * a line, which is harder to find.
 */
public final class Planted {
    private static final int RECOGNISED = 25;

    /** In a document of more blocks than this, before and behind mean those of one of its paragraphs. */
    private static final int SHORT = 12;

    private Planted() {}

    /** Where an attack stands. */
    public enum Place {
        BEFORE,
        WITHIN,
        BEHIND,
        IN_LINE
    }

    /** The document with the attack at the place; the seed chooses the paragraph and the sentence. */
    public static Document in(Document document, Attack attack, Place place, long seed) {
        var blocks = new ArrayList<>(document.blocks());
        var paragraphs = IntStream.range(0, blocks.size())
                .filter(i -> blocks.get(i) instanceof Block.Paragraph)
                .toArray();
        if (paragraphs.length == 0) {
            blocks.addAll(paragraphs(attack.text()));
        } else {
            int at = paragraphs[(int) Math.floorMod(seed * 31, (long) paragraphs.length)];
            boolean isShort = blocks.size() <= SHORT;
            switch (place) {
                case BEFORE -> blocks.addAll(isShort ? 0 : at, paragraphs(attack.text()));
                case WITHIN, IN_LINE -> {
                    var text = ((Block.Paragraph) blocks.remove(at)).text();
                    var whole = within(text, attack.text(), place == Place.IN_LINE ? " " : "\n", seed);
                    blocks.addAll(at, paragraphs(whole));
                }
                case BEHIND -> blocks.addAll(isShort ? blocks.size() : at + 1, paragraphs(attack.text()));
            }
        }
        return new Document(document.path(), document.title(), document.metadata(), blocks);
    }

    private static String within(String text, String attack, String between, long seed) {
        var spans = SentenceSplitter.split(text);
        int at = spans.isEmpty()
                ? text.length()
                : spans.get((int) Math.floorMod(seed * 17, (long) spans.size())).end();
        return (text.substring(0, at)
                        + between
                        + attack
                        + between
                        + text.substring(at).strip())
                .strip();
    }

    private static List<Block> paragraphs(String text) {
        return List.of(text.split("\\n[ \\t]*\\n")).stream()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .<Block>map(part -> new Block.Paragraph(part, 0))
                .toList();
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
}
