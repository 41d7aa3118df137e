package dev.tandem.stores.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.PassageWords;
import dev.tandem.knowledge.index.StoredPassage;
import dev.tandem.knowledge.index.WrittenMetadata;
import dev.tandem.knowledge.passage.Passage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Documents and passages as points, and back. */
final class Records {
    static final ObjectMapper JSON = JsonMapper.builder().build();

    private Records() {}

    /** What is kept as JSON of a passage. */
    private record StoredText(Passage passage, Map<String, List<String>> metadata, String contentHash) {}

    /**
     * What is kept as JSON of a document.
     *
     * @param words how many its passages have together
     * @param vocabulary all metadata of its passages, which may be more than its own
     */
    record StoredDocument(
            String path,
            String source,
            String title,
            Map<String, List<String>> metadata,
            String contentHash,
            long size,
            long modifiedMillis,
            int passages,
            long words,
            Map<String, List<String>> vocabulary) {
        IndexedDocument document() {
            return new IndexedDocument(
                    path, source, title, WrittenMetadata.read(metadata), contentHash, size, modifiedMillis, passages);
        }
    }

    static StoredDocument document(IndexedDocument document, List<StoredPassage> passages, long words) {
        var vocabulary = new TreeMap<String, LinkedHashSet<FieldValue>>();
        for (var passage : passages) {
            passage.metadata().fields().forEach((name, values) -> {
                if (!values.isEmpty()) {
                    vocabulary
                            .computeIfAbsent(name, each -> new LinkedHashSet<>())
                            .addAll(values);
                }
            });
        }
        var lists = new TreeMap<String, List<FieldValue>>();
        vocabulary.forEach((name, values) -> lists.put(name, List.copyOf(values)));
        return new StoredDocument(
                document.path(),
                document.source(),
                document.title(),
                WrittenMetadata.write(document.metadata()),
                document.contentHash(),
                document.size(),
                document.modifiedMillis(),
                document.passages(),
                words,
                WrittenMetadata.write(new Metadata(lists)));
    }

    static Point point(StoredDocument document, long from) {
        return Point.record(Commit.id(from + "\n" + document.path()), document.path(), from, write(document));
    }

    static Point point(StoredPassage stored, long from) {
        var passage = stored.passage();
        var stems = new ArrayList<String>();
        PassageWords.of(passage).forEach((stem, times) -> stems.addAll(Collections.nCopies(times, stem)));
        return new Point(
                Commit.id(from + "\n" + passage.document() + "\n" + passage.ordinal()),
                passage.document(),
                passage.ordinal(),
                from,
                Point.LIVING,
                Tags.of(passage.document(), stored.metadata()),
                stems,
                stored.contentHash(),
                write(new StoredText(passage, WrittenMetadata.write(stored.metadata()), stored.contentHash())),
                Base64.getEncoder().encodeToString(stored.tokenVectors()),
                stored.vector());
    }

    static StoredPassage passage(Point point) {
        var text = read(point.stored(), StoredText.class);
        return new StoredPassage(
                text.passage(),
                WrittenMetadata.read(text.metadata()),
                text.contentHash(),
                point.vector(),
                Base64.getDecoder().decode(point.tokens()));
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of strings and numbers is always JSON", e);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The store gave back something else than was written", e);
        }
    }
}
