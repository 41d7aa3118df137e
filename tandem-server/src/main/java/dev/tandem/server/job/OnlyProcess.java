package dev.tandem.server.job;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/** A lock on a file that one process has at a time; the system gives it back when the process ends, however it ends. */
record OnlyProcess(FileChannel channel) implements AutoCloseable {
    /** The lock, unless somebody else has it. */
    static Optional<OnlyProcess> of(Path file) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent(), "in a folder"));
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return Optional.of(new OnlyProcess(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new MendableException("Cannot lock " + file + " (" + e + "): check who may write there.", e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException here) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
