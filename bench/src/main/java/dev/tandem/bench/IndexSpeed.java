package dev.tandem.bench;

import dev.tandem.bench.passages.FolderTexts;
import dev.tandem.bench.passages.PassageTexts;
import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.ScoredPassage;
import dev.tandem.knowledge.index.StoredPassage;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.stores.postgres.PostgresPassageIndex;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Speed and recall of the index on synthetic passages: vectors of 384 numbers in clusters, words by Zipf's law or those of a
 * folder's files, with sentences of them for questions. Prints the
 * time of a hybrid search (100 by words and 100 by vector) without and with filters, of its two parts, the processor's time
 * for it (which other load on the machine hardly changes), and recall@10 of the vector part against an exact search in
 * memory; then the time to load what was found and to list all documents.
 *
 * <p>Arguments: a folder for the index, or the JDBC address of a PostgreSQL database (its schemas {@code bench} and {@code bench_files} are used); the number
 * of passages; the folder, if any.
 */
public final class IndexSpeed {
    private static final int DIMENSION = 384;
    private static final int CLUSTERS = 500;
    private static final int QUERIES = 500;

    private IndexSpeed() {}

    public static void main(String[] arguments) throws IOException {
        int passages = Integer.parseInt(arguments[1]);
        var texts = arguments.length > 2 ? FolderTexts.read(Path.of(arguments[2]), passages) : PassageTexts.synthetic();
        var centres = new float[CLUSTERS][];
        var random = new Random(1);
        for (int i = 0; i < CLUSTERS; i++) {
            centres[i] = unit(random, new float[DIMENSION], 1);
        }
        var vectors = new ArrayList<float[]>(passages);
        try (var index = open(arguments[0], arguments.length > 2 ? "bench_files" : "bench")) {
            long start = System.nanoTime();
            build(index, passages, texts, centres, random, vectors);
            System.out.printf("built %,d passages in %.1f s%n", passages, (System.nanoTime() - start) / 1e9);
            for (var filter : List.of("", "share < 50", "share < 10", "share < 1")) {
                measure(index, filter, texts, centres, vectors);
            }
            measureLoading(index, centres);
        }
    }

    private static PassageIndex open(String place, String schema) {
        return place.startsWith("jdbc:")
                ? PostgresPassageIndex.open(
                        place, Optional.empty(), Optional.ofNullable(System.getenv("PGPASSWORD")), schema)
                : LucenePassageIndex.open(Path.of(place));
    }

    private static void build(
            PassageIndex index,
            int passages,
            PassageTexts texts,
            float[][] centres,
            Random random,
            List<float[]> vectors) {
        boolean there;
        try (var snapshot = index.snapshot()) {
            there = snapshot.passageCount() == passages;
        }
        var writing = there ? null : index.write();
        for (int document = 0; document < passages / 10; document++) {
            var stored = new ArrayList<StoredPassage>();
            var path = "doc%06d".formatted(document);
            var metadata = new Metadata(Map.of("share", List.of(new FieldValue.Numeric(document % 100))));
            for (int i = 0; i < 10; i++) {
                var vector = unit(random, centres[random.nextInt(CLUSTERS)], 0.6f);
                vectors.add(vector);
                var text = texts.passage(document * 10 + i);
                stored.add(new StoredPassage(
                        new Passage(path, i, path, List.of(), text, 0, 100), metadata, path + i, vector, new byte[0]));
            }
            if (writing != null) {
                writing.replace(new IndexedDocument(path, "", path, metadata, "", 0, 0, 10), stored);
            }
        }
        if (writing != null) {
            writing.commit(new IndexDescription("synthetic", DIMENSION, ""));
            writing.close();
        }
    }

