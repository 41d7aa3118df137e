package dev.tandem.workspace.version;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** What is done to a folder by one thread of one process at a time. Whoever holds it may take it again. */
final class FolderLock {
    private static final long WAIT_NANOS = 500_000;

    private final Path folder;
    private final String what;
    private final ReentrantLock threads = new ReentrantLock();

    /** @param what it is about, as errors call it */
    FolderLock(Path folder, String what) {
        this.folder = folder;
        this.what = what;
    }

    /** Work with files. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Whether anybody ever held it here, without which there is nothing to read. */
    boolean isMade() {
        return Files.isDirectory(folder);
    }

    /**
     * Does something while nobody else does.
     *
     * @throws MendableException if the disk does not let it
     */
    <T> T holding(Work<T> work) {
        threads.lock();
        try {
            return threads.getHoldCount() > 1 ? work.run() : alone(work);
        } catch (IOException e) {
            throw new MendableException(
                    what + " cannot be read or written (" + e.getMessage()
                            + "): check that the disk has room, and the folders' rights.",
                    e);
        } finally {
            threads.unlock();
        }
    }

    private <T> T alone(Work<T> work) throws IOException {
        Files.createDirectories(folder);
        try (var channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = lock(channel)) {
            if (!lock.isValid()) {
                throw new IOException("the lock was lost");
            }
            return work.run();
        }
    }

    /** Java refuses a lock that this very process holds by another of these, instead of waiting. */
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException held) {
                LockSupport.parkNanos(WAIT_NANOS);
            }
        }
    }
}
