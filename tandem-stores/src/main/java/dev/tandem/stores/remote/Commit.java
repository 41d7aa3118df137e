package dev.tandem.stores.remote;

import dev.tandem.knowledge.index.IndexDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The record that makes a write visible.
 *
 * @param number one more than the last commit's; 0 is the index with nothing in it
 * @param edition where documents and passages lie: one more whenever the index is made anew
 * @param vectors length of the vectors, 0 while there is no passage
 * @param encoder as in {@link IndexDescription}
 * @param dimension as in {@link IndexDescription}
 * @param splitting as in {@link IndexDescription}
 * @param passages how many there are
 * @param words how many words they have together, for BM25
 * @param replaced the commits before that somebody may still be reading
 */
record Commit(
        long number,
        long edition,
        int vectors,
        String encoder,
        int dimension,
        String splitting,
        int passages,
        long words,
        List<Replaced> replaced) {
    /** Before the first. */
    static final Commit NONE = new Commit(0, 0, 0, "", 0, "", 0, 0, List.of());

    /** So long after a commit was replaced, what it shows is kept for those who read it. */
    private static final Duration KEPT = Duration.ofSeconds(60);

    Commit {
        replaced = List.copyOf(replaced);
    }

    /**
     * A commit that is no longer the last.
     *
     * @param at when it was replaced, milliseconds since 1970
     */
    record Replaced(long number, long edition, long at) {}

    private static final String ID = id("commit");

    /** A UUID for something with a name. */
    static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    /** The last one of an index. */
    static Commit last(VectorDatabase database, String index) {
        return Optional.of(database.fetch(PointCollection.commits(index), List.of(ID), VectorDatabase.Wanted.FIELDS))
                .filter(points -> !points.isEmpty())
                .map(points -> Records.read(points.getFirst().stored(), Commit.class))
                .orElse(NONE);
    }

    void write(VectorDatabase database, String index) {
        var commits = PointCollection.commits(index);
        database.put(commits, List.of(Point.record(ID, "commit", number, Records.write(this))));
        database.settle(commits);
    }

    /** Those that may still be read once this one is replaced, this one among them. */
    List<Replaced> replacedNow() {
        long now = Instant.now().toEpochMilli();
        var all = Stream.concat(replaced.stream(), Stream.of(new Replaced(number, edition, now)));
        return all.filter(each -> each.number() > 0 && each.at() > now - KEPT.toMillis())
                .toList();
    }

    /** The first commit that may still be read. */
    long oldestRead() {
        return replaced.stream().mapToLong(Replaced::number).min().orElse(number);
    }

    /** The editions that may still be read. */
    Set<Long> editionsRead() {
        return Stream.concat(replaced.stream().map(Replaced::edition), Stream.of(edition))
                .collect(Collectors.toSet());
    }

    IndexDescription description() {
        return new IndexDescription(encoder, dimension, splitting);
    }

    PointCollection documents(String index) {
        return PointCollection.documents(index, edition);
    }

    PointCollection passages(String index) {
        return PointCollection.passages(index, edition, vectors);
    }
}
