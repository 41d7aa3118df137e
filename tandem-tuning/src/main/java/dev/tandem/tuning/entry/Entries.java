package dev.tandem.tuning.entry;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Reads files of records, one record in memory at a time. The format is told from the content. */
public final class Entries {
    private Entries() {}

    /** Where records and faults go, in the file's order. */
    public interface Sink {
        void entry(Entry entry);

        /** A record that cannot be read; throwing ends the reading. */
        void fault(Fault fault);
    }

    /**
     * Reads a file to its end.
     *
     * @param named the text's encoding where it is not UTF-8 and bears no mark
     * @throws MendableException if it cannot be read, or is no text in its encoding
     */
    public static void read(Path file, Optional<Charset> named, Progress progress, Sink sink) {
        var text = new TextFile(file, named);
        try (var task = progress.start("Reading", size(file), "bytes")) {
            if (Files.isDirectory(file)) {
                throw new MendableException(file + " is a folder: name a file of examples.");
            }
            var json = new JsonEntries(text, task, sink);
            var beginning = beginning(text);
            var first = beginning.isEmpty() ? ' ' : beginning.charAt(0);
            if (first == '[') {
                json.values();
            } else if (first == '{' && !JsonEntries.isWhole(beginning)) {
                json.values();
            } else {
                json.lines();
            }
        } catch (IOException e) {
            throw text.unreadable(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new MendableException("Cannot read " + file + ": check that it is a file that you may read.", e);
        }
    }

    /** The first line that is not blank, or only the bracket that begins a list; empty if there is none or no end of it. */
    private static String beginning(TextFile text) throws IOException {
        try (var bounded = text.open(steps -> {});
                var lines = new BufferedReader(bounded)) {
            int first = lines.read();
            while (first >= 0 && Character.isWhitespace(first)) {
                bounded.begin();
                first = lines.read();
            }
            return first < 0 ? "" : first == '[' ? "[" : (char) first + lines.readLine();
        } catch (BoundedReader.TooLongException e) {
            return "";
        }
    }

    static boolean isNamed(Path file, String... extensions) {
        var name = file.toString().toLowerCase(Locale.ROOT);
        for (var extension : extensions) {
            if (name.endsWith(extension)) {
                return true;
            }
        }
        return false;
    }
}
