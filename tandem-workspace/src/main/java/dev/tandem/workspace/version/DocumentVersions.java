package dev.tandem.workspace.version;

import dev.tandem.workspace.version.VersionHistory.Deletion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The documents of a workspace's own folder, put there, replaced, deleted and brought back, with what they were before; the package's page
 * tells how that is kept. Safe for use by many threads and processes; a process may be killed at any moment.
 */
public final class DocumentVersions {
    private final Histories histories;
    private final FolderLock lock;
    private final int most;
    private final AccessNames access;
    private final Clock clock;

    /** Whom the access list of a document's file names; empty where that cannot be told. */
    public interface AccessNames {
        Optional<List<String>> of(String path, Path file);
    }

    /** The bytes of a document. */
    public interface Content {
        InputStream open() throws IOException;
    }

    /**
     * What was removed of a person.
     *
     * @param names how many versions and deletions no longer name the person
     * @param versions how many versions that the person brought were removed
     * @param left how many that the person brought are still kept
     */
    public record Erased(int names, int versions, int left) {}

    /**
     * Those of a folder.
     *
     * @param documents the folder with the documents
     * @param folder where versions are kept
     * @param most how many earlier versions of a document are kept; 0 for none
     */
    public DocumentVersions(Path documents, Path folder, int most, AccessNames access, Clock clock) {
        this.histories = new Histories(documents.toAbsolutePath().normalize(), folder);
        this.lock = new FolderLock(folder, "The documents in " + documents + " or their versions in " + folder);
        this.most = most;
        this.access = access;
        this.clock = clock;
    }

    /** How many earlier versions of a document are kept. */
    public int most() {
        return most;
    }

    /** The file that a document is, if it is there: by its plain path in the folder, through no link. */
    public Optional<Path> file(String path) {
        return histories.file(path);
    }

    /** What a document was; nothing for one that never was here. */
    public VersionHistory of(String path) {
        return lock.holding(() -> histories.standing(path));
    }

    /** The documents that are deleted and of which something is kept, the newest deletion first. */
    public List<VersionHistory> deleted() {
        return lock.holding(() -> histories.all().stream()
                .filter(each -> !each.earlier().isEmpty() && file(each.path()).isEmpty())
                .map(each -> each.standing(Optional.empty()))
                .sorted(Comparator.comparing(
                        (VersionHistory each) ->
                                each.deletion().map(Deletion::time).orElse(Instant.EPOCH),
                        Comparator.reverseOrder()))
                .toList());
    }

