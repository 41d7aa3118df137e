package dev.tandem.knowledge.index;

import dev.tandem.foundation.MendableException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

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

    /** Names the fields of the index and what is in them; one more whenever either changes. */
    static final String FORMAT = "2";

    /** The commit's entry that holds {@link #FORMAT}. */
    static final String FORMAT_KEY = "format";

    /** The file that holds the number of the process that wrote last. */
    private static final String WRITER = "writer.pid";

    private final Path folder;
    private final Directory directory;
    private Optional<LiveSearcher> current = Optional.empty();

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

    private synchronized LiveSearcher latest() {
        try {
            if (current.isEmpty()) {
                if (!DirectoryReader.indexExists(directory)) {
                    refuseForeignFolder();
                    return new LiveSearcher(new MultiReader());
                }
                current = Optional.of(searcher(DirectoryReader.open(directory)));
            } else if (current.get().getIndexReader() instanceof DirectoryReader before) {
                var newer = DirectoryReader.openIfChanged(before);
                if (newer != null) {
                    current = Optional.of(searcher(newer));
                    before.decRef();
                }
            }
            current.get().getIndexReader().incRef();
            return current.get();
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private LiveSearcher searcher(DirectoryReader reader) throws IOException {
        try {
            if (!isOfThisFormat(reader)) {
                throw otherVersion(folder, null);
            }
            return new LiveSearcher(reader);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static boolean isOfThisFormat(DirectoryReader reader) throws IOException {
        return FORMAT.equals(reader.getIndexCommit().getUserData().get(FORMAT_KEY));
    }

    /** A folder without a commit may hold what a killed first ingest left, but nothing of others. */
    private void refuseForeignFolder() throws IOException {
        for (var file : directory.listAll()) {
            if (!isOurs(file)) {
                throw new MendableException("The folder " + folder + " holds no index but other files (" + file
                        + "): move them away, or make a new workspace with `tandem init`.");
            }
        }
    }

    private static boolean isOurs(String file) {
        return file.equals(IndexWriter.WRITE_LOCK_NAME)
                || file.equals(WRITER)
                || file.startsWith(IndexFileNames.SEGMENTS)
                || file.startsWith(IndexFileNames.PENDING_SEGMENTS)
                || IndexFileNames.CODEC_FILE_PATTERN.matcher(file).matches();
    }

    @Override
    public Writing write() {
        return write(IndexWriterConfig.OpenMode.CREATE_OR_APPEND);
    }

    @Override
    public Writing writeAnew() {
        try {
            discardIfDamaged();
        } catch (LockObtainFailedException e) {
            throw beingWritten(e);
        } catch (IOException e) {
            throw failure(folder, e);
        }
        return write(IndexWriterConfig.OpenMode.CREATE);
    }

    private Writing write(IndexWriterConfig.OpenMode mode) {
        var config = new IndexWriterConfig(PassageFields.ANALYZER)
                .setOpenMode(mode)
                .setCodec(new FlatVectorsCodec())
                .setRAMBufferSizeMB(WRITE_BUFFER_MEGABYTES)
                .setMergeScheduler(new QuietMerges())
                .setCommitOnClose(false);
        try {
            if (!DirectoryReader.indexExists(directory)) {
                refuseForeignFolder();
            }
            var writer = new IndexWriter(directory, config);
            noteWriter();
            return new LuceneWriting(folder, writer, mode == IndexWriterConfig.OpenMode.CREATE);
        } catch (LockObtainFailedException e) {
            throw beingWritten(e);
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    /** Lucene reads the old commit even to replace it, and an ingest looks into it; one that cannot be read must go first. */
    private void discardIfDamaged() throws IOException {
        if (!DirectoryReader.indexExists(directory)) {
            return;
        }
        try (var lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            if (!isReadable()) {
                for (var file : directory.listAll()) {
                    if (isOurs(file) && !file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                        directory.deleteFile(file);
                    }
                }
            }
        }
    }

    private boolean isReadable() throws IOException {
        try (var reader = DirectoryReader.open(directory)) {
            return isOfThisFormat(reader);
        } catch (IOException e) {
            if (isUnreadable(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Leaves this process's number for the message to another that wants to write; that is all it is for. */
    private void noteWriter() {
        try {
            if (List.of(directory.listAll()).contains(WRITER)) {
                directory.deleteFile(WRITER);
            }
            try (var note = directory.createOutput(WRITER, IOContext.DEFAULT)) {
                note.writeString(Long.toString(ProcessHandle.current().pid()));
            }
        } catch (IOException e) {
            // If the disk has no room for it, the writing itself will say so.
            return;
        }
    }

    private MendableException beingWritten(LockObtainFailedException cause) {
        String who = "";
        try (var note = directory.openInput(WRITER, IOContext.READONCE)) {
            who = " (number " + note.readString() + ")";
        } catch (IOException notNoted) {
            who = "";
        }
        return new MendableException(
                "Another process" + who + " is writing to the index " + folder
                        + ": wait until its ingest ends, or stop it.",
                cause);
    }

    @Override
    public synchronized void close() {
        try {
            if (current.isPresent()) {
                current.get().getIndexReader().decRef();
                current = Optional.empty();
            }
            directory.close();
        } catch (IOException e) {
            throw failure(folder, e);
        }
    }

    private static boolean isUnreadable(IOException e) {
        return isDamaged(e) || e instanceof IndexFormatTooNewException || e instanceof IndexFormatTooOldException;
    }

    /** Files cut short or missing show as these too. */
    private static boolean isDamaged(IOException e) {
        return e instanceof CorruptIndexException
                || e instanceof EOFException
                || e instanceof FileNotFoundException
                || e instanceof NoSuchFileException;
    }

    /** What a storage error means to the user; whatever is not known to be mendable stays what it is. */
    static RuntimeException failure(Path folder, IOException e) {
        if (isDamaged(e)) {
            return new MendableException(
                    "The index " + folder + " is damaged: run `tandem ingest --rebuild` to make it anew.", e);
        }
        if (e instanceof IndexFormatTooNewException || e instanceof IndexFormatTooOldException) {
            return otherVersion(folder, e);
        }
        var message = String.valueOf(e.getMessage());
        if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
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

    private static MendableException otherVersion(Path folder, @Nullable Throwable cause) {
        return new MendableException(
                "The index " + folder
                        + " was written by another version of Tandem: run `tandem ingest --rebuild` to make it"
                        + " anew from the documents.",
                cause);
    }

    /** A merge that fails closes the writer, which tells whoever writes next; no thread need die of it aloud. */
    private static final class QuietMerges extends ConcurrentMergeScheduler {
        @Override
        protected void handleMergeException(Throwable failure) {}
    }
}
