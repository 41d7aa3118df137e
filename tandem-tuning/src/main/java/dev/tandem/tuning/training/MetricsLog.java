package dev.tandem.tuning.training;

import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.OptionalDouble;

/** {@code metrics.csv}: a line an update, written as it comes, for any tool that draws curves. */
final class MetricsLog {
    static final String NAME = "metrics.csv";

    private static final String HEADER =
            "update,epoch,loss,held_out_loss,learning_rate,gradient_norm,tokens_per_second,resident_mb,general_loss\n";

    private final Path file;

    /** Opens a run's log; when a run goes on, lines behind its checkpoint are taken out. */
    MetricsLog(Path run, long updates) {
        file = run.resolve(NAME);
        try {
            Files.createDirectories(run);
            var kept = new StringBuilder(HEADER);
            if (updates > 0 && Files.exists(file)) {
                Files.readAllLines(file).stream()
                        .skip(1)
                        .filter(line -> line.matches("\\d+,.*")
                                && Long.parseLong(line.substring(0, line.indexOf(','))) <= updates)
                        .forEach(line -> kept.append(line).append('\n'));
            }
            WholeFile.write(file, kept.toString());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void add(
            long update,
            double epoch,
            double loss,
            OptionalDouble heldOut,
            OptionalDouble general,
            double learningRate,
            double gradientNorm,
            double tokensPerSecond) {
        var line = String.format(
                Locale.ROOT,
                "%d,%.4f,%.6f,%s,%.4e,%.5f,%.1f,%d,%s%n",
                update,
                epoch,
                loss,
                number(heldOut),
                learningRate,
                gradientNorm,
                tokensPerSecond,
                residentMegabytes(),
                number(general));
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static String number(OptionalDouble loss) {
        return loss.isPresent() ? String.format(Locale.ROOT, "%.6f", loss.getAsDouble()) : "";
    }

    /** The process's memory; 0 where the system does not tell. */
    static long residentMegabytes() {
        return NativeMemory.held() >> 20;
    }

    private MendableException failure(IOException e) {
        return new MendableException("The metrics " + file + " cannot be written: " + e.getMessage() + ".", e);
    }
}
