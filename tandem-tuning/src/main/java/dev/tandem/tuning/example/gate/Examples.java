package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.ExampleFiles;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Examples that can be read again and again, one after the other, so that they need not be held. */
@FunctionalInterface
public interface Examples {
    void each(Consumer<Example> example);

    /** Those of a file, in any form. */
    static Examples in(Path file) {
        return example -> ExampleFiles.read(file, example);
    }

    static Examples of(Iterable<Example> examples) {
        return examples::forEach;
    }
}
