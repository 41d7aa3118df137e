package dev.tandem.knowledge.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Tables of delimited text; the delimiter is the one that cuts the first lines most evenly. */
final class DelimitedText {
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};
    private static final int LINES_LOOKED_AT = 10;

    private DelimitedText() {}

    static List<Block> blocks(String text) throws UnreadableException {
        var format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter(text))
                .setIgnoreEmptyLines(true)
                .setTrim(true)
                .setLenientEof(true)
                .setTrailingData(true)
                .get();
        var rows = new ArrayList<List<String>>();
        try (var parser = CSVParser.parse(text, format)) {
            for (var row : parser) {
                rows.add(row.toList());
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new UnreadableException("is no table of delimited text: " + e.getMessage());
        }
        if (rows.isEmpty()) {
            return List.of();
        }
        return rows.size() == 1
                ? List.of(new Block.Table(List.of(), rows, 0))
                : List.of(new Block.Table(rows.getFirst(), rows.subList(1, rows.size()), 0));
    }

    private static char delimiter(String text) {
        var lines = text.lines()
                .filter(line -> !line.isBlank())
                .limit(LINES_LOOKED_AT)
                .toList();
        char best = ',';
        long most = 0;
        for (char delimiter : DELIMITERS) {
            long fewest = lines.stream()
                    .mapToLong(line -> line.chars().filter(c -> c == delimiter).count())
                    .min()
                    .orElse(0);
            if (fewest > most) {
                most = fewest;
                best = delimiter;
            }
        }
        return best;
    }
}
