package dev.tandem.knowledge.index;

import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104ScalarQuantizedVectorsFormat;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * The embedded index: one Lucene index holds each passage's words, vector, metadata and text, and one record a document,
 * so that a commit moves all of them at once and a killed process leaves the last commit.
 *
 * <p>Vectors lie flat, in full and in 8 bits a number, without a graph: a search reads them all, so its result does not
 * depend on the order in which documents came and went, filters never cost recall, and 100,000 take a few milliseconds.
 *
 * <p>Safe for use by many threads. Other processes may read while one writes.
 */
public final class LucenePassageIndex implements PassageIndex {
    private static final double WRITE_BUFFER_MEGABYTES = 48;

    private final Path folder;
    private final Directory directory;
    private Optional<DirectoryReader> current = Optional.empty();

    private LucenePassageIndex(Path folder, Directory directory) {
        this.folder = folder;
        this.directory = directory;
    }

    /** The index in a folder; a folder that is missing or empty is an index with nothing in it. */
    public static LucenePassageIndex open(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new MendableException("The index should be a folder, but " + folder + " is a file: remove it.");
        }
        try {
            return new LucenePassageIndex(folder, FSDirectory.open(folder));
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /** An index over any Lucene directory, as tests use to make storage fail. */
    static LucenePassageIndex over(Directory directory) {
        return new LucenePassageIndex(Path.of("index"), directory);
    }

    @Override
    public Snapshot snapshot() {
        return new LuceneSnapshot(folder, latest());
    }

    private synchronized IndexReader latest() {
        try {
            if (current.isEmpty()) {
                if (!DirectoryReader.indexExists(directory)) {
                    refuseForeignFolder();
                    return new MultiReader();
                }
                current = Optional.of(DirectoryReader.open(directory));
            } else {
                var before = current.get();
                var newer = DirectoryReader.openIfChanged(before);
                if (newer != null) {
                    before.decRef();
                    current = Optional.of(newer);
                }
            }
            current.get().incRef();
            return current.get();
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private void refuseForeignFolder() throws IOException {
        for (var file : directory.listAll()) {
            if (!file.startsWith("write.lock") && !file.startsWith("pending_segments")) {
                throw new MendableException("The folder " + folder + " holds no index but other files (" + file
                        + "): move them away, or make a new workspace with `tandem init`.");
            }
        }
    }

    @Override
    public Writing write() {
        var config = new IndexWriterConfig(PassageFields.ANALYZER)
                .setCodec(new FlatVectorsCodec())
                .setRAMBufferSizeMB(WRITE_BUFFER_MEGABYTES)
                .setCommitOnClose(false);
        try {
            if (!DirectoryReader.indexExists(directory)) {
                refuseForeignFolder();
            }
            return new LuceneWriting(folder, new IndexWriter(directory, config));
        } catch (LockObtainFailedException e) {
            throw new MendableException(
                    "Another process is writing to the index " + folder + ": wait until its ingest ends, or stop it.",
                    e);
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (current.isPresent()) {
                current.get().decRef();
                current = Optional.empty();
            }
            directory.close();
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /** What a storage error means to the user; whatever is not known to be mendable stays what it is. */
    static RuntimeException failure(Path folder, IOException e) {
        if (e instanceof CorruptIndexException) {
            return new MendableException(
                    "The index " + folder + " is damaged: run `tandem ingest --rebuild` to make it anew.", e);
        }
        if (e instanceof IndexFormatTooNewException || e instanceof IndexFormatTooOldException) {
            return new MendableException(
                    "The index " + folder + " was written by another version of Tandem: run `tandem ingest --rebuild`.",
                    e);
        }
        if (String.valueOf(e.getMessage()).contains("No space left on device")) {
            return new MendableException(
                    "The disk is full: nothing was changed in the index " + folder
                            + "; free some space and run the same" + " command again.",
                    e);
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return new MendableException(
                    "The index " + folder + " cannot be written: check the permissions of the folder.", e);
        }
        return new UncheckedIOException(e);
    }

    /** Lucene's own codec with flat vectors; the formats are recorded by name, so any Lucene of this version reads it. */
    private static final class FlatVectorsCodec extends Lucene104Codec {
        private final KnnVectorsFormat vectors = new Lucene104ScalarQuantizedVectorsFormat();

        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return vectors;
        }
    }
}
