package dev.tandem.knowledge.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.AlreadyClosedException;

/** The one writer of a Lucene passage index. Safe for use by many threads. */
final class LuceneWriting implements PassageIndex.Writing {
    static final String ENCODER = "encoder";
    static final String DIMENSION = "dimension";
    static final String SPLITTING = "splitting";

    private final Path folder;
    private final IndexWriter writer;

    /** Length of the vectors in the index, 0 while there are none. */
    private int dimension;

    /** Whether there is something that is not committed. */
    private boolean changed;

    LuceneWriting(Path folder, IndexWriter writer, boolean anew) {
        this.folder = folder;
        this.writer = writer;
        this.changed = anew;
        var made = writer.getLiveCommitData();
        if (!anew && made != null) {
            made.forEach(entry ->
                    dimension = entry.getKey().equals(DIMENSION) ? Integer.parseInt(entry.getValue()) : dimension);
        }
    }

    @Override
    public synchronized void replace(IndexedDocument document, List<StoredPassage> passages) {
        passages.forEach(passage -> requireDimension(passage.vector().length));
        var fields = new ArrayList<Document>(passages.size() + 1);
        passages.forEach(passage -> fields.add(PassageFields.passage(passage)));
        fields.add(PassageFields.record(document));
        run(() -> writer.updateDocuments(new Term(PassageFields.DOCUMENT, document.path()), fields));
    }

    private void requireDimension(int length) {
        if (dimension == 0) {
            dimension = length;
        }
        if (dimension != length) {
            throw IndexDescription.otherDimension(folder.toString(), dimension, length);
        }
    }

    @Override
    public synchronized void delete(String path) {
        run(() -> writer.deleteDocuments(new Term(PassageFields.DOCUMENT, path)));
    }

    @Override
    public synchronized void deleteAll() {
        dimension = 0;
        run(writer::deleteAll);
    }

    @Override
    public synchronized void commit(IndexDescription description) {
        writer.setLiveCommitData(Map.of(
                        LucenePassageIndex.FORMAT_KEY,
                        LucenePassageIndex.FORMAT,
                        ENCODER,
                        description.encoder(),
                        DIMENSION,
                        Integer.toString(description.dimension()),
                        SPLITTING,
                        description.splitting())
                .entrySet());
        run(writer::commit);
        changed = false;
    }

    @Override
    public synchronized void close() {
        try {
            if (!changed) {
                keepMerges();
            }
            writer.rollback();
        } catch (IOException e) {
            throw LucenePassageIndex.failure(folder, e);
        }
    }

    /**
     * Waits for the merges that the last commit set off. Given up, they would be for ever behind: an index that takes one
     * small change after another would gather a segment for each.
     */
    private void keepMerges() {
        try {
            if (writer.isOpen() && writer.getConfig().getMergeScheduler() instanceof ConcurrentMergeScheduler merges) {
                merges.sync();
                if (writer.hasUncommittedChanges()) {
                    writer.commit();
                }
            }
        } catch (IOException | AlreadyClosedException e) {
            // What was to be written is committed; the next writer merges again.
            return;
        }
    }

    private void run(Change change) {
        changed = true;
        try {
            change.apply();
        } catch (IOException e) {
            throw LucenePassageIndex.failure(folder, e);
        } catch (AlreadyClosedException e) {
            // Lucene closes a writer whose disk failed, perhaps in a merge; a cause says what happened.
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof IOException failed) {
                    throw LucenePassageIndex.failure(folder, failed);
                }
            }
            throw e;
        }
    }

    @FunctionalInterface
    private interface Change {
        void apply() throws IOException;
    }
}
