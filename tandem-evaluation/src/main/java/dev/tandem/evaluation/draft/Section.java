package dev.tandem.evaluation.draft;

import dev.tandem.knowledge.passage.Passage;
import dev.tandem.knowledge.passage.SentenceSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands under one heading of a passage.
 *
 * @param headings above it, outermost first; may be empty
 * @param first whether it is the document's beginning
 * @param blocks its paragraphs, lists and tables in order
 */
record Section(List<String> headings, boolean first, List<Block> blocks) {
    private static final int LONGEST_HEADING = 12;
    private static final Pattern ITEM = Pattern.compile("^\\s*(?:- |(\\d{1,3})\\. )(.+)$");

    Section {
        headings = List.copyOf(headings);
        blocks = List.copyOf(blocks);
    }

    /** A paragraph, the items of a list, or the rows of a table. */
    sealed interface Block {
        /** Running text, its sentences apart. */
        record Prose(List<String> sentences) implements Block {}

        /** Items without their marks. */
        record Items(boolean ordered, List<String> items) implements Block {}

        /** Rows, each as its cells. */
        record Rows(List<List<Cell>> rows) implements Block {}
    }

    /**
     * A table's cell.
     *
     * @param column the column's name; empty where it has none
     */
    record Cell(String column, String value) {}

    /** The heading right above it. */
    Optional<String> heading() {
        return headings.isEmpty() ? Optional.empty() : Optional.of(headings.getLast());
    }

    /** The sections of a passage; its text keeps the headings of sections that share it. */
    static List<Section> of(Passage passage) {
        var sections = new ArrayList<Section>();
        var headings = passage.headings();
        boolean first = passage.ordinal() == 0;
        var blocks = new ArrayList<Block>();
        var parts = passage.text().split("\n\n", -1);
        for (int i = 0; i < parts.length; i++) {
            var part = parts[i].strip();
            if (i + 1 < parts.length && isHeading(part)) {
                add(sections, headings, first, blocks);
                headings = List.of(part);
                first = false;
                blocks.clear();
            } else if (!part.isEmpty()) {
                blocks.add(block(part));
            }
        }
        add(sections, headings, first, blocks);
        return sections;
    }

    private static void add(List<Section> sections, List<String> headings, boolean first, List<Block> blocks) {
        if (!blocks.isEmpty()) {
            sections.add(new Section(headings, first, blocks));
        }
    }

    private static boolean isHeading(String part) {
        return part.indexOf('\n') < 0
                && part.length() > 2
                && Character.isUpperCase(part.charAt(0))
                && !part.contains(" | ")
                && !part.matches(".*[.!:;,]")
                && part.split(" ", -1).length <= LONGEST_HEADING;
    }

    private static Block block(String part) {
        var lines = part.lines().toList();
        if (lines.stream().allMatch(line -> line.contains(" | ") || line.contains(": "))
                && lines.stream().anyMatch(line -> line.contains(" | "))) {
            return new Block.Rows(lines.stream().map(Section::cells).toList());
        }
        var marked = ITEM.matcher(lines.getFirst());
        if (marked.matches()) {
            return new Block.Items(
                    marked.group(1) != null,
                    lines.stream()
                            .map(line -> ITEM.matcher(line).replaceFirst("$2"))
                            .map(String::strip)
                            .toList());
        }
        return new Block.Prose(
                SentenceSplitter.split(part).stream().map(span -> span.of(part)).toList());
    }

    private static List<Cell> cells(String line) {
        var cells = new ArrayList<Cell>();
        for (var cell : line.split(" \\| ", -1)) {
            int colon = cell.indexOf(": ");
            cells.add(
                    colon > 0 && colon < 60
                            ? new Cell(
                                    cell.substring(0, colon).strip(),
                                    cell.substring(colon + 2).strip())
                            : new Cell("", cell.strip()));
        }
        return List.copyOf(cells);
    }
}
