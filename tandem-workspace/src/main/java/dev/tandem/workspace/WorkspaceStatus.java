package dev.tandem.workspace;

import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.injection.Flags;
import dev.tandem.knowledge.injection.Screening;
import dev.tandem.knowledge.passage.PassageSplitter;
import dev.tandem.stores.StoreProvider;
import dev.tandem.workspace.settings.ByteSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is in a workspace, and whether it still agrees with its files and settings.
 *
 * @param folder the workspace's folder
 * @param documents how many documents the index holds
 * @param passages how many passages
 * @param embedding the model that the index was made with; empty before the first ingest
 * @param dimension the length of its vectors
 * @param configuredEmbedding the model that tandem.yaml names
 * @param size of everything in {@code .tandem/}
 * @param versions of the earlier versions of its uploaded documents
 * @param sources the folders it is made from
 * @param lastIngest when the index last changed; at a server, when it was last ingested from this folder, empty if never
 * @param changed documents whose file has another size or time than when it was ingested
 * @param missing documents whose file is gone
 * @param otherSettings whether the index was made with other settings than tandem.yaml has now
 * @param flagged documents with text that seems to be meant for a language model, ordered by path
 */
public record WorkspaceStatus(
        Path folder,
        int documents,
        int passages,
        String embedding,
        int dimension,
        String configuredEmbedding,
        ByteSize size,
        ByteSize versions,
        List<Source> sources,
        Optional<Instant> lastIngest,
        int changed,
        int missing,
        boolean otherSettings,
        List<Flagged> flagged) {
    public WorkspaceStatus {
        sources = List.copyOf(sources);
        flagged = List.copyOf(flagged);
    }

    /**
     * A document with flags.
     *
     * @param sentences how many of what readers see
     * @param hidden how many of what they do not
     */
    public record Flagged(String path, int sentences, int hidden) {}

    /** A folder that the workspace is made from, and whether it is there. */
    public record Source(Path path, boolean exists) {}

    /** Whether `tandem ingest` has something to do, as far as known without reading every file. */
    public boolean stale() {
        return changed > 0 || missing > 0 || otherSettings;
    }

    /** Whether nothing was ever ingested. */
    public boolean isNew() {
        return documents == 0 && lastIngest.isEmpty();
    }

    static WorkspaceStatus of(Workspace workspace, PassageIndex.Snapshot snapshot) {
        var made = snapshot.description();
        var documents = snapshot.documents();
        var passages = workspace.settings().passages();
        var configured = Encoders.id(workspace);
        var splitting = new PassageSplitter.Settings(passages.tokens(), passages.overlap()).describe()
                + Screening.describe(workspace.settings().documents().injection())
                + ConfiguredContextLines.describe(workspace);
        int missing = (int) documents.stream()
                .filter(document -> !Files.exists(file(document)))
                .count();
        int changed = (int) documents.stream().filter(WorkspaceStatus::differs).count();
        return new WorkspaceStatus(
                workspace.folder(),
                documents.size(),
                snapshot.passageCount(),
                made.encoder(),
                made.dimension(),
                configured,
                new ByteSize(size(workspace.stateFolder())),
                new ByteSize(workspace
                        .documentVersions((path, file) -> Optional.empty())
                        .bytes()),
                workspace.sources().all().stream()
                        .map(path -> new Source(path, Files.exists(path)))
                        .toList(),
                made.isNew() ? Optional.empty() : lastChange(workspace),
                changed,
                missing,
                !made.isNew()
                        && !(made.encoder().equals(configured)
                                && made.splitting().equals(splitting)),
                documents.stream()
                        .map(document -> new Flagged(
                                document.path(),
                                Flags.injections(document.metadata()).size(),
                                Flags.hidden(document.metadata()).size()))
                        .filter(document -> document.sentences() + document.hidden() > 0)
                        .toList());
    }

    private static Path file(IndexedDocument document) {
        var source = Path.of(document.source());
        return Files.isRegularFile(source) ? source : source.resolve(document.path());
    }

    private static boolean differs(IndexedDocument document) {
        var file = file(document);
        try {
            return Files.exists(file)
                    && (Files.size(file) != document.size()
                            || Files.getLastModifiedTime(file).toMillis() != document.modifiedMillis());
        } catch (IOException e) {
            return true;
        }
    }

    private static long size(Path folder) {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of an index in the folder a commit writes a new file of segments; of one at a server the last ingest from here is known. */
    private static Optional<Instant> lastChange(Workspace workspace) {
        var index = workspace.indexFolder();
        if (workspace.settings().store().provider() != StoreProvider.LUCENE) {
            var ingested = workspace.ingestedSettings();
            return Files.exists(ingested)
                    ? Optional.of(Instant.ofEpochMilli(ingested.toFile().lastModified()))
                    : Optional.empty();
        }
        try (var files = Files.list(index)) {
            return files.filter(file -> file.getFileName().toString().startsWith("segments_"))
                    .map(file -> Instant.ofEpochMilli(file.toFile().lastModified()))
                    .max(java.util.Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
