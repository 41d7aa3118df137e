package dev.tandem.knowledge.document;

import java.util.ArrayList;
import java.util.List;

/** Plain text: paragraphs between blank lines; a line alone that looks like one is a heading. */
final class PlainText {
    private static final int LONGEST_HEADING = 80;

    private PlainText() {}

    static List<Block> blocks(String text) {
        var blocks = new ArrayList<Block>();
        for (var part : text.split("\\n[ \\t]*\\n", -1)) {
            var trimmed = part.strip();
            if (trimmed.isEmpty()) {
                continue;
            }
            if (looksLikeHeading(trimmed)) {
                blocks.add(new Block.Heading(2, trimmed, 0));
            } else {
                addUnderlinedHeading(trimmed, blocks);
            }
        }
        return blocks;
    }

    /** A heading above a line of dashes or equals signs, directly followed by its text. */
    private static void addUnderlinedHeading(String part, List<Block> blocks) {
        var lines = part.split("\n", 3);
        if (lines.length >= 2
                && lines[0].length() <= LONGEST_HEADING
                && lines[1].strip().matches("={3,}|-{3,}|~{3,}")) {
            blocks.add(new Block.Heading(lines[1].startsWith("=") ? 1 : 2, lines[0].strip(), 0));
            if (lines.length == 3 && !lines[2].isBlank()) {
                blocks.add(new Block.Paragraph(lines[2].strip(), 0));
            }
            return;
        }
        blocks.add(new Block.Paragraph(part, 0));
    }

    private static boolean looksLikeHeading(String text) {
        boolean capitals = text.equals(text.toUpperCase(java.util.Locale.ROOT))
                && text.chars().filter(Character::isLetter).count() >= 4;
        boolean numbered = text.matches("\\d+(\\.\\d+)*\\.? \\p{Lu}[^.!?:;,]*");
        return !text.contains("\n") && text.length() <= LONGEST_HEADING && (capitals || numbered);
    }
}
