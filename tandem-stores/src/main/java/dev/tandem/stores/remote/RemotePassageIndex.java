package dev.tandem.stores.remote;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.index.PassageIndex;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A passage index that a vector database keeps. Commits, unchanging views, BM25's exact scores and the meaning of filters are
 * Tandem's own, the same for every server; searching, filtering and keeping are the server's.
 *
 * <p>A view stays as it is while others write, for a minute after it is the last no longer; a search that takes longer fails and
 * says so. Safe for use by many threads and processes; one writes at a time.
 */
public final class RemotePassageIndex implements PassageIndex {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([-_][a-z0-9]+)*");

    /** What Pinecone leaves beside the kind and the edition. */
    private static final int LONGEST_NAME = 28;

    private final VectorDatabase database;
    private final String name;
    private final Set<String> abandonedLeases = ConcurrentHashMap.newKeySet();
    private Optional<CommitView> current = Optional.empty();

    /** An index in a database; what is not there yet is an index with nothing in it. */
    RemotePassageIndex(VectorDatabase database, String name) {
        if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
            throw new MendableException("An index cannot be called '" + name
                    + "': use at most " + LONGEST_NAME
                    + " small letters, digits and single hyphens, a letter first, as in shop-manuals.");
        }
        this.database = database;
        // Not every server takes an underscore, and not every one a hyphen, which its client knows.
        this.name = name.replace('_', '-');
    }

    @Override
    public Snapshot snapshot() {
        return new RemoteSnapshot(database, view());
    }

    private CommitView view() {
        var last = Commit.last(database, name);
        synchronized (this) {
            if (current.isEmpty() || !current.get().commit().equals(last)) {
                current = Optional.of(new CommitView(database, name, last));
            }
            return current.get();
        }
    }

    @Override
    public Writing write() {
        return write(false);
    }

    @Override
    public Writing writeAnew() {
        return write(true);
    }

    private Writing write(boolean anew) {
        database.create(PointCollection.commits(name));
        var lease = Lease.take(database, name, abandonedLeases);
        try {
            return new RemoteWriting(
                    database, name, lease, new CommitView(database, name, Commit.last(database, name)), anew);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
