package dev.tandem.workspace.trail;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WholeFile;
import dev.tandem.workspace.trail.Contents.Content;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The audit trail of a workspace; the package's page tells how it is kept. A record is on the disk when {@link #append}
 * returns. Safe for use by many threads and many processes at once; a process may be killed at any moment.
 */
public final class AuditTrail {
    private static final int SALT_BYTES = 32;
    private static final long WAIT_NANOS = 500_000;

    private final Path folder;
    private final Path anchorFile;
    private final ChainFile chain;
    private final Contents contents;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock threads = new ReentrantLock();

    /**
     * The trail in a folder, which is made when the first record is written.
     *
     * @param folder where it is kept
     * @param anchorFile where its end is written down beside it; better not in the same folder
     */
    public AuditTrail(Path folder, Path anchorFile, Clock clock) {
        this.folder = folder;
        this.anchorFile = anchorFile;
        this.chain = new ChainFile(chainFile());
        this.contents = new Contents(folder);
        this.clock = clock;
    }

    /** Whether anything was ever recorded. */
    public boolean exists() {
        return Files.exists(chainFile());
    }

    /**
     * Records an answer.
     *
     * @return the chain's new end
     * @throws MendableException if it cannot be written, or the chain's end is not what it was when the last record was
     *     written: then somebody cut or changed it, and going on would cover that up
     */
    public Anchor append(TrailEntry entry) {
        return locked(() -> {
            var now = now();
            var end = soundEnd();
            var content = new Content(end.number() + 1, salt(), Contents.json(entry));
            // First the content: a link without one would look as if somebody had taken it away.
            contents.add(now.toString().substring(0, 7), content);
            return link(end, now, Link.ANSWER, content.commitment(), List.of());
        });
    }

    /**
     * Removes everything that is recorded of a person but that there was something.
     *
     * @return how many answers
     */
    public int erase(String who) {
        return remove(Link.ERASURE, content -> content.entry().who().equals(who));
    }

    /**
     * Removes the contents of answers older than so long; meant to be called now and then.
     *
     * @return how many
     */
    public int retain(Duration age) {
        if (!exists()) {
            return 0;
        }
        var oldest = now().minus(age).toString();
        var old = new java.util.HashSet<Long>();
        for (var link : reading().links()) {
            if (link.kind().equals(Link.ANSWER) && link.time().compareTo(oldest) < 0) {
                old.add(link.number());
            }
        }
        return old.isEmpty() ? 0 : remove(Link.RETENTION, content -> old.contains(content.number()));
    }

    /** What was recorded, oldest first; what was removed has no entry. */
    public List<TrailRecord> records() {
        return exists() ? reading().records() : List.of();
    }

    /** The chain's end, or empty before the first record. */
    public Optional<Anchor> anchor() {
        return exists()
                ? locked(() -> Optional.of(chain.end()).map(end -> new Anchor(end.number(), end.hash())))
                : Optional.empty();
    }

    /**
     * Looks for anything that was changed, left out, put elsewhere or cut off.
     *
     * @param kept anchors that were kept elsewhere; the one beside the trail is looked at in any case
     */
    public Verification verify(Set<Anchor> kept) {
        return locked(() -> {
            var beside = keptAnchor();
            if (!exists()) {
                return beside.isPresent() || !kept.isEmpty()
                        ? Verification.failed("The trail " + chainFile() + " is gone, though there was one.")
                        : new Verification(0, 0, 0, List.of(), List.of());
            }
            var anchors = new java.util.LinkedHashSet<>(kept);
            beside.ifPresent(anchors::add);
            return ReadTrail.of(chainFile(), contents).verify(anchors, beside.isPresent());
        });
    }

    private int remove(String kind, java.util.function.Predicate<Content> condition) {
        if (!exists()) {
            return 0;
        }
        return locked(() -> {
            var end = soundEnd();
            var numbers = contents.find(condition);
            if (numbers.isEmpty()) {
                return 0;
            }
            // First the link that says so: contents that are gone without one look stolen.
            link(end, now(), kind, "", numbers);
            contents.remove(condition);
            return numbers.size();
        });
    }

    private Anchor link(ChainFile.End end, Instant now, String kind, String commitment, List<Long> removed)
            throws IOException {
        var link = Link.after(end.number() + 1, end.hash(), now.toString(), kind, commitment, removed, end.torn());
        chain.append(link, end);
        var anchor = new Anchor(link.number(), link.hash());
        WholeFile.write(anchorFile, anchor + "\n");
        return anchor;
    }

    private ChainFile.End soundEnd() throws IOException {
        Files.createDirectories(folder);
        var parent = anchorFile.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        var end = chain.end();
        // The anchor is written after the link, so the chain may be ahead of it by what a killed process wrote.
        var anchor = keptAnchor();
        if (anchor.isPresent()
                && (anchor.get().number() > end.number()
                        || anchor.get().number() == end.number()
                                && !anchor.get().hash().equals(end.hash()))) {
            throw new MendableException("The audit trail in " + folder + " was cut or changed: its record "
                    + anchor.get().number() + " is not as it was written. Look with `tandem trail verify`, and move "
                    + folder + " and " + anchorFile + " to a safe place to begin a new trail.");
        }
        return end;
    }

    private Optional<Anchor> keptAnchor() throws IOException {
        return Files.exists(anchorFile) ? Anchor.parse(Files.readString(anchorFile)) : Optional.empty();
    }

    private ReadTrail reading() {
        return locked(() -> ReadTrail.of(chainFile(), contents));
    }

    private Path chainFile() {
        return folder.resolve("chain.jsonl");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private String salt() {
        var bytes = new byte[SALT_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T locked(Work<T> work) {
        threads.lock();
        try {
            Files.createDirectories(folder);
            try (var channel = FileChannel.open(
                            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = lock(channel)) {
                if (!lock.isValid()) {
                    throw new IOException("the lock was lost");
                }
                return work.run();
            }
        } catch (IOException e) {
            throw new MendableException(
                    "The audit trail in " + folder + " cannot be read or written (" + e.getMessage()
                            + "): check the disk and the folder's rights.",
                    e);
        } finally {
            threads.unlock();
        }
    }

    /** Java refuses a lock that this very process holds by another trail of the same folder, instead of waiting. */
    private static java.nio.channels.FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException held) {
                LockSupport.parkNanos(WAIT_NANOS);
            }
        }
    }
}
