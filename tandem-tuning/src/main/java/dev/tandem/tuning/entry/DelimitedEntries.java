package dev.tandem.tuning.entry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Delimited text whose first row names the columns; every value is a text. */
final class DelimitedEntries {
    private static final List<Character> CANDIDATES = List.of('\t', ';', '|', ',');

    private final TextFile text;
    private final Progress.Task progress;
    private final Entries.Sink sink;

    DelimitedEntries(TextFile text, Progress.Task progress, Entries.Sink sink) {
        this.text = text;
        this.progress = progress;
        this.sink = sink;
    }

    /** The candidate that a header line has most often outside of quotes; empty if it has none. */
    static Optional<Character> delimiter(String header) {
        var bare = header.replaceAll("\"[^\"]*\"", "");
        Optional<Character> best = Optional.empty();
        long most = 0;
        for (char candidate : CANDIDATES) {
            long count = bare.chars().filter(each -> each == candidate).count();
            if (count > most) {
                most = count;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    void read(char delimiter) throws IOException {
        var format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter).get();
        int line = 1;
        try (var reader = text.open(progress);
                var parser =
                        CSVParser.builder().setReader(reader).setFormat(format).get()) {
            var rows = parser.iterator();
            var columns = columns(rows.next());
            while (true) {
                reader.begin();
                line = (int) parser.getCurrentLineNumber() + 1;
                if (!rows.hasNext()) {
                    return;
                }
                row(line, columns, rows.next());
            }
        } catch (UncheckedIOException e) {
            var cause = e.getCause();
            if (cause instanceof BoundedReader.TooLongException) {
                sink.fault(JsonEntries.tooLong(line));
            } else if (cause instanceof java.nio.charset.CharacterCodingException) {
                throw cause;
            } else {
                sink.fault(
                        new Fault(line, "broken_row", "from here on the quotes do not match (" + e.getMessage() + ")"));
            }
        }
    }

    private List<String> columns(CSVRecord header) {
        var columns = new ArrayList<String>();
        header.forEach(name -> columns.add(name.strip()));
        var seen = new HashSet<String>();
        for (var name : columns) {
            if (!name.isEmpty() && !seen.add(name)) {
                throw new MendableException(
                        text.file() + ", line 1: the column \"" + name + "\" comes twice: rename one.");
            }
        }
        return columns;
    }

    private void row(int line, List<String> columns, CSVRecord row) {
        if (row.size() > columns.size()) {
            sink.fault(new Fault(
                    line,
                    "row_width",
                    "the row has " + row.size() + " cells, but there are " + columns.size()
                            + " columns: quote cells that hold the delimiter"));
            return;
        }
        var values = new ObjectNode(JsonNodeFactory.instance);
        for (int i = 0; i < columns.size(); i++) {
            if (i < row.size()) {
                values.put(columns.get(i), row.get(i));
            } else {
                values.putNull(columns.get(i));
            }
        }
        sink.entry(new Entry(line, values));
    }
}
