package dev.tandem.server.resource;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.server.access.Role;
import dev.tandem.server.engine.Engine;
import dev.tandem.server.http.Api;
import dev.tandem.server.http.ApiError;
import dev.tandem.server.http.Description;
import dev.tandem.server.http.Endpoint;
import dev.tandem.server.http.Requests;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /api/documents}: what is in the index, and its text. */
public final class Documents {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final Engine engine;

    /** A document. */
    public record Entry(
            @Description("Its path in its source, by which it is named everywhere.")
            String path,

            String title,

            @Description("As markdown, pdf or word.") String format,
            @Description("Of the file, in bytes.") long size,
            @Description("When the file was last changed.") Instant modified,
            @Description("How many passages it has.") int passages,

            @Description("Whether it was uploaded, and can be deleted here.")
            boolean uploaded,

            Map<String, List<String>> metadata) {}

    /** Some of them. */
    public record Listed(
            List<Entry> documents,

            @Description("How many there are that the filter lets through.")
            int total) {}

    /** A document's text. */
    @Description("A document's text as it was ingested, in passages.")
    public record Content(String path, String title, List<Piece> passages) {}

    /** A passage. */
    public record Piece(
            @Description("As citations name it: path#number.")
            String id,

            @Description("Its place in the document, from 0.")
            int ordinal,

            @Description("The headings above it, outermost first.")
            List<String> headings,

            @Description("The page that it begins on, 0 where there are no pages.")
            int page,

            @Description("Where it stands, for people.") String location,
            String text) {}

    public Documents(Engine engine) {
        this.engine = engine;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/api/documents")
                        .needs(Role.ASK)
                        .does("Documents", "List documents in the order of their paths.")
                        .inQuery("filter", "string", "In Tandem's filter language: department = \"hr\".")
                        .inQuery("offset", "integer", "How many to pass over.")
                        .inQuery("limit", "integer", "How many, 1 to 1000; 100 unless given.")
                        .gives(Listed.class)
                        .by(this::list),
                Endpoint.get("/api/documents/content")
                        .needs(Role.ASK)
                        .does("Documents", "Give a document's text.")
                        .inQuery("path", "string", "The document's.")
                        .inQuery("passage", "integer", "One passage alone, by its place from 0.")
                        .gives(Content.class)
                        .by(this::content));
    }

    private void list(Context context) {
        var filter = Search.filter(Requests.text(context, "filter"));
        int offset = Requests.number(context, "offset", 0, 0, Integer.MAX_VALUE);
        int limit = Requests.number(context, "limit", USUAL, 1, MOST);
        List<IndexedDocument> documents;
        try (var snapshot = engine.index().snapshot()) {
            documents = Requests.caller(context).visible(snapshot.documents());
        }
        var passing = documents.stream()
                .filter(each ->
                        filter instanceof Filter.All || FilterMatcher.matches(filter, each.path(), each.metadata()))
                .toList();
        Api.reply(
                context,
                new Listed(
                        passing.stream()
                                .skip(offset)
                                .limit(limit)
                                .map(this::entry)
                                .toList(),
                        passing.size()));
    }

    private Entry entry(IndexedDocument document) {
        return new Entry(
                document.path(),
                document.title(),
                document.metadata().values("format").stream()
                        .map(FieldValue::display)
                        .findFirst()
                        .orElse(""),
                document.size(),
                Instant.ofEpochMilli(document.modifiedMillis()),
                document.passages(),
                document.source().equals(engine.documentsFolder().toString()),
                fields(document.metadata()));
    }

    /** Metadata as they are sent. */
    static Map<String, List<String>> fields(Metadata metadata) {
        var fields = new TreeMap<String, List<String>>();
        metadata.fields()
                .forEach((name, values) -> fields.put(
                        name, values.stream().map(FieldValue::display).toList()));
        return fields;
    }

    private void content(Context context) {
        var path = Requests.text(context, "path")
                .orElseThrow(() -> ApiError.invalid("Name the document by its 'path'.", "path"));
        int only = Requests.number(context, "passage", -1, 0, Integer.MAX_VALUE);
        List<Passage> passages;
        try (var snapshot = engine.index().snapshot()) {
            var visible = Requests.caller(context)
                    .visible(snapshot.documents().stream()
                            .filter(document -> document.path().equals(path))
                            .toList());
            passages = visible.stream()
                    .flatMap(document -> snapshot.passages(document.path()).stream())
                    .map(stored -> stored.passage())
                    .filter(passage -> only < 0 || passage.ordinal() == only)
                    .toList();
        }
        if (passages.isEmpty()) {
            throw ApiError.unknown(
                    "There is no document '" + path + "'" + (only < 0 ? "." : ", or it has no passage " + only + "."),
                    "document_not_found");
        }
        Api.reply(
                context,
                new Content(
                        path,
                        passages.getFirst().title(),
                        passages.stream().map(Documents::piece).toList()));
    }

    private static Piece piece(Passage passage) {
        return new Piece(
                passage.id(),
                passage.ordinal(),
                passage.headings(),
                passage.page(),
                passage.location(),
                passage.text());
    }
}
