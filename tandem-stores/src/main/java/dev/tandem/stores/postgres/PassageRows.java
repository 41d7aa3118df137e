package dev.tandem.stores.postgres;

import static dev.tandem.stores.postgres.BinaryRows.bigint;
import static dev.tandem.stores.postgres.BinaryRows.bytes;
import static dev.tandem.stores.postgres.BinaryRows.flag;
import static dev.tandem.stores.postgres.BinaryRows.integer;
import static dev.tandem.stores.postgres.BinaryRows.integers;
import static dev.tandem.stores.postgres.BinaryRows.nothing;
import static dev.tandem.stores.postgres.BinaryRows.real;
import static dev.tandem.stores.postgres.BinaryRows.small;
import static dev.tandem.stores.postgres.BinaryRows.text;
import static dev.tandem.stores.postgres.BinaryRows.vector;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.PassageWords;
import dev.tandem.knowledge.index.StoredPassage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The rows of a generation's tables, put in and taken out within the writer's transaction, and the counts that go with them. */
final class PassageRows {
    /** Names of metadata fields longer than this cannot be filtered by. */
    private static final int LONGEST_NAME = 1_000;

    private static final String ROOM_TO_SORT = "set local maintenance_work_mem = '512MB'";

    /** Beyond it BM25's share of a word grows no more that would be seen. */
    private static final int MOST_TIMES = Short.MAX_VALUE;

    private final Tables tables;
    private final Terms terms;
    private final IndexState before;
    private int dimension;
    private int passages;
    private long words;
    private int nextDocument;
    private int nextPassage;
    private long version;
    private boolean graph;
    private boolean keyed;
    private int changed;

    /** A document and its passages. */
    record Entry(IndexedDocument document, List<StoredPassage> passages) {}

    PassageRows(Tables tables, IndexState state) {
        this.tables = tables;
        this.before = state;
        this.terms = new Terms(tables, state.nextTerm());
        this.dimension = state.description().dimension();
        this.passages = state.passages();
        this.words = state.words();
        this.nextDocument = state.nextDocument();
        this.nextPassage = state.nextPassage();
        this.version = state.version();
        this.graph = state.passages() > 0;
        this.keyed = state.passages() > 0;
    }

    Tables tables() {
        return tables;
    }

    /** Length of the vectors, 0 while there are none. */
    int dimension() {
        return dimension;
    }

    /** How many passages were put in, taken out, or had their words weighed anew. */
    int changed() {
        return changed;
    }

    void giveDimension(int length, Connection connection) throws SQLException {
        for (var statement : tables.dimensionStatements(length)) {
            Sql.of(statement).run(connection);
        }
        dimension = length;
    }

    /** Takes out the documents at these paths, as far as they are there. */
    void remove(Collection<String> paths, Connection connection) throws SQLException {
        if (nextDocument == 1 || paths.isEmpty()) {
            return;
        }
        var documents = Sql.of("select id from " + tables.document() + " where path = any (?)", (Object)
                        paths.stream().map(FilterSql::storable).toArray(String[]::new))
                .query(connection, row -> row.getInt(1))
                .toArray(Integer[]::new);
        if (documents.length == 0) {
            return;
        }
        key(connection);
        Sql.of(
                        "select count(*), coalesce(sum(length), 0) from " + tables.passage()
                                + " where document = any (?)",
                        (Object) documents)
                .query(connection, row -> {
                    passages -= row.getInt(1);
                    changed += row.getInt(1);
                    words -= row.getLong(2);
                    return row.getInt(1);
                });
        Sql.of(
                        "select t, count(*) from " + tables.passage()
                                + ", unnest(terms) t where document = any (?) group by t",
                        (Object) documents)
                .query(connection, row -> {
                    terms.count(row.getInt(1), -row.getInt(2));
                    return row.getInt(1);
                });
        Sql.of(
                        "delete from " + tables.posting() + " using (select id, unnest(terms) as t from "
                                + tables.passage() + " where document = any (?)) g where term = g.t and passage = g.id",
                        (Object) documents)
                .run(connection);
        Sql.of("delete from " + tables.field() + " where document = any (?)", (Object) documents)
                .run(connection);
        Sql.of("delete from " + tables.passage() + " where document = any (?)", (Object) documents)
                .run(connection);
        Sql.of("delete from " + tables.document() + " where id = any (?)", (Object) documents)
                .run(connection);
    }

    /** Gives the postings their index, if they have none yet. */
    private void key(Connection connection) throws SQLException {
        if (!keyed) {
            Sql.of(ROOM_TO_SORT).run(connection);
            Sql.of(tables.postingKeyStatement()).run(connection);
            keyed = true;
        }
    }

