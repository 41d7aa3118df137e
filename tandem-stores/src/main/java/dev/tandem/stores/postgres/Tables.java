package dev.tandem.stores.postgres;

import java.util.List;

/**
 * The tables of a schema: {@code state}, and for each generation {@code document}, {@code passage}, {@code field} (metadata, a row a
 * value), {@code term} (words: how many passages hold each), {@code posting} (which passages) and {@code weight} (what each is worth there).
 * Lengths are codes of {@code PassageWords}.
 *
 * @param schema quoted
 * @param generation their number, a part of their names
 */
record Tables(String schema, int generation) {
    /** What is in the tables and how; one more whenever that changes. */
    static final int FORMAT = 3;

    /** The columns of the state, by name: a statement that was planned for all of them would fail once there is one more. */
    static final String STATE = "format, generation, version, encoder, dimension, splitting, passages, words,"
            + " next_document, next_passage, next_term, weighed_average, weighed_passages, weighed_next";

    /**
     * Held by whoever makes a schema, to the end of the transaction: of two sessions that make an extension at once, one fails, in spite
     * of "if not exists".
     */
    static final String TAKE_TURNS = "select pg_advisory_xact_lock(hashtext('tandem: create extension vector'))";

    /** pgvector's graph takes full vectors up to this length, and half-precision ones up to twice as many. */
    private static final int LONGEST_INDEXED = 2_000;

    private static final int LONGEST_INDEXED_HALF = 4_000;

    /** Vectors up to this length fit into a page with the rest of a row, and are read without a detour. */
    private static final int LONGEST_INLINE = 1_024;

    String document() {
        return name("document");
    }

    String passage() {
        return name("passage");
    }

    String field() {
        return name("field");
    }

    String term() {
        return name("term");
    }

    String posting() {
        return name("posting");
    }

    String weight() {
        return name("weight");
    }

    private String name(String table) {
        return schema + "." + table + "_" + generation;
    }

    /** What is made once. */
    static List<String> schemaStatements(String schema) {
        return List.of("create extension if not exists vector", "create schema if not exists " + schema, """
                create table if not exists %s.state (
                  one boolean primary key default true check (one),
                  format int not null, generation int not null, version bigint not null,
                  encoder text not null, dimension int not null, splitting text not null,
                  passages int not null, words bigint not null,
                  next_document int not null, next_passage int not null, next_term int not null,
                  weighed_average float8 not null, weighed_passages int not null, weighed_next int not null)""".formatted(
                        schema));
    }

    /** Gives the state of another version of Tandem the columns of this one, for an index that is made anew. */
    static String newerStateStatement(String schema) {
        return """
                alter table %s.state add if not exists weighed_average float8 not null default 0,
                  add if not exists weighed_passages int not null default 0, add if not exists weighed_next int not null default 0""".formatted(schema);
    }

    /** Makes the tables of a generation. The graph of vectors comes with the first commit: built at once, it costs less. */
    List<String> statements() {
        return List.of(
                """
                create table %s (id int primary key, path text collate "C" not null unique, record json not null)""".formatted(document()),
                """
                create table %s (
                  id int primary key, document int not null, ordinal int not null, content text collate "C" not null,
                  length int not null, terms int[] not null, stored json not null, vector vector not null,
                  token_vectors bytea not null, unique (document, ordinal))""".formatted(passage()),
                "alter table %s alter token_vectors set storage external".formatted(passage()),
                "create index on %s (content)".formatted(passage()),
                """
                create table %s (
                  document int not null, name text collate "C" not null, kind "char" not null, text text collate "C",
                  number float8, day bigint, flag boolean)""".formatted(field()),
                "create index on %s (document, name)".formatted(field()),
                "create index on %s (name, left(text, 64))".formatted(field()),
                """
                create table %s (
                  id int primary key, stem text collate "C" not null unique, passages int not null)""".formatted(term()),
                """
                create table %s (
                  term int not null, passage int not null, document int not null, times smallint not null,
                  length smallint not null)""".formatted(posting()),
                """
                create table %s (term int not null, first int not null, idf float8 not null, weights sparsevec not null)""".formatted(weight()),
                "alter table %s alter weights set storage external".formatted(weight()));
    }

    /** The indexes of weights, which come with the first of them. */
    List<String> weightKeyStatements() {
        return List.of(
                "create index if not exists weight_%d_key on %s (term, first)".formatted(generation, weight()),
                "create index if not exists weight_%d_first on %s (first)".formatted(generation, weight()));
    }

    /** The index that holds all of the postings; it comes with the first commit too. */
    String postingKeyStatement() {
        return "create unique index if not exists posting_%d_key on %s (term, passage) include (document, times, length)"
                .formatted(generation, posting());
    }

    /** Gives the vectors their length. */
    List<String> dimensionStatements(int dimension) {
        return List.of(
                "alter table %s alter vector type vector(%d)".formatted(passage(), dimension),
                "alter table %s alter vector set storage %s"
                        .formatted(passage(), dimension <= LONGEST_INLINE ? "plain" : "external"));
    }

    /** Makes the graph of vectors; none where they are longer than pgvector's graph takes. */
    List<String> graphStatements(int dimension) {
        if (dimension > LONGEST_INDEXED_HALF) {
            return List.of();
        }
        return List.of("create index if not exists %s on %s using hnsw (%s %s_ip_ops)"
                .formatted(
                        "passage_" + generation + "_graph",
                        passage(),
                        dimension > LONGEST_INDEXED ? "(vector::halfvec(" + dimension + "))" : "vector",
                        dimension > LONGEST_INDEXED ? "halfvec" : "vector"));
    }

    /** The expression that orders by distance from another vector's expression, as the graph knows it. */
    static String distance(int dimension, String from) {
        return dimension > LONGEST_INDEXED && dimension <= LONGEST_INDEXED_HALF
                ? "p.vector::halfvec(" + dimension + ") <#> " + from + "::halfvec(" + dimension + ")"
                : "p.vector <#> " + from;
    }

    List<String> all() {
        return List.of(document(), passage(), field(), term(), posting(), weight());
    }
}
