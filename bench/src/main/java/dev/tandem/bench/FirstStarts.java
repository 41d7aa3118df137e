package dev.tandem.bench;

import dev.tandem.decoder.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;

/**
 * Processes that start for the first time on a machine at once: each finds no unpacked libtorch and loads it, while the others do.
 *
 * <p>Arguments: how many processes at once (4 unless given), and how many rounds (3). Each round takes 0.5 GB in the folder for
 * temporary files while it lasts.
 */
public final class FirstStarts {
    private FirstStarts() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 0 && arguments[0].equals("load")) {
            Torch.load();
            return;
        }
        int processes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        int failed = 0;
        for (int round = 0; round < rounds; round++) {
            var cache = Files.createTempDirectory("first-starts");
            var started = new ArrayList<Process>();
            for (int i = 0; i < processes; i++) {
                started.add(load(cache));
            }
            for (var process : started) {
                failed += process.waitFor() == 0 ? 0 : 1;
            }
            delete(cache);
        }
        System.out.printf("%d of %d first starts, %d at once, failed%n", failed, processes * rounds, processes);
        System.exit(failed == 0 ? 0 : 1);
    }

    private static Process load(Path cache) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                        "-XX:ErrorFile=/dev/null",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstStarts.class.getName(),
                        "load")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
