package dev.tandem.knowledge.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import dev.tandem.knowledge.passage.Context;
import dev.tandem.knowledge.passage.Passage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/**
 * The fields of the Lucene documents, written and read in one place.
 *
 * <p>A passage: {@code document}, {@code ordinal}, {@code text} (title, headings and text, for BM25), {@code length} (its
 * terms), {@code vector}, {@code tokens} (token vectors), {@code content} (hash), {@code stored} (JSON), and its metadata,
 * typed: {@code t:NAME} text without case (the path as {@code t:path}), {@code n:NAME} number, {@code d:NAME} days since 1970, {@code b:NAME} flag,
 * and {@code has} with each field's name. A document's record: {@code document} and
 * {@code record}, whose value (JSON) lies apart from the passages' texts, so that listing documents does not read those.
 */
final class PassageFields {
    static final String DOCUMENT = "document";
    static final String ORDINAL = "ordinal";
    static final String TEXT = "text";
    static final String LENGTH = "length";
    static final String VECTOR = "vector";
    static final String TOKENS = "tokens";
    static final String CONTENT = "content";
    static final String STORED = "stored";
    static final String RECORD = "record";
    static final String HAS = "has";

    /** What the fields of metadata begin with, by type; the field's own name follows. */
    static final String TEXT_VALUE = "t:";

    static final String NUMBER_VALUE = "n:";
    static final String DATE_VALUE = "d:";
    static final String FLAG_VALUE = "b:";

    /** The term of the field {@link #RECORD}. */
    static final String YES = "yes";

    /** Names of metadata fields longer than this cannot be filtered by: Lucene's terms are limited. */
    private static final int LONGEST_NAME = 1_000;

    static final Analyzer ANALYZER = PassageWords.ANALYZER;

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    // Made once: a mapper looks its writer up for every value, which costs as much as writing a small one.
    private static final ObjectWriter PASSAGE_JSON = JSON.writerFor(StoredText.class);
    private static final ObjectWriter RECORD_JSON = JSON.writerFor(StoredRecord.class);

    private PassageFields() {}

    /** What is kept as JSON of a passage: all that is not in a field of its own. */
    record StoredText(Passage passage, Map<String, List<String>> metadata, String contentHash) {}

    /** What is kept as JSON of a document. */
    record StoredRecord(
            String path,
            String source,
            String title,
            Map<String, List<String>> metadata,
            String contentHash,
            long size,
            long modifiedMillis,
            int passages) {}

    static Document passage(StoredPassage stored) {
        var fields = new Document();
        var passage = stored.passage();
        var text = Context.embedded(passage);
        fields.add(new StringField(DOCUMENT, passage.document(), Field.Store.NO));
        fields.add(new SortedDocValuesField(DOCUMENT, new BytesRef(passage.document())));
        fields.add(new NumericDocValuesField(ORDINAL, passage.ordinal()));
        fields.add(new TextField(TEXT, text, Field.Store.NO));
        fields.add(new NumericDocValuesField(LENGTH, countTerms(text)));
        fields.add(new KnnFloatVectorField(VECTOR, stored.vector(), VectorSimilarityFunction.DOT_PRODUCT));
        fields.add(new BinaryDocValuesField(TOKENS, new BytesRef(stored.tokenVectors())));
        fields.add(new StringField(CONTENT, stored.contentHash(), Field.Store.NO));
        fields.add(new StoredField(
                STORED,
                json(
                        PASSAGE_JSON,
                        new StoredText(passage, WrittenMetadata.write(stored.metadata()), stored.contentHash()))));
        fields.add(value(Filter.PATH, new FieldValue.Text(passage.document())));
        addMetadata(fields, stored.metadata());
        return fields;
    }

    static Document record(IndexedDocument document) {
        var fields = new Document();
        fields.add(new StringField(DOCUMENT, document.path(), Field.Store.NO));
        fields.add(new StringField(RECORD, YES, Field.Store.NO));
        fields.add(new BinaryDocValuesField(
                RECORD,
                new BytesRef(json(
                        RECORD_JSON,
                        new StoredRecord(
                                document.path(),
                                document.source(),
                                document.title(),
                                WrittenMetadata.write(document.metadata()),
                                document.contentHash(),
                                document.size(),
                                document.modifiedMillis(),
                                document.passages())))));
        return fields;
    }

    private static void addMetadata(Document fields, Metadata metadata) {
        for (var field : metadata.fields().entrySet()) {
            var name = field.getKey();
            // The document's path takes the place of a field of that name.
            if (name.length() <= LONGEST_NAME && !field.getValue().isEmpty() && !name.equals(Filter.PATH)) {
                fields.add(new StringField(HAS, name, Field.Store.NO));
                field.getValue().forEach(value -> fields.add(value(name, value)));
            }
        }
    }

    private static Field value(String name, FieldValue value) {
        return switch (value) {
            case FieldValue.Text(String text) ->
                new StringField(TEXT_VALUE + name, FilterMatcher.folded(text), Field.Store.NO);
            case FieldValue.Numeric(double number) ->
                new DoublePoint(NUMBER_VALUE + name, FilterMatcher.unsigned(number));
            case FieldValue.Date(LocalDate date) -> new LongPoint(DATE_VALUE + name, date.toEpochDay());
            case FieldValue.Flag(boolean flag) ->
                new StringField(FLAG_VALUE + name, Boolean.toString(flag), Field.Store.NO);
        };
    }

    static StoredText passage(byte[] json) {
        return read(json, StoredText.class);
    }

    static IndexedDocument record(BytesRef json) {
        var stored = read(BytesRef.deepCopyOf(json).bytes, StoredRecord.class);
        return new IndexedDocument(
                stored.path(),
                stored.source(),
                stored.title(),
                WrittenMetadata.read(stored.metadata()),
                stored.contentHash(),
                stored.size(),
                stored.modifiedMillis(),
                stored.passages());
    }

    private static int countTerms(String text) {
        try (var stream = ANALYZER.tokenStream(TEXT, text)) {
            stream.reset();
            int terms = 0;
            while (stream.incrementToken()) {
                terms++;
            }
            stream.end();
            return terms;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] json(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record of strings and numbers is always JSON", e);
        }
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
