package dev.tandem.stores.remote;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.PassageWords;
import dev.tandem.knowledge.index.ScoredPassage;
import dev.tandem.knowledge.index.StoredPassage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;

/** One commit of an index that a server keeps. Safe for use by many threads. */
final class RemoteSnapshot implements PassageIndex.Snapshot {
    /** Hits beyond the count that is wanted, among which equal scores at the border are put in order. */
    private static final int SLACK = 32;

    /** So many passages that the server finds by words are scored anew, or twice as many as are wanted. */
    private static final int CANDIDATES = 300;

    /** Up to so many passages all vectors are compared, as in the embedded index. */
    private static final int IN_FULL = 20_000;

    /** Passages of a document are read so many at once. */
    private static final int PAGE = 200;

    /** No document has so many places for passages. */
    private static final int FARTHEST = 1_000_000;

    private final VectorDatabase database;
    private final CommitView view;

    /** The ids of the points found, whose places in the list are the keys handed out. */
    private final List<String> ids = new ArrayList<>();

    private final Map<String, Integer> keys = new HashMap<>();

    RemoteSnapshot(VectorDatabase database, CommitView view) {
        this.database = database;
        this.view = view;
    }

    @Override
    public IndexDescription description() {
        return view.commit().description();
    }

    @Override
    public List<IndexedDocument> documents() {
        return view.documents().stream().map(Records.StoredDocument::document).toList();
    }

    @Override
    public int passageCount() {
        return view.commit().passages();
    }

    @Override
    public OptionalLong version() {
        return OptionalLong.of(view.commit().number());
    }

    @Override
    public List<ScoredPassage> searchWords(String question, int count, Filter filter) {
        var words = PassageWords.ofQuestion(question);
        var commit = view.commit();
        if (words.isEmpty() || commit.passages() == 0 || count == 0) {
            return List.of();
        }
        var scores =
                new WordScores(words, view.frequencies(List.copyOf(words.keySet())), commit.passages(), commit.words());
        if (scores.weights().isEmpty()) {
            return List.of();
        }
        var condition = view.visible(filter);
        return best(
                count,
                Math.max(CANDIDATES, 2 * count),
                most -> database.matching(view.passages(), scores.weights(), most, condition).stream()
                        .map(hit -> scored(hit.point(), scores.score(hit.point().stems())))
                        .filter(passage -> passage.score() > 0)
                        .toList());
    }

    @Override
    public List<ScoredPassage> searchVector(float[] vector, int count, Filter filter) {
        var commit = view.commit();
        if (commit.passages() == 0 || count == 0) {
            return List.of();
        }
        if (commit.vectors() != vector.length) {
            throw IndexDescription.otherDimension("in " + database.describe(), commit.vectors(), vector.length);
        }
        var condition = view.visible(filter);
        boolean inFull = commit.passages() <= IN_FULL;
        return best(
                count,
                count + SLACK,
                most -> database.nearest(view.passages(), vector, most, condition, inFull).stream()
                        .map(hit -> scored(hit.point(), hit.score()))
                        .toList());
    }

    /** The best of what a search finds; looks further while passages that were not found may be as good as the last. */
    private List<ScoredPassage> best(int count, int first, IntFunction<List<ScoredPassage>> search) {
        for (int most = first; ; most *= 4) {
            int asked = Math.min(most, database.mostFound());
            var found = search.apply(asked).stream()
                    .sorted(ScoredPassage.BEST_FIRST)
                    .toList();
            boolean all = found.size() < asked || asked == database.mostFound();
            if (all
                    || found.size() <= count
                    || found.get(count - 1).score() > found.getLast().score()) {
                return found.subList(0, Math.min(count, found.size()));
            }
        }
    }

    @Override
    public PassageIndex.Found searchBoth(String question, float[] vector, int count, Filter filter) {
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var vectors = CompletableFuture.supplyAsync(() -> searchVector(vector, count, filter), threads);
            return new PassageIndex.Found(searchWords(question, count, filter), vectors.join());
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private ScoredPassage scored(Point point, double score) {
        synchronized (ids) {
            int key = keys.computeIfAbsent(point.id(), id -> {
                ids.add(id);
                return ids.size() - 1;
            });
            return new ScoredPassage(point.document(), point.ordinal(), key, score);
        }
    }

    @Override
    public int passagesContaining(String stem) {
        return view.frequencies(List.of(stem)).getOrDefault(stem, 0);
    }

    @Override
    public Map<String, Integer> passagesContaining(Collection<String> stems) {
        return view.frequencies(List.copyOf(new TreeSet<>(stems)));
    }

    @Override
    public Optional<StoredPassage> findByContent(String contentHash) {
        if (view.commit().passages() == 0) {
            return Optional.empty();
        }
        var condition = Condition.is(Point.CONTENT, contentHash).and(view.visible());
        return database.find(view.passages(), condition, 1, VectorDatabase.Wanted.EVERYTHING).stream()
                .map(Records::passage)
                .findFirst();
    }

    @Override
    public SortedSet<String> fields() {
        var names = new TreeSet<>(view.vocabulary().keySet());
        names.remove(Filter.PATH);
        return names;
    }

    @Override
    public List<StoredPassage> passages(String document) {
        if (view.commit().passages() == 0) {
            return List.of();
        }
        var mine = Condition.is(Point.DOCUMENT, document).and(view.visible());
        int count = database.find(view.documentRecords(), mine, 1, VectorDatabase.Wanted.FIELDS).stream()
                .mapToInt(point -> Records.read(point.stored(), Records.StoredDocument.class)
                        .passages())
                .sum();
        var passages = new ArrayList<StoredPassage>();
        // By place in the document, not by the server's pages, of which not every server has any number.
        for (int from = 0; passages.size() < count && from < FARTHEST; from += PAGE) {
            var places = new Condition.Above(Point.ORDINAL, from - 1L)
                    .and(new Condition.AtMost(Point.ORDINAL, from + PAGE - 1L));
            database.find(view.passages(), mine.and(places), PAGE, VectorDatabase.Wanted.EVERYTHING).stream()
                    .map(Records::passage)
                    .forEach(passages::add);
        }
        passages.sort(Comparator.comparingInt(stored -> stored.passage().ordinal()));
        return List.copyOf(passages);
    }

    @Override
    public List<StoredPassage> load(List<ScoredPassage> found) {
        if (found.isEmpty()) {
            return List.of();
        }
        List<String> wanted;
        synchronized (ids) {
            wanted = found.stream().map(passage -> ids.get(passage.key())).toList();
        }
        var points = new HashMap<String, Point>();
        database.fetch(view.passages(), List.copyOf(new TreeSet<>(wanted)), VectorDatabase.Wanted.EVERYTHING)
                .forEach(point -> points.put(point.id(), point));
        if (!points.keySet().containsAll(wanted)) {
            throw new MendableException(
                    "The index was written to, and more than a minute later what was found before is gone" + " from "
                            + database.describe() + ": ask again.");
        }
        return wanted.stream()
                .map(id -> Records.passage(Objects.requireNonNull(points.get(id), "looked at above")))
                .toList();
    }

    @Override
    public void close() {}
}
