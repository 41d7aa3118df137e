package dev.tandem.cli.console;

import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.foundation.MendableException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a command ends with when it fails.
 *
 * @param exitCode 1 for what the user can mend, 70 for a bug
 * @param message one sentence
 */
public record Failure(int exitCode, String message) {
    public static final int MENDABLE = 1;
    public static final int WRONG_USAGE = 2;
    public static final int BUG = 70;

    /** What to say of an exception. */
    public static Failure of(Throwable thrown) {
        return causes(thrown)
                .flatMap(cause -> mendable(cause).stream())
                .findFirst()
                .orElseGet(() -> new Failure(
                        BUG,
                        "Tandem failed in a way that it should not (" + thrown
                                + "): run the command again with --verbose" + " and report what it prints."));
    }

    private static Optional<Failure> mendable(Throwable cause) {
        if (cause instanceof MendableException) {
            return Optional.of(new Failure(MENDABLE, String.valueOf(cause.getMessage())));
        }
        var message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("no space left on device") || message.contains("disk quota exceeded")) {
            return Optional.of(new Failure(
                    MENDABLE,
                    "The disk is full (" + cause.getMessage()
                            + "): free some space and run the command again; nothing that"
                            + " was reported done is lost."));
        }
        if (NativeMemory.isShort(cause)) {
            return Optional.of(new Failure(
                    MENDABLE,
                    "The memory ran out (" + firstLine(cause)
                            + "): end other programs, or ask for less at once, as by a smaller --batch or --max-length, by"
                            + " --precision bfloat16, or a smaller model."));
        }
        if (cause instanceof OutOfMemoryError) {
            return Optional.of(new Failure(
                    MENDABLE,
                    "Java ran out of memory (" + cause.getMessage()
                            + "): give it more, as in TANDEM_JAVA_OPTS=-Xmx4g."));
        }
        return Optional.empty();
    }

    /** The rest of what libtorch says is where in its own source. */
    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
