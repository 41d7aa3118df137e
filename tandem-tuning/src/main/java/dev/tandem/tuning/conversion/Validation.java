package dev.tandem.tuning.conversion;

import dev.tandem.foundation.Progress;
import dev.tandem.tuning.entry.Entries;
import dev.tandem.tuning.entry.Entry;
import dev.tandem.tuning.entry.Fault;
import dev.tandem.tuning.entry.TextOptions;
import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.ExampleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is wrong with a file.
 *
 * @param examples how many records were looked at
 * @param faults in the file's order; those of the file as a whole come last
 */
public record Validation(int examples, List<Fault> faults) {
    /** What OpenAI asks of a training file. */
    private static final int LEAST_EXAMPLES = 10;

    private static final long MOST_BYTES = 512L << 20;

    public Validation {
        faults = List.copyOf(faults);
    }

    /** Whether every example can be read, in any one form. */
    public static Validation of(Path file, TextOptions options, Progress progress) {
        var examples = new ArrayList<Integer>();
        var faults = ExampleFiles.faults(file, options, progress, (Example each) -> examples.add(each.line()));
        int faulty = (int) faults.stream().filter(each -> each.line() > 0).count();
        return new Validation(examples.size() + faulty, faults);
    }

    /** Whether OpenAI would take the file for fine-tuning; see {@link OpenAiRules}. */
    public static Validation byOpenAi(Path file, TextOptions options, Progress progress) {
        var rules = new Checking();
        var format = Entries.read(file, options, progress, rules);
        if (format != Entries.Format.JSON_LINES) {
            rules.fault(new Fault(0, "not_json_lines", "the file is not JSON lines: convert it first"));
        }
        if (rules.examples < LEAST_EXAMPLES) {
            rules.fault(new Fault(
                    0,
                    "too_few_examples",
                    "the file has " + rules.examples + " examples, but needs " + LEAST_EXAMPLES));
        }
        if (size(file) > MOST_BYTES) {
            rules.fault(new Fault(0, "file_too_large", "the file is larger than 512 MB: split it"));
        }
        return new Validation(rules.examples, rules.faults);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Checking implements Entries.Sink {
        private final List<Fault> faults = new ArrayList<>();
        private int examples;

        @Override
        public void entry(Entry entry) {
            examples++;
            faults.addAll(OpenAiRules.faults(entry));
        }

        @Override
        public void fault(Fault fault) {
            examples += fault.line() > 0 ? 1 : 0;
            faults.add(fault);
        }
    }
}
