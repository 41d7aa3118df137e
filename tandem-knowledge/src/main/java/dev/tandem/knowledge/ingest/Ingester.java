package dev.tandem.knowledge.ingest;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.document.Document;
import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.ReadResult;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.StoredPassage;
import dev.tandem.knowledge.ingest.IngestReport.FlaggedFile;
import dev.tandem.knowledge.ingest.IngestReport.SkippedFile;
import dev.tandem.knowledge.injection.Screening;
import dev.tandem.knowledge.injection.Screening.ScreenedPassage;
import dev.tandem.knowledge.passage.Context;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.knowledge.retrieval.LateInteraction;
import dev.tandem.models.embedding.TextEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Brings an index up to date with folders of documents: reads, splits and embeds what is new or changed, removes what is
 * gone, and makes all of it visible in one commit. What was embedded before the process is killed is kept in a journal
 * beside the index, so the next ingest goes on from there.
 *
 * <p>Memory does not grow with the number of documents: a few are in work at a time, and each is embedded in small
 * batches. One ingest at a time per index; the index refuses a second.
 */
public final class Ingester {
    /** Passages embedded in one call: enough to keep every core busy, few enough to hold their token vectors. */
    private static final int BATCH = 32;

    private final PassageIndex index;
    private final DocumentReader reader;
    private final PassageSplitter splitter;
    private final TextEncoder encoder;
    private final Path journalFile;
    private final Screening screening;
    private final ContextLines contextLines;

    /**
     * What to ingest and how.
     *
     * @param sources folders or files; a folder's documents that are gone are removed from the index
     * @param selection which files of the folders are meant
     * @param rebuild whether to make the index anew, as after a change of the embedding model
     */
    public record Request(List<Path> sources, FileSelection selection, boolean rebuild) {
        public Request {
            sources = List.copyOf(sources);
        }
    }

    /**
     * Makes an ingester.
     *
     * @param journalFile where embeddings are kept until they are committed; a file of its own, beside the index
     */
    public Ingester(
            PassageIndex index,
            DocumentReader reader,
            PassageSplitter splitter,
            TextEncoder encoder,
            Path journalFile) {
        this(index, reader, splitter, encoder, journalFile, Screening.NONE, ContextLines.NONE);
    }

    /** Makes an ingester that looks for what in documents is meant for a language model, and writes lines above passages. */
    public Ingester(
            PassageIndex index,
            DocumentReader reader,
            PassageSplitter splitter,
            TextEncoder encoder,
            Path journalFile,
            Screening screening,
            ContextLines contextLines) {
        this.screening = screening;
        this.contextLines = contextLines;
        this.index = index;
        this.reader = reader;
        this.splitter = splitter;
        this.encoder = encoder;
        this.journalFile = journalFile;
    }

