package dev.tandem.tuning.conversion;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.entry.TextOptions;
import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.ExampleFiles;
import dev.tandem.tuning.example.Form;
import dev.tandem.tuning.example.Losses;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Examples of one form written in another.
 *
 * @param from the file's form
 * @param to the form that was written
 * @param examples how many the file has
 * @param written how many of them could be written
 * @param lost what the form cannot hold, with the number of examples that had it
 */
public record Conversion(Form from, Form to, int examples, int written, Map<String, Integer> lost) {
    public Conversion {
        lost = java.util.Collections.unmodifiableMap(new TreeMap<>(lost));
    }

    /**
     * How to convert.
     *
     * @param strict whether to fail where something would be lost
     * @param replace whether a file that is there may be replaced
     */
    public record Settings(Form to, TextOptions text, boolean strict, boolean replace) {}

    /**
     * Converts a file to JSON lines.
     *
     * @throws MendableException with file and line at the first fault, or loss if strict; nothing is written then
     */
    public static Conversion of(Path in, Path out, Settings settings, Progress progress) {
        try (var file = JsonLinesFile.create(out, settings.replace())) {
            var writing = new Writing(in, file, settings);
            var from = ExampleFiles.read(in, settings.text(), progress, writing::write);
            if (writing.written == 0) {
                throw new MendableException("Nothing of " + in + " can be written as " + settings.to()
                        + ": lost would be " + String.join("; ", writing.lost.keySet()) + ".");
            }
            file.finish();
            return new Conversion(from, settings.to(), writing.examples, writing.written, writing.lost);
        }
    }

    private static final class Writing {
        private final Path in;
        private final JsonLinesFile file;
        private final Settings settings;
        private final Map<String, Integer> lost = new TreeMap<>();
        private int examples;
        private int written;

        Writing(Path in, JsonLinesFile file, Settings settings) {
            this.in = in;
            this.file = file;
            this.settings = settings;
        }

        void write(Example example) {
            var losses = new Losses();
            var record = ExampleFiles.write(example, settings.to(), losses);
            if (settings.strict() && !losses.all().isEmpty()) {
                throw new MendableException(in + ", line " + example.line() + ": as " + settings.to() + " it loses "
                        + String.join("; ", losses.all()) + ": leave --strict out if it may.");
            }
            losses.all().forEach(each -> lost.merge(each, 1, Integer::sum));
            record.ifPresent(file::write);
            examples++;
            written += record.isPresent() ? 1 : 0;
        }
    }
}
