package dev.tandem.stores.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.WrittenMetadata;
import dev.tandem.knowledge.passage.Passage;
import java.util.List;
import java.util.Map;

/** Passages and documents as the JSON in the columns {@code stored} and {@code record}, which SQL reads as well. */
final class StoredText {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private StoredText() {}

    /** A document; its metadata serve its passages too. */
    record Document(
            String path,
            String source,
            String title,
            Map<String, List<String>> metadata,
            String contentHash,
            long size,
            long modifiedMillis,
            int passages) {}

    static String of(Passage passage) {
        return write(passage);
    }

    static Passage passage(String json) {
        return read(json, Passage.class);
    }

    static String of(IndexedDocument document) {
        return write(new Document(
                document.path(),
                document.source(),
                document.title(),
                WrittenMetadata.write(document.metadata()),
                document.contentHash(),
                document.size(),
                document.modifiedMillis(),
                document.passages()));
    }

    static IndexedDocument document(String json) {
        var document = read(json, Document.class);
        return new IndexedDocument(
                document.path(),
                document.source(),
                document.title(),
                WrittenMetadata.read(document.metadata()),
                document.contentHash(),
                document.size(),
                document.modifiedMillis(),
                document.passages());
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of strings and numbers is always JSON", e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was written as JSON does not read as it: " + json, e);
        }
    }
}
