package dev.tandem.knowledge.document;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cells of a sheet to tables, under the sheet's name as a heading. Empty rows part one table from the next, unless the
 * next goes on with numbers in the same columns; a full column of nothing parts tables that stand side by side; a line
 * with one cell above a table is its title. Not safe for threads.
 */
final class SheetRegions {
    private final String name;
    private final NavigableMap<Integer, NavigableMap<Integer, String>> cells = new TreeMap<>();

    SheetRegions(String name) {
        this.name = name;
    }

    void cell(int row, int column, String text) {
        var line = Tables.oneLine(text);
        if (!line.isEmpty()) {
            cells.computeIfAbsent(row, key -> new TreeMap<>()).put(column, line);
        }
    }

    List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        if (cells.isEmpty()) {
            return blocks;
        }
        blocks.add(new Block.Heading(2, name, 0));
        List<NavigableMap<Integer, String>> band = new ArrayList<>();
        int last = cells.firstKey();
        for (var row : cells.entrySet()) {
            if (row.getKey() > last + 1 && !goesOn(band, row.getValue())) {
                addBand(band, blocks);
                band = new ArrayList<>();
            }
            band.add(row.getValue());
            last = row.getKey();
        }
        addBand(band, blocks);
        return blocks;
    }

    private static boolean goesOn(List<NavigableMap<Integer, String>> band, NavigableMap<Integer, String> next) {
        var before = band.getLast();
        return before.size() > 1
                && before.firstKey().equals(next.firstKey())
                && before.lastKey().equals(next.lastKey())
                && next.values().stream().anyMatch(SheetRegions::isNumber);
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?[\\d.,]+\\s?[%€$£]?|[€$£]\\s?[\\d.,]+");
    }

    private static void addBand(List<NavigableMap<Integer, String>> band, List<Block> blocks) {
        int from = band.stream().mapToInt(NavigableMap::firstKey).min().orElse(0);
        int to = band.stream().mapToInt(NavigableMap::lastKey).max().orElse(0);
        int start = from;
        for (int column = from + 1; column < to; column++) {
            if (isGap(band, start, column, to)) {
                addTable(part(band, start, column), blocks);
                start = column + 1;
            }
        }
        addTable(part(band, start, to + 1), blocks);
    }

    /** An empty column, with a dense table of at least two columns on either side: not a mere spacer in a form. */
    private static boolean isGap(List<NavigableMap<Integer, String>> band, int from, int column, int to) {
        return band.stream().noneMatch(row -> row.containsKey(column))
                && isDense(part(band, from, column))
                && isDense(part(band, column + 1, to + 1));
    }

    private static boolean isDense(List<NavigableMap<Integer, String>> part) {
        int from = part.stream().mapToInt(NavigableMap::firstKey).min().orElse(0);
        int to = part.stream().mapToInt(NavigableMap::lastKey).max().orElse(0);
        int filled = part.stream().mapToInt(NavigableMap::size).sum();
        return part.size() > 1 && to > from && filled >= 0.8 * part.size() * (to - from + 1);
    }

    private static List<NavigableMap<Integer, String>> part(
            List<NavigableMap<Integer, String>> band, int from, int to) {
        return band.stream()
                .map(row -> row.subMap(from, true, to, false))
                .filter(row -> !row.isEmpty())
                .toList();
    }

    private static void addTable(List<NavigableMap<Integer, String>> part, List<Block> blocks) {
        if (part.isEmpty()) {
            return;
        }
        int width = part.stream().mapToInt(NavigableMap::size).max().orElse(0);
        int titles = 0;
        while (width > 1 && titles < part.size() && part.get(titles).size() == 1) {
            blocks.add(new Block.Paragraph(part.get(titles++).firstEntry().getValue(), 0));
        }
        var table = part.subList(titles, part.size());
        var columns = new TreeSet<Integer>();
        table.forEach(row -> columns.addAll(row.keySet()));
        var rows = table.stream()
                .map(row -> columns.stream()
                        .map(column -> row.getOrDefault(column, ""))
                        .toList())
                .toList();
        if (rows.size() == 1 && rows.getFirst().size() == 1) {
            blocks.add(new Block.Paragraph(rows.getFirst().getFirst(), 0));
        } else {
            Tables.of(rows, 0).ifPresent(blocks::add);
        }
    }
}
