package dev.tandem.knowledge.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;

/** The one writer of a Lucene passage index. Safe for use by many threads. */
final class LuceneWriting implements PassageIndex.Writing {
    static final String ENCODER = "encoder";
    static final String DIMENSION = "dimension";
    static final String SPLITTING = "splitting";

    private final Path folder;
    private final IndexWriter writer;

    LuceneWriting(Path folder, IndexWriter writer) {
        this.folder = folder;
        this.writer = writer;
    }

    @Override
    public void replace(IndexedDocument document, List<StoredPassage> passages) {
        var fields = new ArrayList<Document>(passages.size() + 1);
        passages.forEach(passage -> fields.add(PassageFields.passage(passage)));
        fields.add(PassageFields.record(document));
        run(() -> writer.updateDocuments(new Term(PassageFields.DOCUMENT, document.path()), fields));
    }

    @Override
    public void delete(String path) {
        run(() -> writer.deleteDocuments(new Term(PassageFields.DOCUMENT, path)));
    }

    @Override
    public void deleteAll() {
        run(writer::deleteAll);
    }

    @Override
    public void commit(IndexDescription description) {
        writer.setLiveCommitData(Map.of(
                        ENCODER, description.encoder(),
                        DIMENSION, Integer.toString(description.dimension()),
                        SPLITTING, description.splitting())
                .entrySet());
        run(writer::commit);
    }

    @Override
    public void close() {
        try {
            // Merges that still run are given up with what was not committed: a reader needs neither.
            writer.rollback();
        } catch (IOException e) {
            throw LucenePassageIndex.failure(folder, e);
        }
    }

    private void run(Change change) {
        try {
            change.apply();
        } catch (IOException e) {
            throw LucenePassageIndex.failure(folder, e);
        } catch (org.apache.lucene.store.AlreadyClosedException e) {
            // Lucene closes a writer whose disk failed; the cause says what happened.
            if (e.getCause() instanceof IOException cause) {
                throw LucenePassageIndex.failure(folder, cause);
            }
            throw e;
        }
    }

    @FunctionalInterface
    private interface Change {
        void apply() throws IOException;
    }
}
