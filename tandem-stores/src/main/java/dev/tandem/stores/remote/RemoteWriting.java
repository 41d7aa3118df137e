package dev.tandem.stores.remote;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.StoredPassage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The one writer of an index that a server keeps. Safe for use by many threads. */
final class RemoteWriting implements PassageIndex.Writing {
    /** Passages gathered before they are sent; the database makes its own batches of them. */
    private static final int GATHERED = 256;

    private final VectorDatabase database;
    private final String index;
    private final Lease lease;

    /** The last commit. */
    private Commit before;

    /** Where this write goes: the last commit's edition, or one of its own. */
    private long edition;

    /** Length of the vectors in that edition, 0 while there are none. */
    private int vectors;

    /** Living documents with the passages and words that go with them, as of this write. */
    private final Map<String, Size> documents = new HashMap<>();

    /** Paths that this write put in. */
    private final Map<String, Boolean> own = new HashMap<>();

    private final List<Point> passages = new ArrayList<>();
    private final List<Point> records = new ArrayList<>();

    /** Paths of documents of the last commit that this write replaces or removes, and has not marked yet. */
    private final List<String> replaced = new ArrayList<>();

    private boolean changed;

    private record Size(int passages, long words) {}

    RemoteWriting(VectorDatabase database, String index, Lease lease, CommitView last, boolean anew) {
        this.database = database;
        this.index = index;
        this.lease = lease;
        this.before = last.commit();
        this.edition = before.edition();
        this.vectors = before.vectors();
        // One that a killed write began.
        drop(edition + 1);
        giveUp();
        if (anew || edition == 0) {
            beginEdition();
        } else {
            last.documents()
                    .forEach(document ->
                            documents.put(document.path(), new Size(document.passages(), document.words())));
        }
        changed = anew;
    }

    private PointCollection documentRecords() {
        return PointCollection.documents(index, edition);
    }

    private PointCollection passagePoints() {
        return PointCollection.passages(index, edition, vectors);
    }

    private long next() {
        return before.number() + 1;
    }

    private void drop(long old) {
        database.drop(PointCollection.documents(index, old));
        database.drop(PointCollection.passages(index, old, 0));
    }

    private void beginEdition() {
        if (edition > before.edition()) {
            drop(edition);
        }
        edition = before.edition() + 1;
        vectors = 0;
        database.create(documentRecords());
        documents.clear();
        own.clear();
        passages.clear();
        records.clear();
        replaced.clear();
    }

    @Override
    public synchronized void replace(IndexedDocument document, List<StoredPassage> stored) {
        stored.forEach(passage -> requireDimension(passage.vector().length));
        remove(document.path());
        long words = 0;
        for (var passage : stored) {
            var point = Records.point(passage, next());
            words += point.stems().size();
            passages.add(point);
        }
        records.add(Records.point(Records.document(document, stored, words), next()));
        documents.put(document.path(), new Size(stored.size(), words));
        own.put(document.path(), true);
        if (passages.size() + records.size() + replaced.size() >= GATHERED) {
            flush();
        }
    }

    private void requireDimension(int length) {
        if (vectors == 0) {
            vectors = length;
            database.create(passagePoints());
        }
        if (vectors != length) {
            throw IndexDescription.otherDimension("in " + database.describe(), vectors, length);
        }
    }

    @Override
    public synchronized void delete(String path) {
        remove(path);
        if (replaced.size() >= GATHERED) {
            flush();
        }
    }

    private void remove(String path) {
        changed = true;
        if (documents.remove(path) == null) {
            return;
        }
        if (own.remove(path) != null) {
            // Put in by this very write: nobody can have seen it.
            flush();
            var mine = Condition.is(Point.DOCUMENT, path).and(new Condition.Above(Point.FROM, before.number()));
            database.delete(documentRecords(), mine);
            if (vectors > 0) {
                database.delete(passagePoints(), mine);
            }
        } else {
            replaced.add(path);
        }
    }

    @Override
    public synchronized void deleteAll() {
        changed = true;
        beginEdition();
    }

    private void flush() {
        if (!replaced.isEmpty()) {
            var old = new Condition.AnyOf(Point.DOCUMENT, replaced)
                    .and(Point.visibleAt(before.number()))
                    .and(new Condition.Above(Point.UNTIL, next()));
            database.mark(documentRecords(), old, next());
            if (vectors > 0) {
                database.mark(passagePoints(), old, next());
            }
            replaced.clear();
        }
        if (!passages.isEmpty()) {
            database.put(passagePoints(), List.copyOf(passages));
            passages.clear();
        }
        if (!records.isEmpty()) {
            database.put(documentRecords(), List.copyOf(records));
            records.clear();
        }
    }

    @Override
    public synchronized void commit(IndexDescription description) {
        flush();
        database.settle(documentRecords());
        if (vectors > 0) {
            database.settle(passagePoints());
        }
        lease.check();
        var commit = new Commit(
                next(),
                edition,
                vectors,
                description.encoder(),
                description.dimension(),
                description.splitting(),
                documents.values().stream().mapToInt(Size::passages).sum(),
                documents.values().stream().mapToLong(Size::words).sum(),
                before.replacedNow());
        commit.write(database, index);
        removeUnseen(commit);
        before = commit;
        own.clear();
        changed = false;
    }

    /** What neither the new commit shows nor one before that may still be read. */
    private void removeUnseen(Commit commit) {
        before.editionsRead().stream()
                .filter(old -> old > 0 && !commit.editionsRead().contains(old))
                .forEach(this::drop);
        if (edition == before.edition()) {
            var unseen = new Condition.AtMost(Point.UNTIL, commit.oldestRead());
            database.delete(documentRecords(), unseen);
            if (vectors > 0) {
                database.delete(passagePoints(), unseen);
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (changed) {
                if (edition != before.edition()) {
                    drop(edition);
                }
                giveUp();
            }
        } catch (MendableException e) {
            // A server that is gone has been told of already; the next write tidies up what this one leaves.
            changed = false;
        } finally {
            lease.close();
        }
    }

    /** Makes the last commit's edition as it was then, after this write or one that was killed. */
    private void giveUp() {
        if (before.edition() == 0) {
            return;
        }
        var begun = new Condition.Above(Point.FROM, before.number());
        var marked = new Condition.Above(Point.UNTIL, before.number())
                .and(new Condition.AtMost(Point.UNTIL, Point.LIVING - 1));
        var collections = new ArrayList<PointCollection>();
        collections.add(before.documents(index));
        if (before.vectors() > 0) {
            collections.add(before.passages(index));
        } else {
            database.drop(before.passages(index));
        }
        for (var collection : collections) {
            database.delete(collection, begun);
            database.mark(collection, marked, Point.LIVING);
        }
    }
}
