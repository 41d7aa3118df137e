package dev.tandem.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How well the data gate finds what it looks for, on public data: personal data ({@link PersonalDataQuality}) and leakage
 * that was planted ({@link LeakageQuality}).
 *
 * <p>Arguments: a folder with the public collections; then {@code personal}, with {@code show} for what went wrong in the half
 * that rules may be written from, or {@code leakage} and names of collections; all of both unless given.
 */
public final class GateQuality {
    private GateQuality() {}

    public static void main(String[] arguments) throws IOException {
        var data = Path.of(arguments[0]);
        var rest = Arrays.asList(arguments).subList(1, arguments.length);
        if (rest.isEmpty() || rest.getFirst().equals("personal")) {
            PersonalDataQuality.measure(data.resolve("pii-synth/synth_dataset_v2.json"), rest.contains("show"));
        }
        if (rest.isEmpty() || rest.getFirst().equals("leakage")) {
            var collections = ExampleCollections.in(data);
            collections.keySet().removeIf(name -> rest.size() > 1 && !rest.contains(name));
            LeakageQuality.measure(collections);
        }
    }
}
