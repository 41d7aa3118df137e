package dev.tandem.stores;

import java.util.Locale;
import java.util.Optional;

/** Where passages may be kept. Each passes the same conformance tests; docs/stores.md tells what was run against what. */
public enum StoreProvider {
    LUCENE("a folder of the workspace (Lucene)", "", "", "", "BM25 by Lucene, every vector compared"),
    PGVECTOR(
            "PostgreSQL with pgvector 0.8 or newer",
            "jdbc:postgresql://localhost:5432/tandem",
            "PGPASSWORD",
            "schema",
            "BM25 in SQL over a table of words, HNSW with iterative scans"),
    QDRANT(
            "Qdrant",
            "http://localhost:6333",
            "QDRANT_API_KEY",
            "collections",
            "sparse vectors find words, BM25 puts them in order; every vector compared up to 20,000 passages, HNSW beyond"),
    WEAVIATE(
            "Weaviate",
            "http://localhost:8080",
            "WEAVIATE_API_KEY",
            "classes",
            "Weaviate's BM25 finds words, Lucene's puts them in order; HNSW, every vector compared where a filter leaves few"),
    PINECONE(
            "Pinecone",
            "https://api.pinecone.io?cloud=aws&region=us-east-1",
            "PINECONE_API_KEY",
            "indexes",
            "sparse vectors find words, BM25 puts them in order; Pinecone's own search of vectors");

    private final String title;
    private final String exampleUrl;
    private final String keyVariable;
    private final String namePart;
    private final String search;

    StoreProvider(String title, String exampleUrl, String keyVariable, String namePart, String search) {
        this.title = title;
        this.exampleUrl = exampleUrl;
        this.keyVariable = keyVariable;
        this.namePart = namePart;
        this.search = search;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** As tandem.yaml names it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What its address looks like; none where it needs none. */
    public Optional<String> exampleUrl() {
        return present(exampleUrl);
    }

    /** The environment variable that holds its password or key unless another is named; none if it has none. */
    public Optional<String> keyVariable() {
        return present(keyVariable);
    }

    /** What {@code store.name} names there; none if nothing. */
    public Optional<String> namePart() {
        return present(namePart);
    }

    /** How words and vectors are searched. */
    public String search() {
        return search;
    }

    private static Optional<String> present(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }
}
