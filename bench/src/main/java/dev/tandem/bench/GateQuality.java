package dev.tandem.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How well the data gate finds what it looks for, on public data: leakage that was planted (see {@link LeakageQuality}).
 *
 * <p>Arguments: a folder with the public collections, then names of those to measure (all unless given).
 */
public final class GateQuality {
    private GateQuality() {}

    public static void main(String[] arguments) throws IOException {
        var names = Arrays.asList(arguments).subList(1, arguments.length);
        var collections = ExampleCollections.in(Path.of(arguments[0]));
        collections.keySet().removeIf(name -> !names.isEmpty() && !names.contains(name));
        LeakageQuality.measure(collections);
    }
}
