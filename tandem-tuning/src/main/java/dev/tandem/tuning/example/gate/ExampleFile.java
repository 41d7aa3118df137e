package dev.tandem.tuning.example.gate;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.entry.Fault;
import dev.tandem.tuning.entry.TextOptions;
import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.ExampleFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file's examples, passing over what is faulty. The line of an example names it, so no two may have the same: in a list
 * that is written in one line, an example's number stands for its line. For one thread.
 */
public final class ExampleFile implements Examples {
    private final Path file;
    private final TextOptions text;
    private final Progress progress;
    private List<Fault> faults = List.of();

    public ExampleFile(Path file, TextOptions text, Progress progress) {
        this.file = file;
        this.text = text;
        this.progress = progress;
    }

    @Override
    public void each(Consumer<Example> example) {
        var numbering = new Numbering(file, example);
        faults = ExampleFiles.faults(file, text, progress, numbering);
        numbering.finish();
    }

    /** Tells from the first two examples whether lines or numbers name them. */
    private static final class Numbering implements Consumer<Example> {
        private final Path file;
        private final Consumer<Example> examples;
        private Optional<Example> first = Optional.empty();
        private boolean numbers;
        private int count;
        private int line;

        Numbering(Path file, Consumer<Example> examples) {
            this.file = file;
            this.examples = examples;
        }

        @Override
        public void accept(Example example) {
            if (count == 0 && first.isEmpty()) {
                first = Optional.of(example);
                return;
            }
            if (first.isPresent()) {
                numbers = first.get().line() == example.line();
                finish();
            }
            pass(example);
        }

        /** Passes on what was held back. */
        void finish() {
            var held = first;
            first = Optional.empty();
            held.ifPresent(this::pass);
        }

        private void pass(Example example) {
            count++;
            if (!numbers && example.line() <= line) {
                throw new MendableException(
                        file + ", line " + line
                                + ": two examples stand in one line: put each in a line of its own, as `tandem dataset convert` does.");
            }
            line = example.line();
            examples.accept(
                    numbers
                            ? new Example(
                                    count,
                                    example.messages(),
                                    example.rejected(),
                                    example.fields(),
                                    example.form(),
                                    example.more())
                            : example);
        }
    }

    public Path file() {
        return file;
    }

    /** What was faulty when the file was read last. */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }
}
