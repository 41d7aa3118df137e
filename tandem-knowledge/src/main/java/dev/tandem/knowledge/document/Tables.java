package dev.tandem.knowledge.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rows of cells to a table, where the file does not mark which row names the columns. */
final class Tables {
    private static final Pattern SPACE = Pattern.compile("[\\s\\u00a0]+");

    private Tables() {}

    /** A table, if any cell says something. Rows without text are dropped. */
    static Optional<Block> of(List<List<String>> rows, int page) {
        var kept = new ArrayList<>(rows.stream().filter(Tables::hasText).toList());
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        List<String> header = kept.size() > 1 && namesColumns(kept.getFirst()) ? kept.removeFirst() : List.of();
        return Optional.of(new Block.Table(header, kept, page));
    }

    /** Where every cell of the first row says something, or all but that above the names of the rows. */
    static boolean namesColumns(List<String> row) {
        return !row.isEmpty() && row.stream().skip(row.size() > 2 ? 1 : 0).noneMatch(String::isBlank);
    }

    private static boolean hasText(List<String> row) {
        return row.stream().anyMatch(cell -> !cell.isBlank());
    }

    /** A cell's text in one line. */
    static String oneLine(String text) {
        return SPACE.matcher(text).replaceAll(" ").strip();
    }
}
