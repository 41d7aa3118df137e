package dev.tandem.cli.batch;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Answers written one by one, each as soon as it is there. A file appears under its name only when it is whole; until
 * then, and for good if the batch fails, what there is stands in {@code NAME.partial}.
 */
final class AnswerLines implements AutoCloseable {
    private final PrintWriter writer;
    private final boolean owned;

    private AnswerLines(PrintWriter writer, boolean owned) {
        this.writer = writer;
        this.owned = owned;
    }

    static AnswerLines to(PrintWriter out) {
        return new AnswerLines(out, false);
    }

    static AnswerLines to(Path file) {
        try {
            return new AnswerLines(new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8)), true);
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot write answers to " + file + ": choose a place that you may write to.", e);
        }
    }

    static Path partial(Path file) {
        return file.resolveSibling(file.getFileName() + ".partial");
    }

    void write(String line) {
        writer.println(line);
        if (writer.checkError()) {
            throw new MendableException(
                    "Answers cannot be written any more: the reader of stdout is gone, or there is no space left on device.");
        }
    }

    /** Gives a whole file its name. */
    static void finish(Path partial, Path file) {
        try {
            try {
                Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new MendableException(
                    "The answers are whole in " + partial + " but cannot be moved to " + file + ".", e);
        }
    }

    @Override
    public void close() {
        if (owned) {
            writer.close();
        }
    }
}
