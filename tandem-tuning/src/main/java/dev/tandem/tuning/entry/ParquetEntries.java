package dev.tandem.tuning.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqMap;
import dev.hardwood.row.StructAccessor;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a Parquet file, with lists and structures in them as datasets of chats have them. Within structures, what is null
 * is left out: a column has the names of all its rows.
 */
final class ParquetEntries {
    static final byte[] MAGIC = {'P', 'A', 'R', '1'};
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Path file;
    private final Progress.Task progress;
    private final Entries.Sink sink;

    ParquetEntries(Path file, Progress.Task progress, Entries.Sink sink) {
        this.file = file;
        this.progress = progress;
        this.sink = sink;
    }

    void read() throws IOException {
        try (var parquet = checked(this::open);
                var rows = checked(parquet::rowReader)) {
            long bytes = Files.size(file);
            long count = Math.max(1, parquet.getFileMetaData().numRows());
            long shown = 0;
            for (int row = 1; checked(rows::hasNext); row++) {
                var values = checked(() -> next(rows));
                long reached = bytes * row / count;
                progress.step(reached - shown);
                shown = reached;
                sink.entry(new Entry(row, values));
            }
        }
    }

    private ParquetFileReader open() {
        try {
            return ParquetFileReader.open(InputFile.of(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The library fails in many ways where a file is damaged or uses what it does not have. */
    private <T> T checked(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException | LinkageError e) {
            throw new MendableException(
                    "Cannot read " + file + " as Parquet (" + e.getMessage()
                            + "): write it anew, compressed with Snappy, Zstandard, gzip or not at all.",
                    e);
        }
    }

    private static ObjectNode next(RowReader rows) {
        rows.next();
        return object(rows, true);
    }

    private static ObjectNode object(StructAccessor struct, boolean nulls) {
        var object = NODES.objectNode();
        for (int i = 0; i < struct.getFieldCount(); i++) {
            var value = struct.isNull(i) ? null : struct.getValue(i);
            if (value != null || nulls) {
                object.set(struct.getFieldName(i), node(value));
            }
        }
        return object;
    }

    private static JsonNode node(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case StructAccessor struct -> object(struct, false);
            case PqList list -> {
                var array = NODES.arrayNode();
                list.values().forEach(each -> array.add(node(each)));
                yield array;
            }
            case PqMap map -> {
                var object = NODES.objectNode();
                map.getEntries().forEach(each -> object.set(text(each.getKey()), node(each.getValue())));
                yield object;
            }
            case Boolean truth -> NODES.booleanNode(truth);
            case Integer number -> NODES.numberNode(number);
            case Long number -> NODES.numberNode(number);
            case Float number -> NODES.numberNode(number);
            case Double number -> NODES.numberNode(number);
            case BigDecimal number -> NODES.numberNode(number);
            default -> NODES.textNode(text(value));
        };
    }

    private static String text(@Nullable Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }
}
