package dev.tandem.knowledge.index;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.passage.Passage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Documents, vectors and filters from seeds. */
public final class Generated {
    public static final int DIMENSION = 16;
    public static final IndexDescription DESCRIPTION =
            new IndexDescription("test-encoder", DIMENSION, "test-splitting");

    private static final List<String> WORDS = List.of(
            ("tent rope boot stove lamp pack leave policy return refund size weight river summit trail camp warm dry order"
                            + " ship price store city month")
                    .split(" "));

    private Generated() {}

    public record Entry(IndexedDocument document, List<StoredPassage> passages) {}

    public static Entry document(String path, Random random) {
        var metadata = metadata(random);
        var passages = new ArrayList<StoredPassage>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            var passage = new Passage(
                    path, i, "Title of " + path, List.of("Part " + i), words(random, 5 + random.nextInt(40)), i, 30);
            passages.add(new StoredPassage(
                    passage, metadata, Long.toHexString(random.nextLong()), vector(random), new byte[] {1, (byte) i}));
        }
        return new Entry(
                new IndexedDocument(path, "/docs", "Title of " + path, metadata, "hash", 10, 20, count), passages);
    }

    public static Entry same(String path) {
        return same(path, Metadata.EMPTY);
    }

    public static Entry same(String path, Metadata metadata) {
        var passage = new Passage(path, 0, "Same", List.of(), "a rope for the summit", 0, 6);
        var stored = new StoredPassage(passage, metadata, "same", vector(new Random(1)), new byte[0]);
        return new Entry(new IndexedDocument(path, "/docs", "Same", metadata, "hash", 1, 2, 1), List.of(stored));
    }

    private static Metadata metadata(Random random) {
        var fields = new TreeMap<String, List<FieldValue>>();
        fields.put("rank", List.of(new FieldValue.Numeric(random.nextInt(100) / (random.nextBoolean() ? 1.0 : 2.0))));
        if (random.nextInt(4) > 0) {
            fields.put("color", List.of(new FieldValue.Text(random.nextBoolean() ? "Red" : "deep blue")));
        }
        fields.put("day", List.of(new FieldValue.Date(LocalDate.of(2024, 1, 1).plusDays(random.nextInt(400)))));
        fields.put("open", List.of(new FieldValue.Flag(random.nextBoolean())));
        if (random.nextBoolean()) {
            fields.put(
                    "tags",
                    List.of(new FieldValue.Text("alpha"), new FieldValue.Text(random.nextBoolean() ? "b" : "C")));
        }
        return new Metadata(Map.copyOf(fields));
    }

    public static Filter filter(Random random, int depth) {
        return switch (depth == 0 ? random.nextInt(5) : random.nextInt(8)) {
            case 0 -> new Filter.Comparison("rank", operator(random), new FieldValue.Numeric(random.nextInt(100)));
            case 1 ->
                new Filter.Comparison(
                        random.nextBoolean() ? "color" : "tags", operator(random), new FieldValue.Text(text(random)));
            case 2 ->
                new Filter.Comparison(
                        "day",
                        operator(random),
                        new FieldValue.Date(LocalDate.of(2024, 1, 1).plusDays(random.nextInt(400))));
            case 3 ->
                random.nextBoolean()
                        ? new Filter.Contains(
                                random.nextBoolean() ? "color" : Filter.PATH, random.nextBoolean() ? "E" : "oLder3")
                        : new Filter.Exists(random.nextBoolean() ? "tags" : "nowhere");
            case 4 ->
                random.nextBoolean()
                        ? new Filter.Comparison("open", operator(random), new FieldValue.Flag(random.nextBoolean()))
                        : new Filter.In("color", List.of(new FieldValue.Text("red"), new FieldValue.Numeric(3)));
            case 5 -> new Filter.And(List.of(filter(random, depth - 1), filter(random, depth - 1)));
            case 6 -> new Filter.Or(List.of(filter(random, depth - 1), filter(random, depth - 1)));
            default -> new Filter.Not(filter(random, depth - 1));
        };
    }

    private static String text(Random random) {
        return List.of("red", "RED", "deep blue", "alpha", "c", "m").get(random.nextInt(6));
    }

    private static Filter.Operator operator(Random random) {
        var operators = List.of(Filter.Operator.values());
        return operators.get(random.nextInt(operators.size()));
    }

    public static String words(Random random, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
        }
        return text.toString().strip();
    }

    public static float[] vector(Random random) {
        var vector = new float[DIMENSION];
        double squares = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= (float) Math.sqrt(squares);
        }
        return vector;
    }
}