    /**
     * Ingests.
     *
     * @throws MendableException if a source is missing, the index was made with another embedding model and
     *     {@code rebuild} is not asked for, or another process is writing to it; the index is then as it was
     */
    public IngestReport ingest(Request request, Progress progress) {
        long start = System.nanoTime();
        try (var writing = request.rebuild() ? index.writeAnew() : index.write();
                var snapshot = index.snapshot();
                var journal = new EmbeddingJournal(journalFile)) {
            var description = new IndexDescription(
                    encoder.id(),
                    encoder.dimension(),
                    splitter.settings().describe() + screening.describe() + contextLines.describe());
            var old = snapshot.description();
            if (!request.rebuild()) {
                refuseAnotherModel(old, description);
            }
            boolean everything = request.rebuild() || !old.equals(description);
            var known = request.rebuild() ? List.<IndexedDocument>of() : snapshot.documents();
            var changes = Changes.find(request, known, everything, progress);
            var work =
                    new Work(writing, snapshot, journal, changes, old.encoder().equals(encoder.id()));
            work.run(progress);
            changes.deleted().forEach(document -> writing.delete(document.path()));
            if (everything || !changes.isEmpty()) {
                writing.commit(description);
            }
            journal.clear();
            retainLines();
            return work.report(Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private void retainLines() {
        try (var now = index.snapshot()) {
            contextLines.retain(
                    now.documents().stream().map(IndexedDocument::path).collect(Collectors.toSet()));
        }
    }

    private static void refuseAnotherModel(IndexDescription old, IndexDescription wanted) {
        if (old.isNew() || old.encoder().equals(wanted.encoder()) && old.dimension() == wanted.dimension()) {
            return;
        }
        throw new MendableException("This index was made with the embedding model " + old.encoder() + " ("
                + old.dimension() + " numbers a vector), but " + wanted.encoder() + " (" + wanted.dimension()
                + ") is configured: set embedding back, or run `tandem ingest --rebuild` to embed everything anew.");
    }

    /** One ingest's work on the changed files: several documents at once, so that no core waits for another's file. */
    private final class Work {
        private final PassageIndex.Writing writing;
        private final PassageIndex.Snapshot snapshot;
        private final EmbeddingJournal journal;
        private final Changes changes;
        private final boolean sameEncoder;
        private final ConcurrentLinkedQueue<SkippedFile> skipped = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<FlaggedFile> flagged = new ConcurrentLinkedQueue<>();
        private final AtomicInteger added = new AtomicInteger();
        private final AtomicInteger updated = new AtomicInteger();
        private final AtomicInteger embedded = new AtomicInteger();
        private final AtomicInteger reused = new AtomicInteger();

        Work(
                PassageIndex.Writing writing,
                PassageIndex.Snapshot snapshot,
                EmbeddingJournal journal,
                Changes changes,
                boolean sameEncoder) {
            this.writing = writing;
            this.snapshot = snapshot;
            this.journal = journal;
            this.changes = changes;
            this.sameEncoder = sameEncoder;
        }

        void run(Progress progress) {
            try (var task = progress.start("Ingesting", changes.toRead().size(), "documents")) {
                Parallel.forEach(changes.toRead(), Runtime.getRuntime().availableProcessors() + 1, file -> {
                    ingest(file, () -> task.step(0));
                    task.step(1);
                });
            }
        }

        private void ingest(SourceFile file, Runnable between) {
            switch (reader.read(file.file(), file.path())) {
                case ReadResult.Skipped(String path, String reason) -> {
                    skipped.add(new SkippedFile(path, reason));
                    if (file.known()) {
                        writing.delete(path);
                    }
                }
                case ReadResult.Parsed(Document document) -> {
                    var screened = screening.look(document, splitter.split(document));
                    var lined = LinedPassages.of(screened.passages(), contextLines, between);
                    var passages = embed(lined.passages());
                    note(document.path(), screened);
                    writing.replace(
                            new IndexedDocument(
                                    document.path(),
                                    file.source(),
                                    document.title(),
                                    screened.metadata(),
                                    lined.recorded(file.contentHash()),
                                    file.size(),
                                    file.modifiedMillis(),
                                    passages.size()),
                            passages);
                    (file.known() ? updated : added).incrementAndGet();
                }
            }
        }

        private void note(String path, Screening.Screened screened) {
            if (!screened.found().isEmpty() || !screened.hidden().isEmpty()) {
                flagged.add(new FlaggedFile(path, screened.found(), screened.hidden()));
            }
        }

        private List<StoredPassage> embed(List<ScreenedPassage> passages) {
            var stored = new ArrayList<StoredPassage>(passages.size());
            var batch = new ArrayList<Hashed>(BATCH);
            for (var screened : passages) {
                var hash = contentHash(screened.passage());
                var known = knownEmbedding(hash);
                if (known.isPresent()) {
                    reused.incrementAndGet();
                    stored.add(stored(screened, hash, known.get()));
                    continue;
                }
                batch.add(new Hashed(screened, hash));
                if (batch.size() == BATCH) {
                    embedBatch(batch, stored);
                }
            }
            embedBatch(batch, stored);
            stored.sort(Comparator.comparingInt(passage -> passage.passage().ordinal()));
            return stored;
        }

        /** A passage to embed, by the hash of what the encoder will see. */
        private record Hashed(ScreenedPassage screened, String hash) {}

        private void embedBatch(List<Hashed> batch, List<StoredPassage> stored) {
            if (batch.isEmpty()) {
                return;
            }
            var texts = batch.stream()
                    .map(hashed -> Context.embedded(hashed.screened().passage()))
                    .toList();
            var encodings = encoder.encodePassages(texts);
            for (int i = 0; i < batch.size(); i++) {
                var hash = batch.get(i).hash();
                var entry = new EmbeddingJournal.Entry(
                        encodings.get(i).vector(),
                        LateInteraction.compress(texts.get(i), encodings.get(i).tokens()));
                journal.add(hash, entry);
                stored.add(stored(batch.get(i).screened(), hash, entry));
            }
            embedded.addAndGet(batch.size());
            batch.clear();
        }

        private Optional<EmbeddingJournal.Entry> knownEmbedding(String hash) {
            var journaled = journal.find(hash);
            return journaled.isPresent() || !sameEncoder
                    ? journaled
                    : snapshot.findByContent(hash)
                            .map(passage -> new EmbeddingJournal.Entry(passage.vector(), passage.tokenVectors()));
        }

        private StoredPassage stored(ScreenedPassage screened, String hash, EmbeddingJournal.Entry entry) {
            return new StoredPassage(
                    screened.passage(), screened.metadata(), hash, entry.vector(), entry.tokenVectors());
        }

        private String contentHash(Passage passage) {
            return ContentHash.of(encoder.id(), LateInteraction.FORMAT, Context.embedded(passage));
        }

        IngestReport report(Duration elapsed) {
            int passages;
            try (var now = index.snapshot()) {
                passages = now.passageCount();
            }
            var reasons = new ArrayList<>(changes.skipped());
            reasons.addAll(skipped);
            reasons.sort(Comparator.comparing(SkippedFile::path));
            return new IngestReport(
                    added.get(),
                    updated.get(),
                    changes.unchanged(),
                    changes.deleted().size(),
                    reasons,
                    flagged.stream()
                            .sorted(Comparator.comparing(FlaggedFile::path))
                            .toList(),
                    embedded.get(),
                    reused.get(),
                    passages,
                    contextLines.done(),
                    elapsed);
        }
    }
}
