package dev.tandem.evaluation.judge.run;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is to be judged. */
final class InputFile {
    private InputFile() {}

    /** @throws MendableException if there is no input, or it would be written over */
    static void check(Path input, Path output) {
        if (!Files.isRegularFile(input)) {
            throw new MendableException("Cannot read " + input + ": check that it is a file of JSON lines.");
        }
        if (input.toAbsolutePath().normalize().equals(output.toAbsolutePath().normalize())) {
            throw new MendableException("--input and --out name the same file: name another for --out.");
        }
    }

    /** How many lines there are, good and bad, for the bar alone. */
    static long records(Path input) {
        long count = 0;
        try (var lines = Files.newBufferedReader(input, StandardCharsets.ISO_8859_1)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                count += line.isBlank() ? 0 : 1;
            }
            return count;
        } catch (IOException e) {
            throw new MendableException("Cannot read " + input + ": check that the file may be read.", e);
        }
    }

    /** Why one record could not be judged. */
    static String reason(@Nullable Throwable cause) {
        return cause instanceof MendableException
                ? String.valueOf(cause.getMessage())
                : "the judge failed (" + cause + "); shorten the record, or report it as a bug.";
    }
}
