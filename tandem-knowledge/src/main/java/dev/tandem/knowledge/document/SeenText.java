package dev.tandem.knowledge.document;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Blocks apart into what a reader sees and what is hidden: blocks that a parser found hidden, and what is written in
 * characters that nothing shows.
 *
 * @param blocks cleaned as {@link CleanText} does, without what is hidden
 * @param hidden each text once
 */
record SeenText(List<Block> blocks, List<String> hidden) {
    /** A document that hides more than this is told by what it hides first. */
    private static final int MOST = 200;

    private static final int LONGEST = 2_000;

    /** Unicode's tags, a copy of ASCII that nothing shows; flags of regions end with them, too. */
    private static final Pattern TAGS = Pattern.compile("[\\x{E0020}-\\x{E007E}]{4,}");

    /** Selectors of which each can stand for a byte. */
    private static final Pattern SELECTORS = Pattern.compile("[\\x{E0100}-\\x{E01EF}\\uFE00-\\uFE0F]{4,}");

    /** What is taken out of text: all the above, and marks that turn the direction of what others see. */
    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\x{E0000}-\\x{E007F}\\x{E0100}-\\x{E01EF}\\u200B\\u2060-\\u2064\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

    static SeenText of(List<Block> parsed) {
        var hidden = new LinkedHashSet<String>();
        var blocks = new ArrayList<Block>(parsed.size());
        for (var block : parsed) {
            var clean = CleanText.of(block);
            if (clean instanceof Block.Hidden(String text, int page)) {
                add(text, hidden);
            } else {
                texts(block).forEach(text -> find(text, hidden));
                blocks.add(clean);
            }
        }
        return new SeenText(List.copyOf(blocks), List.copyOf(hidden));
    }

    /** The text without characters that nothing shows. */
    static String visible(String text) {
        return isPlain(text) ? text : INVISIBLE.matcher(text).replaceAll("");
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c < 0x2000);
    }

    private static void find(String text, Set<String> hidden) {
        if (isPlain(text)) {
            return;
        }
        TAGS.matcher(text).results().forEach(match -> {
            var letters = new StringBuilder();
            match.group().codePoints().forEach(tag -> letters.append((char) (tag - 0xE0000)));
            add(letters.toString(), hidden);
        });
        SELECTORS.matcher(text).results().forEach(match -> add(spelt(match.group()), hidden));
    }

    /** Bytes as variation selectors: the first sixteen stand apart from the rest. */
    private static String spelt(String selectors) {
        var bytes = new java.io.ByteArrayOutputStream();
        selectors.codePoints().forEach(c -> bytes.write(c >= 0xE0100 ? c - 0xE0100 + 16 : c - 0xFE00));
        return CleanText.prose(bytes.toString(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void add(String text, Set<String> hidden) {
        var line = text.strip();
        if (!line.isEmpty() && hidden.size() < MOST) {
            hidden.add(line.length() > LONGEST ? line.substring(0, LONGEST) : line);
        }
    }

    private static List<String> texts(Block block) {
        return switch (block) {
            case Block.Heading heading -> List.of(heading.text());
            case Block.Paragraph paragraph -> List.of(paragraph.text());
            case Block.ItemList list -> list.items();
            case Block.Table table -> {
                var cells = new ArrayList<>(table.header());
                table.rows().forEach(cells::addAll);
                yield cells;
            }
            case Block.Code code -> List.of(code.text());
            case Block.Hidden hidden -> List.of(); // taken as it is
        };
    }
}
