package dev.tandem.server.resource;

import dev.tandem.knowledge.document.DocumentReader;
import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.document.ReadResult;
import dev.tandem.knowledge.filter.AccessList;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.ingest.ContentHash;
import dev.tandem.server.access.Caller;
import dev.tandem.server.engine.Engine;
import dev.tandem.workspace.version.DocumentVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whom access lists of documents name, and who may therefore see what. */
public final class DocumentAccess implements DocumentVersions.AccessNames {
    private final Engine engine;

    public DocumentAccess(Engine engine) {
        this.engine = engine;
    }

    /** By the index, where that is of the file as it is; else by the file itself. */
    @Override
    public Optional<List<String>> of(String path, Path file) {
        return indexed(path)
                .filter(document -> isOf(document, path, file))
                .map(IndexedDocument::metadata)
                .or(() -> read(path, file))
                .map(metadata -> metadata.values(AccessList.FIELD).stream()
                        .map(FieldValue::display)
                        .toList());
    }

    private static boolean isOf(IndexedDocument document, String path, Path file) {
        try {
            return document.contentHash().equals(ContentHash.of(file, DocumentReader.folderMetadataText(file, path)));
        } catch (IOException gone) {
            return false;
        }
    }

    private Optional<Metadata> read(String path, Path file) {
        try (var reader = engine.reader()) {
            return switch (reader.read(file, path)) {
                case ReadResult.Parsed parsed -> Optional.of(parsed.document().metadata());
                case ReadResult.Skipped skipped -> Optional.empty();
            };
        }
    }

    /** A document as the index has it. */
    Optional<IndexedDocument> indexed(String path) {
        try (var snapshot = engine.index().snapshot()) {
            return snapshot.documents().stream()
                    .filter(document -> document.path().equals(path))
                    .findFirst();
        }
    }

    /** Whether somebody may see a document that the index has. */
    static boolean sees(Caller caller, IndexedDocument document) {
        return !caller.visible(List.of(document)).isEmpty();
    }

    /** Whether somebody may see what an access list stands over. */
    static boolean sees(Caller caller, String path, List<String> names) {
        List<FieldValue> values = names.stream()
                .map(name -> (FieldValue) new FieldValue.Text(name))
                .toList();
        var metadata = values.isEmpty() ? Metadata.EMPTY : new Metadata(Map.of(AccessList.FIELD, values));
        return FilterMatcher.matches(caller.visible(new Filter.All()), path, metadata);
    }
}