    /**
     * Makes some bytes a document, in the place of what it was, which is kept. All of it is on the disk when this returns.
     *
     * @param path in the folder; whoever gives it has looked whether it may be one
     * @param restored the version whose content this is, if it is one's
     */
    public void put(String path, String who, Optional<Integer> restored, Content content) {
        lock.holding(() -> {
            var target = histories.target(path);
            // Hidden, so that nobody takes it for a document.
            var coming = target.resolveSibling("." + UUID.randomUUID() + ".part");
            try (var in = content.open()) {
                var hash = VersionFolder.copy(in, coming);
                if (most > 0) {
                    replaced(path, who, restored, hash, Files.size(coming), target);
                }
                Files.move(coming, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                prune(path);
                return path;
            } finally {
                Files.deleteIfExists(coming);
            }
        });
    }

    private void replaced(String path, String who, Optional<Integer> restored, String hash, long bytes, Path target)
            throws IOException {
        var before = histories.standing(path);
        if (before.newest().filter(each -> each.hash().equals(hash)).isPresent()) {
            return;
        }
        var names = kept(before, target);
        var next = new DocumentVersion(
                before.last() + 1, now(), Optional.of(who), bytes, hash, restored, Optional.empty());
        histories.folder(path).write(before.followedBy(next, names));
    }

    /** Deletes a document; what it was is kept. */
    public void delete(String path, String who) {
        lock.holding(() -> {
            var file = file(path);
            if (file.isPresent() && most > 0) {
                var before = histories.standing(path);
                var names = kept(before, file.get());
                histories.folder(path).write(before.ended(new Deletion(now(), Optional.of(who)), names));
            }
            if (file.isPresent()) {
                Files.delete(file.get());
            }
            prune(path);
            return path;
        });
    }

    private Optional<List<String>> kept(VersionHistory before, Path file) throws IOException {
        if (before.newest().isEmpty()) {
            return Optional.empty();
        }
        histories.folder(before.path()).keep(before.newest().get().number(), file);
        return access.of(before.path(), file);
    }

    /** Deletes a document and everything that it was, for good. */
    public void deleteWithVersions(String path) {
        lock.holding(() -> {
            var file = file(path);
            if (file.isPresent()) {
                Files.delete(file.get());
            }
            histories.folder(path).removeAll();
            return path;
        });
    }

    /**
     * Makes a version the newest again.
     *
     * @return whether it is kept
     */
    public boolean restore(String path, int number, String who) {
        return lock.holding(() -> {
            var content = content(path, number);
            content.ifPresent(file -> put(path, who, Optional.of(number), () -> Files.newInputStream(file)));
            return content.isPresent();
        });
    }

    /** The file of a version, the newest included; empty if it is not kept. */
    public Optional<Path> content(String path, int number) {
        return lock.holding(() -> {
            var history = histories.standing(path);
            if (history.newest().filter(each -> each.number() == number).isPresent()) {
                return file(path);
            }
            return history.earlier().stream().anyMatch(each -> each.number() == number)
                    ? Optional.of(histories.folder(path).file(number)).filter(Files::isRegularFile)
                    : Optional.<Path>empty();
        });
    }

    /** Removes an earlier version for good. @return whether it was there */
    public boolean remove(String path, int number) {
        return lock.holding(() -> {
            var before = histories.standing(path);
            var left = before.earlier().stream()
                    .filter(each -> each.number() != number)
                    .toList();
            if (left.size() == before.earlier().size()) {
                return false;
            }
            histories.keepOnly(before.withEarlier(left));
            return true;
        });
    }

    /**
     * Takes a person's name out of all histories.
     *
     * @param versions whether earlier versions that the person brought are removed as well
     */
    public Erased erase(String who, boolean versions) {
        if (!lock.isMade()) {
            return new Erased(0, 0, 0);
        }
        return lock.holding(() -> {
            int names = 0;
            int removed = 0;
            int left = 0;
            for (var history : histories.all()) {
                int own = (int) history.earlier().stream()
                        .filter(each -> each.isOf(who))
                        .count();
                boolean ended = history.deletion()
                        .flatMap(Deletion::who)
                        .filter(who::equals)
                        .isPresent();
                int named = (int) history.all().filter(each -> each.isOf(who)).count() + (ended ? 1 : 0);
                if (named == 0) {
                    continue;
                }
                names += named;
                removed += versions ? own : 0;
                left += versions ? 0 : own;
                var kept = history.earlier().stream()
                        .filter(each -> !versions || !each.isOf(who))
                        .toList();
                histories.keepOnly(history.withEarlier(kept)
                        .mapped(
                                each -> each.isOf(who) ? each.withoutWho() : each,
                                end -> ended ? new Deletion(end.time(), Optional.empty()) : end));
            }
            return new Erased(names, removed, left);
        });
    }

    /** Removes what is beyond the number that is kept, of all documents; for when that was lowered. */
    public void prune() {
        if (lock.isMade()) {
            lock.holding(() -> {
                for (var history : histories.all()) {
                    prune(history.path());
                }
                return true;
            });
        }
    }

    /** How much room the earlier versions of all documents take, in bytes. */
    public long bytes() {
        if (!lock.isMade()) {
            return 0;
        }
        return lock.holding(() -> histories.all().stream()
                .flatMap(each -> each.earlier().stream())
                .mapToLong(DocumentVersion::bytes)
                .sum());
    }

    private void prune(String path) throws IOException {
        var history = histories.folder(path).history();
        if (history.isEmpty()) {
            return;
        }
        if (most == 0) {
            histories.folder(path).removeAll();
        } else if (history.get().earlier().size() > most) {
            histories.keepOnly(history.get().withEarlier(history.get().earlier().subList(0, most)));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
