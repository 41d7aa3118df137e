package dev.tandem.stores.postgres;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.ScoredPassage;
import dev.tandem.knowledge.index.StoredPassage;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** One commit, seen through one transaction. Safe for use by many threads, which take turns. */
final class PostgresSnapshot implements PassageIndex.Snapshot {
    private static final String PASSAGE =
            "select p.id, p.stored, p.content, vector_send(p.vector), p.token_vectors, d.record from ";

    private final String index;
    private final Connection connection;
    private final IndexState state;
    private final Tables tables;
    private final ToIntFunction<Filter> passing;
    private final Runnable whenClosed;
    private boolean closed;

    /**
     * A view.
     *
     * @param connection in the midst of a repeatable read
     * @param counts how many passages filters leave
     */
    PostgresSnapshot(
            String index,
            Connection connection,
            IndexState state,
            Tables tables,
            FilterCounts counts,
            Runnable whenClosed) {
        this.index = index;
        this.connection = connection;
        this.state = state;
        this.tables = tables;
        this.passing = filter -> counts.of(state.version(), filter, () -> count(filter));
        this.whenClosed = whenClosed;
    }

    @Override
    public IndexDescription description() {
        return state.description();
    }

    @Override
    public int passageCount() {
        return state.passages();
    }

    @Override
    public OptionalLong version() {
        return OptionalLong.of(state.version());
    }

    @Override
    public List<IndexedDocument> documents() {
        return read(Sql.of("select record from " + tables.document()), row -> StoredText.document(row.getString(1)))
                .stream()
                .sorted(Comparator.comparing(IndexedDocument::path))
                .toList();
    }

    @Override
    public List<ScoredPassage> searchWords(String question, int count, Filter filter) {
        return search(Optional.of(question), Optional.empty(), count, filter).words();
    }

    @Override
    public List<ScoredPassage> searchVector(float[] vector, int count, Filter filter) {
        return search(Optional.empty(), Optional.of(vector), count, filter).vectors();
    }

    @Override
    public PassageIndex.Found searchBoth(String question, float[] vector, int count, Filter filter) {
        return search(Optional.of(question), Optional.of(vector), count, filter);
    }

    private PassageIndex.Found search(Optional<String> question, Optional<float[]> vector, int count, Filter filter) {
        int dimension = state.description().dimension();
        if (state.passages() == 0) {
            return new PassageIndex.Found(List.of(), List.of());
        }
        if (vector.isPresent() && vector.get().length != dimension) {
            throw IndexDescription.otherDimension(index, dimension, vector.get().length);
        }
        int left = filter instanceof Filter.All ? state.passages() : passing.applyAsInt(filter);
        if (left == 0) {
            return new PassageIndex.Found(List.of(), List.of());
        }
        return new HybridSearch(tables, state, this::readHits).search(question, vector, count, filter, left);
    }

    private List<HybridSearch.Hit> readHits(Sql sql) {
        return read(sql, HybridSearch.Hit::read);
    }

    /** How many passages are left by a filter, from the documents alone. */
    private int count(Filter filter) {
        var sql = Sql.of("select count(*)::int from " + tables.document() + " d join " + tables.passage()
                        + " p on p.document = d.id where ")
                .add(FilterSql.condition(tables, "d.id", filter));
        return read(sql, row -> row.getInt(1)).getFirst();
    }

    @Override
    public int passagesContaining(String stem) {
        return read(
                        Sql.of("select passages from " + tables.term() + " where stem = ?", FilterSql.storable(stem)),
                        row -> row.getInt(1))
                .stream()
                .findFirst()
                .orElse(0);
    }

    @Override
    public Map<String, Integer> passagesContaining(Collection<String> stems) {
        var wanted = stems.stream().map(FilterSql::storable).distinct().toArray(String[]::new);
        if (wanted.length == 0) {
            return Map.of();
        }
        var sql = Sql.of("select stem, passages from " + tables.term() + " where stem = any (?)", (Object) wanted);
        return read(sql, row -> Map.entry(row.getString(1), row.getInt(2))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Optional<StoredPassage> findByContent(String contentHash) {
        if (state.passages() == 0) {
            return Optional.empty();
        }
        return stored(Sql.of(" where p.content = ? order by p.id limit 1", contentHash)).stream()
                .map(Loaded::passage)
                .findFirst();
    }

    @Override
    public SortedSet<String> fields() {
        return new TreeSet<>(read(
                Sql.of("select distinct name from " + tables.field() + " where name <> ?", Filter.PATH),
                row -> row.getString(1)));
    }

    @Override
    public List<StoredPassage> passages(String document) {
        return stored(Sql.of(" where d.path = ? order by p.ordinal", FilterSql.storable(document))).stream()
                .map(Loaded::passage)
                .toList();
    }

    @Override
    public List<StoredPassage> load(List<ScoredPassage> found) {
        if (found.isEmpty()) {
            return List.of();
        }
        var ids = found.stream().map(ScoredPassage::key).toArray(Integer[]::new);
        var byId = new HashMap<Integer, StoredPassage>();
        stored(Sql.of(" where p.id = any (?)", (Object) ids))
                .forEach(loaded -> byId.put(loaded.id(), loaded.passage()));
        return found.stream()
                .map(passage -> Optional.ofNullable(byId.get(passage.key()))
                        .orElseThrow(() -> new IllegalArgumentException(passage + " is not of this snapshot")))
                .toList();
    }

    private record Loaded(int id, StoredPassage passage) {}

    private List<Loaded> stored(Sql condition) {
        if (state.isNew()) {
            return List.of();
        }
        return read(
                Sql.of(PASSAGE + tables.passage() + " p join " + tables.document() + " d on d.id = p.document")
                        .add(condition),
                row -> new Loaded(
                        row.getInt(1),
                        new StoredPassage(
                                StoredText.passage(row.getString(2)),
                                StoredText.document(row.getString(6)).metadata(),
                                row.getString(3),
                                vector(row.getBytes(4)),
                                row.getBytes(5))));
    }

    private static float[] vector(byte[] sent) {
        var bytes = ByteBuffer.wrap(sent);
        var vector = new float[bytes.getShort()];
        bytes.getShort();
        bytes.asFloatBuffer().get(vector);
        return vector;
    }

    private synchronized <T> List<T> read(Sql sql, Sql.Row<T> row) {
        if (state.isNew()) {
            return List.of();
        }
        if (closed) {
            throw new IllegalStateException("This snapshot is closed");
        }
        try {
            return sql.query(connection, row);
        } catch (SQLException e) {
            throw PostgresFailure.of(index, e);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            whenClosed.run();
        }
    }
}
