package dev.tandem.tuning.entry;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Reads files of records, one record in memory at a time. The format is told from the content. */
public final class Entries {
    private Entries() {}

    /** What a file turned out to be. */
    public enum Format {
        JSON_LINES,
        /** A list, or objects over several lines. */
        JSON_VALUES,
        DELIMITED,
        PARQUET
    }

    /** Where records and faults go, in the file's order. */
    public interface Sink {
        void entry(Entry entry);

        /** A record that cannot be read; throwing ends the reading. */
        void fault(Fault fault);
    }

    /**
     * Reads a file to its end.
     *
     * @return its format; an empty file is one of no JSON lines
     * @throws MendableException if it cannot be read, or is no text in its encoding
     */
    public static Format read(Path file, TextOptions options, Progress progress, Sink sink) {
        var text = new TextFile(file, options.encoding());
        if (Files.isDirectory(file)) {
            throw new MendableException(file + " is a folder: name a file of examples.");
        }
        try (var task = progress.start("Reading", size(file), "bytes")) {
            if (TextFile.startsWith(TextFile.head(file, 4), ParquetEntries.MAGIC)) {
                new ParquetEntries(file, task, sink).read();
                return Format.PARQUET;
            }
            var json = new JsonEntries(text, task, sink);
            var beginning = Beginning.of(text);
            var delimiter = options.delimiter().or(() -> delimiter(file, beginning.line()));
            if (delimiter.isPresent() && !beginning.line().isEmpty()) {
                new DelimitedEntries(text, task, sink).read(delimiter.get());
                return Format.DELIMITED;
            } else if (beginning.isOfValues()) {
                json.values();
                return Format.JSON_VALUES;
            } else {
                json.lines();
                return Format.JSON_LINES;
            }
        } catch (IOException e) {
            throw text.unreadable(e);
        }
    }

    /** Empty where the file is JSON, or means to be. */
    private static Optional<Character> delimiter(Path file, String beginning) {
        if (isNamed(file, ".csv", ".tsv", ".tab")) {
            return DelimitedEntries.delimiter(beginning).or(() -> Optional.of(isNamed(file, ".csv") ? ',' : '\t'));
        }
        boolean json = beginning.startsWith("[") || beginning.startsWith("{");
        return json || isNamed(file, ".json", ".jsonl", ".ndjson")
                ? Optional.empty()
                : DelimitedEntries.delimiter(beginning);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new MendableException("Cannot read " + file + ": check that it is a file that you may read.", e);
        }
    }

    /**
     * How a text begins.
     *
     * @param line the first line that is not blank, or only the bracket that begins a list; empty if there is none or no end
     * @param next the first character behind that line that is not blank, a blank if there is none
     */
    private record Beginning(String line, char next) {
        static Beginning of(TextFile text) throws IOException {
            try (var bounded = text.open(steps -> {});
                    var lines = new BufferedReader(bounded)) {
                char first = begun(bounded, lines);
                if (first == '[') {
                    return new Beginning("[", ' ');
                }
                var line = (first + Objects.requireNonNullElse(lines.readLine(), "")).strip();
                return new Beginning(line, begun(bounded, lines));
            } catch (BoundedReader.TooLongException e) {
                return new Beginning("", ' ');
            }
        }

        private static char begun(BoundedReader bounded, BufferedReader lines) throws IOException {
            int first = lines.read();
            while (first >= 0 && Character.isWhitespace(first)) {
                bounded.begin();
                first = lines.read();
            }
            return first < 0 ? ' ' : (char) first;
        }

        /** Whether objects go over several lines; where the next line begins one, the first is only broken. */
        boolean isOfValues() {
            return line.equals("[") || line.startsWith("{") && next != '{' && JsonEntries.goesOn(line);
        }
    }

    private static boolean isNamed(Path file, String... extensions) {
        var name = file.toString().toLowerCase(Locale.ROOT);
        for (var extension : extensions) {
            if (name.endsWith(extension)) {
                return true;
            }
        }
        return false;
    }
}