    private static void measure(
            PassageIndex index, String filterText, PassageTexts texts, float[][] centres, List<float[]> vectors) {
        var filter = FilterParser.parse(filterText);
        var random = new Random(2);
        var words = new long[QUERIES];
        var both = new long[QUERIES];
        var processor = new long[QUERIES];
        double recall = 0;
        int judged = 0;
        var clock = ManagementFactory.getThreadMXBean();
        try (var snapshot = index.snapshot()) {
            for (int query = -QUERIES; query < QUERIES; query++) {
                var vector = unit(random, centres[random.nextInt(CLUSTERS)], 0.6f);
                var question = texts.question(random);
                long used = clock.getCurrentThreadCpuTime();
                long start = System.nanoTime();
                var found = snapshot.searchBoth(question, vector, 100, filter).vectors();
                long between = System.nanoTime();
                long usedForBoth = clock.getCurrentThreadCpuTime() - used;
                snapshot.searchWords(question, 100, filter);
                if (query >= 0) {
                    both[query] = between - start;
                    words[query] = System.nanoTime() - between;
                    processor[query] = usedForBoth;
                    if (query % 10 == 0) {
                        recall += recall(found, vector, vectors, filter);
                        judged++;
                    }
                }
            }
        }
        System.out.printf(
                "filter %-12s p50 %.1f ms  p99 %.1f ms  (words p50 %.1f ms; processor p50 %.1f ms, p99 %.1f ms,"
                        + " server's mean %.1f ms)  recall@10 %.3f%n",
                filterText.isEmpty() ? "none" : "'" + filterText + "'",
                milliseconds(both, 50),
                milliseconds(both, 99),
                milliseconds(words, 50),
                milliseconds(processor, 50),
                milliseconds(processor, 99),
                serverMilliseconds(index, filter, texts, centres),
                recall / judged);
    }

    /** The processor's time that PostgreSQL's processes on this machine take for a hybrid search; 0 where there are none. */
    private static double serverMilliseconds(PassageIndex index, Filter filter, PassageTexts texts, float[][] centres) {
        var random = new Random(4);
        try (var snapshot = index.snapshot()) {
            double before = serverSeconds();
            for (int query = 0; query < QUERIES; query++) {
                var vector = unit(random, centres[random.nextInt(CLUSTERS)], 0.6f);
                snapshot.searchBoth(texts.question(random), vector, 100, filter);
            }
            return 1e3 * (serverSeconds() - before) / QUERIES;
        }
    }

    private static double serverSeconds() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").endsWith("/bin/postgres"))
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToDouble(used -> used.toNanos() / 1e9)
                .sum();
    }

    private static void measureLoading(PassageIndex index, float[][] centres) {
        var random = new Random(3);
        var loading = new long[QUERIES];
        var listing = new long[10];
        try (var snapshot = index.snapshot()) {
            for (int query = -QUERIES; query < QUERIES; query++) {
                var vector = unit(random, centres[random.nextInt(CLUSTERS)], 0.6f);
                var found = snapshot.searchVector(vector, 50, new Filter.All());
                long start = System.nanoTime();
                snapshot.load(found);
                loading[Math.max(0, query)] = System.nanoTime() - start;
            }
            for (int i = 0; i < listing.length; i++) {
                long start = System.nanoTime();
                snapshot.documents();
                listing[i] = System.nanoTime() - start;
            }
        }
        System.out.printf(
                "loading 50 passages p50 %.1f ms  p99 %.1f ms; listing all documents p50 %.0f ms%n",
                milliseconds(loading, 50), milliseconds(loading, 99), milliseconds(listing, 50));
    }

    private static double milliseconds(long[] nanos, int percentile) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length * percentile / 100] / 1e6;
    }

    private static double recall(List<ScoredPassage> found, float[] vector, List<float[]> vectors, Filter filter) {
        int below = filter instanceof Filter.Comparison comparison
                        && comparison.value() instanceof FieldValue.Numeric(double share)
                ? (int) share
                : 100;
        var ids = new ArrayList<Integer>();
        for (int i = 0; i < vectors.size(); i++) {
            if (i / 10 % 100 < below) {
                ids.add(i);
            }
        }
        var cosines = new double[vectors.size()];
        ids.forEach(id -> cosines[id] = dot(vector, vectors.get(id)));
        ids.sort(Comparator.comparingDouble((Integer id) -> cosines[id]).reversed());
        var exact = new HashSet<String>();
        ids.stream().limit(10).forEach(id -> exact.add("doc%06d#%d".formatted(id / 10, id % 10)));
        return found.stream()
                        .limit(10)
                        .filter(passage -> exact.contains(passage.document() + "#" + passage.ordinal()))
                        .count()
                / 10.0;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static float[] unit(Random random, float[] centre, float noise) {
        var vector = new float[DIMENSION];
        double squares = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = centre[i] + noise * (float) random.nextGaussian() / (float) Math.sqrt(DIMENSION);
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }
}
