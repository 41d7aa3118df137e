package dev.tandem.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * How well the data gate finds what it looks for, on public data: personal data ({@link PersonalDataQuality}) and leakage
 * that was planted ({@link LeakageQuality}).
 *
 * <p>Arguments: a folder with the public collections; then {@code personal}, with {@code show} for what went wrong in the half
 * that rules may be written from and {@code held-out} to measure the other half too, or {@code leakage}, with {@code fair} for
 * the fair planting only, {@code show} for the alarms, and names of collections; all of both unless given.
 */
public final class GateQuality {
    private GateQuality() {}

    public static void main(String[] arguments) throws IOException {
        var data = Path.of(arguments[0]);
        var rest = Arrays.asList(arguments).subList(1, arguments.length);
        if (rest.isEmpty() || rest.getFirst().equals("personal")) {
            PersonalDataQuality.measure(
                    data.resolve("pii-synth/synth_dataset_v2.json"),
                    rest.contains("show"),
                    rest.isEmpty() || rest.contains("held-out"));
        }
        if (rest.isEmpty() || rest.getFirst().equals("leakage")) {
            var collections = ExampleCollections.in(data);
            var names = new HashSet<>(rest);
            names.removeAll(List.of("leakage", "fair", "show"));
            collections.keySet().removeIf(name -> !names.isEmpty() && !names.contains(name));
            LeakageQuality.measure(collections, rest.contains("fair"), rest.contains("show"));
        }
    }
}
