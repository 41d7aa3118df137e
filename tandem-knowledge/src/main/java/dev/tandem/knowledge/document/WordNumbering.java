package dev.tandem.knowledge.document;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Counts the numbered paragraphs of a .docx as Word does when it shows them. Not safe for threads. */
final class WordNumbering {
    private static final int LEVELS = 9;
    private static final Pattern PLACEHOLDER = Pattern.compile("%([1-9])");

    private final Map<String, Element> abstracts = new HashMap<>();
    private final Map<String, String> abstractOf = new HashMap<>();
    private final Map<String, int[]> counters = new HashMap<>();

    /**
     * A paragraph's place in a list.
     *
     * @param depth from 0
     * @param ordered whether it is numbered, not bulleted
     * @param label what stands before it, with a space behind, or nothing
     */
    record Place(int depth, boolean ordered, String label) {}

    WordNumbering(Optional<Document> part) {
        part.ifPresent(tree -> {
            tree.select("w|abstractNum").forEach(list -> abstracts.put(list.attr("w:abstractNumId"), list));
            tree.select("w|num").forEach(list -> {
                var target = list.selectFirst("> w|abstractNumId");
                abstractOf.put(list.attr("w:numId"), target == null ? "" : target.attr("w:val"));
            });
        });
    }

    Optional<Place> of(Element paragraph, WordStyles.Meaning style) {
        if (style.numbering().isEmpty()) {
            return Optional.empty();
        }
        var reference = style.numbering().get();
        var id = value(reference.selectFirst("> w|numId"));
        if (id.isEmpty() || id.equals("0")) {
            return Optional.empty();
        }
        int written = WordBlocks.number(value(reference.selectFirst("> w|ilvl")), Math.max(0, style.level() - 1));
        int depth = Math.min(LEVELS - 1, written);
        var list = abstractOf.getOrDefault(id, "");
        var level = Optional.ofNullable(abstracts.get(list))
                .map(element -> element.selectFirst("> w|lvl[w:ilvl=" + depth + "]"));
        var format =
                level.map(element -> value(element.selectFirst("> w|numFmt"))).orElse("bullet");
        if (format.equals("none")) {
            return style.level() > 0 ? Optional.empty() : Optional.of(new Place(depth, false, ""));
        }
        if (format.equals("bullet")) {
            return Optional.of(new Place(depth, false, ""));
        }
        var counts = counters.computeIfAbsent(list, key -> new int[LEVELS]);
        counts[depth]++;
        java.util.Arrays.fill(counts, depth + 1, LEVELS, 0);
        var text =
                level.map(element -> value(element.selectFirst("> w|lvlText"))).orElse("");
        // Letters and Roman numerals are left to the reader: a number in their place would be wrong.
        return Optional.of(new Place(depth, true, format.equals("decimal") ? label(text, counts) : ""));
    }

    private static String label(String text, int[] counts) {
        if (text.isBlank()) {
            return "";
        }
        return PLACEHOLDER.matcher(text).replaceAll(level -> {
                    int count = counts[level.group(1).charAt(0) - '1'];
                    return Integer.toString(Math.max(1, count));
                })
                + " ";
    }

    private static String value(@org.jspecify.annotations.Nullable Element element) {
        return element == null ? "" : element.attr("w:val");
    }
}
