package dev.tandem.stores.remote;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.WrittenMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of one commit, looked up once and kept until there is a newer one: its documents, the values of their fields,
 * how many passages hold a word. Safe for use by many threads.
 */
final class CommitView {
    /** Words whose frequency is remembered: more than any question has, yet a bound for a server that runs for weeks. */
    private static final int KEPT_FREQUENCIES = 20_000;

    private final VectorDatabase database;
    private final String index;
    private final Commit commit;
    private final ConcurrentHashMap<String, Integer> frequencies = new ConcurrentHashMap<>();
    private Optional<List<Records.StoredDocument>> documents = Optional.empty();
    private Optional<Map<String, List<FieldValue>>> vocabulary = Optional.empty();

    CommitView(VectorDatabase database, String index, Commit commit) {
        this.database = database;
        this.index = index;
        this.commit = commit;
    }

    Commit commit() {
        return commit;
    }

    PointCollection passages() {
        return commit.passages(index);
    }

    PointCollection documentRecords() {
        return commit.documents(index);
    }

    /** What a point must be to be seen through a filter. */
    Condition visible(Filter filter) {
        var living = Point.visibleAt(commit.number());
        return filter instanceof Filter.All ? living : living.and(Tags.condition(filter, this::vocabulary));
    }

    Condition visible() {
        return Point.visibleAt(commit.number());
    }

    /** All documents by path. */
    synchronized List<Records.StoredDocument> documents() {
        if (documents.isEmpty()) {
            documents = Optional.of(
                    commit.edition() == 0
                            ? List.of()
                            : database.all(documentRecords(), visible()).stream()
                                    .map(point -> Records.read(point.stored(), Records.StoredDocument.class))
                                    .sorted(Comparator.comparing(Records.StoredDocument::path))
                                    .toList());
        }
        return documents.get();
    }

    /** Every field's values, and the documents' paths. */
    synchronized Map<String, List<FieldValue>> vocabulary() {
        if (vocabulary.isEmpty()) {
            var values = new TreeMap<String, LinkedHashSet<FieldValue>>();
            var paths = new ArrayList<FieldValue>();
            for (var document : documents()) {
                WrittenMetadata.read(document.vocabulary())
                        .fields()
                        .forEach((name, each) -> values.computeIfAbsent(name, field -> new LinkedHashSet<>())
                                .addAll(each));
                paths.add(new FieldValue.Text(document.path()));
            }
            var lists = new TreeMap<String, List<FieldValue>>();
            values.forEach((name, each) -> lists.put(name, List.copyOf(each)));
            lists.put(Filter.PATH, paths);
            vocabulary = Optional.of(lists);
        }
        return vocabulary.get();
    }

    /** How many passages hold each of these words. */
    Map<String, Integer> frequencies(List<String> stems) {
        var unknown =
                stems.stream().filter(stem -> !frequencies.containsKey(stem)).toList();
        var counted = unknown.isEmpty() || commit.passages() == 0
                ? Map.<String, Integer>of()
                : database.frequencies(passages(), unknown, visible());
        var all = new TreeMap<String, Integer>();
        for (var stem : stems) {
            int count = frequencies.getOrDefault(stem, counted.getOrDefault(stem, 0));
            all.put(stem, count);
            if (frequencies.size() < KEPT_FREQUENCIES) {
                frequencies.put(stem, count);
            }
        }
        return all;
    }
}
