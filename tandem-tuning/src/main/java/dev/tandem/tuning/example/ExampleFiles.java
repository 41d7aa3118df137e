package dev.tandem.tuning.example;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.tuning.entry.Entries;
import dev.tandem.tuning.entry.Entry;
import dev.tandem.tuning.entry.Fault;
import dev.tandem.tuning.entry.FaultException;
import dev.tandem.tuning.entry.TextOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads files of training examples: JSON lines, a JSON array, delimited text or Parquet, in any {@link Form}, told from the
 * content. One example is in memory at a time. A file has one form: where another begins, something was mixed up.
 */
public final class ExampleFiles {
    private ExampleFiles() {}

    /**
     * Reads a file.
     *
     * @param each is given the examples in the file's order
     * @return the file's form
     * @throws MendableException with file and line at the first fault, or if there is no example
     */
    public static Form read(Path file, Consumer<Example> each) {
        return read(file, TextOptions.TOLD, Progress.silent(), each);
    }

    /**
     * Reads a file.
     *
     * @param options how its text is written where it does not tell
     */
    public static Form read(Path file, TextOptions options, Progress progress, Consumer<Example> each) {
        var reader = new Reader(each, fault -> {
            throw FaultException.mendable(file, fault);
        });
        Entries.read(file, options, progress, reader);
        return reader.form()
                .orElseThrow(() -> new MendableException(file + " holds no examples: write one JSON object a line."));
    }

    /**
     * Reads a file and passes over what is faulty.
     *
     * @param each is given the good examples
     * @return all faults, in the file's order; a file without any example is one
     * @throws MendableException if the file cannot be read, or is no text in its encoding
     */
    public static List<Fault> faults(Path file, TextOptions options, Progress progress, Consumer<Example> each) {
        var faults = new ArrayList<Fault>();
        var reader = new Reader(each, faults::add);
        Entries.read(file, options, progress, reader);
        if (reader.form().isEmpty() && faults.isEmpty()) {
            faults.add(new Fault(0, "empty_file", "the file holds no examples"));
        }
        return faults;
    }

    /**
     * Writes an example as a record of a form.
     *
     * @param losses is told what the form cannot hold
     * @return empty if it can hold nothing of the example
     */
    public static Optional<ObjectNode> write(Example example, Form form, Losses losses) {
        return switch (form) {
            case CHAT -> Optional.of(ChatForm.write(example, losses));
            case ALPACA -> AlpacaForm.write(example, losses);
            case SHAREGPT -> Optional.of(ShareGptForm.write(example, losses));
            case COMPLETION -> CompletionForm.write(example, losses);
            case PREFERENCE -> PreferenceForm.write(example, losses);
            case OPENAI_PREFERENCE -> PreferenceForm.writeOpenAi(example, losses);
            case TEXT -> CompletionForm.writeText(example, losses);
        };
    }

    private static Example example(Form form, Fields record) {
        return switch (form) {
            case CHAT -> ChatForm.read(record);
            case ALPACA -> AlpacaForm.read(record);
            case SHAREGPT -> ShareGptForm.read(record);
            case COMPLETION -> CompletionForm.read(record);
            case PREFERENCE -> PreferenceForm.read(record);
            case OPENAI_PREFERENCE -> PreferenceForm.openAi(record);
            case TEXT -> CompletionForm.text(record);
        };
    }

    /** Records to examples; the first record says the form. */
    private static final class Reader implements Entries.Sink {
        private final Consumer<Example> examples;
        private final Consumer<Fault> faults;
        private Optional<Form> form = Optional.empty();

        Reader(Consumer<Example> examples, Consumer<Fault> faults) {
            this.examples = examples;
            this.faults = faults;
        }

        Optional<Form> form() {
            return form;
        }

        @Override
        public void entry(Entry entry) {
            Example example;
            try {
                example = example(form(entry), new Fields(entry.line(), entry.values()));
            } catch (FaultException e) {
                faults.accept(e.fault());
                return;
            }
            examples.accept(example);
        }

        private Form form(Entry entry) {
            var found = Form.of(entry.values()).orElseThrow(() -> unknown(entry));
            if (form.isEmpty()) {
                form = Optional.of(found);
            } else if (form.get() != found) {
                throw new FaultException(
                        entry.line(),
                        "mixed_forms",
                        "here the form changes from " + form.get() + " to " + found
                                + ": a file must have one form, so split it");
            }
            return found;
        }

        private static FaultException unknown(Entry entry) {
            var names = new TreeSet<String>();
            entry.values().fieldNames().forEachRemaining(name -> names.add("\"" + name + "\""));
            return new FaultException(
                    entry.line(),
                    "unknown_form",
                    "an example needs \"messages\", or \"conversations\", or \"instruction\" and \"output\", or \"prompt\""
                            + " and \"completion\", or \"prompt\", \"chosen\" and \"rejected\", or \"text\"; this has "
                            + (names.isEmpty() ? "nothing" : String.join(", ", names))
                            + ", of which tandem dataset collect can make examples");
        }

        @Override
        public void fault(Fault fault) {
            faults.accept(fault);
        }
    }
}