    /** Puts documents in, none of which may be there. */
    void add(Collection<Entry> entries, Connection connection) throws SQLException {
        var counted = new java.util.ArrayList<List<Map<String, Integer>>>(entries.size());
        for (var entry : entries) {
            counted.add(entry.passages().stream()
                    .map(stored -> PassageWords.of(stored.passage()))
                    .toList());
        }
        terms.know(
                counted.stream()
                        .flatMap(List::stream)
                        .flatMap(each -> each.keySet().stream())
                        .toList(),
                connection);
        var documentRows = new BinaryRows(tables.document() + " (id, path, record)");
        var passageRows = new BinaryRows(
                tables.passage() + " (id, document, ordinal, content, length, terms, stored, vector, token_vectors)");
        var fieldRows = new BinaryRows(tables.field() + " (document, name, kind, text, number, day, flag)");
        var postingRows = new BinaryRows(tables.posting() + " (term, passage, document, times, length)");
        int at = 0;
        for (var entry : entries) {
            int document = nextDocument++;
            documentRows.add(
                    integer(document),
                    text(FilterSql.storable(entry.document().path())),
                    text(StoredText.of(entry.document())));
            addFields(document, entry.document(), fieldRows);
            var words = counted.get(at++);
            for (int i = 0; i < words.size(); i++) {
                addPassage(document, entry.passages().get(i), words.get(i), passageRows, postingRows);
            }
        }
        documentRows.send(connection);
        fieldRows.send(connection);
        passageRows.send(connection);
        postingRows.send(connection);
    }

    private void addPassage(
            int document,
            StoredPassage stored,
            Map<String, Integer> counts,
            BinaryRows passageRows,
            BinaryRows postingRows) {
        int id = nextPassage++;
        int length = counts.values().stream().mapToInt(count -> count).sum();
        int code = PassageWords.lengthCode(length);
        var ids = new int[counts.size()];
        int at = 0;
        for (var count : counts.entrySet()) {
            int term = terms.number(count.getKey());
            ids[at++] = term;
            int times = Math.min(count.getValue(), MOST_TIMES);
            terms.count(term, 1);
            postingRows.add(integer(term), integer(id), integer(document), small(times), small(code));
        }
        passageRows.add(
                integer(id),
                integer(document),
                integer(stored.passage().ordinal()),
                text(stored.contentHash()),
                integer(length),
                integers(ids),
                text(StoredText.of(stored.passage())),
                vector(stored.vector()),
                bytes(stored.tokenVectors()));
        passages++;
        changed++;
        words += length;
    }

    private static void addFields(int document, IndexedDocument indexed, BinaryRows rows) {
        addField(document, Filter.PATH, new FieldValue.Text(indexed.path()), rows);
        indexed.metadata().fields().forEach((name, values) -> {
            // The document's path takes the place of a field of that name.
            if (name.length() <= LONGEST_NAME && !name.equals(Filter.PATH)) {
                values.forEach(value -> addField(document, name, value, rows));
            }
        });
    }

    private static void addField(int document, String name, FieldValue value, BinaryRows rows) {
        var number = integer(document);
        var named = text(FilterSql.storable(name));
        switch (value) {
            case FieldValue.Text(String written) ->
                rows.add(
                        number,
                        named,
                        text("t"),
                        text(FilterSql.storable(FilterMatcher.folded(written))),
                        nothing(),
                        nothing(),
                        nothing());
            case FieldValue.Numeric(double written) ->
                rows.add(
                        number,
                        named,
                        text("n"),
                        nothing(),
                        real(FilterMatcher.unsigned(written)),
                        nothing(),
                        nothing());
            case FieldValue.Date(java.time.LocalDate date) ->
                rows.add(number, named, text("d"), nothing(), nothing(), bigint(date.toEpochDay()), nothing());
            case FieldValue.Flag(boolean written) ->
                rows.add(number, named, text("b"), nothing(), nothing(), nothing(), flag(written));
        }
    }

    /** Writes the counts and the state that a commit makes visible. */
    IndexState finish(IndexDescription description, Connection connection) throws SQLException {
        terms.write(connection);
        key(connection);
        if (!graph && dimension > 0 && passages > 0) {
            Sql.of(ROOM_TO_SORT).run(connection);
            for (var statement : tables.graphStatements(dimension)) {
                Sql.of(statement).run(connection);
            }
            for (var table : tables.all()) {
                Sql.of("analyze " + table).run(connection);
            }
            graph = true;
        }
        var weighed = new WordWeights(tables)
                .write(
                        before.weighed(),
                        passages,
                        IndexState.averageLength(words, passages),
                        before.nextPassage(),
                        nextPassage,
                        connection);
        if (!weighed.equals(before.weighed())) {
            changed += passages;
        }
        version = Math.max(version, before.version()) + 1;
        var state = new IndexState(
                tables.generation(),
                version,
                description,
                passages,
                words,
                nextDocument,
                nextPassage,
                terms.next(),
                weighed);
        Sql.of("delete from " + tables.schema() + ".state").run(connection);
        Sql.of(
                        "insert into " + tables.schema() + ".state (" + Tables.STATE + ")"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        Tables.FORMAT,
                        state.generation(),
                        state.version(),
                        description.encoder(),
                        description.dimension(),
                        description.splitting(),
                        passages,
                        words,
                        nextDocument,
                        nextPassage,
                        terms.next(),
                        weighed.average(),
                        weighed.passages(),
                        weighed.next())
                .run(connection);
        return state;
    }
}
