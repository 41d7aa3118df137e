package dev.tandem.tuning.example.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Work on what is read one by one, on all cores, a batch in memory at a time. */
final class InBatches {
    private static final int SIZE = 512;

    private InBatches() {}

    /** Does something with each, in no order. */
    static <T> void of(Iterable<T> all, Consumer<T> work) {
        var batch = new ArrayList<T>(SIZE);
        for (var each : all) {
            batch.add(each);
            if (batch.size() == SIZE) {
                batch.parallelStream().forEach(work);
                batch.clear();
            }
        }
        batch.parallelStream().forEach(work);
    }

    /** Makes something of each on all cores, then takes what was made in the order of what was read. */
    static <T, R> void inOrder(Iterable<T> all, Function<T, R> work, Consumer<R> take) {
        var batch = new ArrayList<T>(SIZE);
        for (var each : all) {
            batch.add(each);
            if (batch.size() == SIZE) {
                made(batch, work).forEach(take);
                batch.clear();
            }
        }
        made(batch, work).forEach(take);
    }

    private static <T, R> List<R> made(List<T> batch, Function<T, R> work) {
        return batch.parallelStream().map(work).toList();
    }
}
