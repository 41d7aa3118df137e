package dev.tandem.tuning.example.gate;

import dev.tandem.tuning.example.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Work on what is read one by one, on all cores, a batch in memory at a time. */
final class InBatches {
    private static final int SIZE = 512;
    private static final int CHARACTERS = 4_000_000;

    private InBatches() {}

    /** Does something with each, in no order. */
    static void of(Examples examples, Consumer<Example> work) {
        inBatches(examples, batch -> batch.parallelStream().forEach(work));
    }

    /** Makes something of each on all cores, then takes what was made in the order of what was read. */
    static <R> void inOrder(Examples examples, Function<Example, R> work, Consumer<R> take) {
        inBatches(examples, batch -> batch.parallelStream().map(work).toList().forEach(take));
    }

    private static void inBatches(Examples examples, Consumer<List<Example>> work) {
        var batch = new ArrayList<Example>(SIZE);
        var held = new long[1];
        examples.each(example -> {
            batch.add(example);
            held[0] += example.question().length() + example.answer().length();
            if (batch.size() == SIZE || held[0] > CHARACTERS) {
                work.accept(batch);
                batch.clear();
                held[0] = 0;
            }
        });
        work.accept(batch);
    }
}
