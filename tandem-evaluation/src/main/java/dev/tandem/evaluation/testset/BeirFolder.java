package dev.tandem.evaluation.testset;

import dev.tandem.evaluation.metric.Qrels;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A test collection in BEIR's layout (Thakur et al., 2021): {@code corpus.jsonl} with {@code _id}, {@code title}, {@code
 * text}; {@code queries.jsonl} with {@code _id}, {@code text}; {@code qrels/SPLIT.tsv} with a header and query, document,
 * grade between tabs. Queries and judgements are held, the corpus is read record by record. Other fields are ignored, a
 * title may be missing. Anything malformed is a {@link MendableException} that names file and line. Immutable.
 *
 * @param queries the queries that the split judges, in the order of queries.jsonl
 */
public record BeirFolder(Path folder, String split, List<TestQuery> queries, Qrels qrels) {
    /** The split that results are reported on. */
    public static final String TEST = "test";

    private static final String HEADER = "query-id";

    public BeirFolder {
        queries = List.copyOf(queries);
    }

    /**
     * Reads queries and judgements.
     *
     * @param split the name of a file in {@code qrels}, without {@code .tsv}
     */
    public static BeirFolder open(Path folder, String split) {
        for (String file : List.of("corpus.jsonl", "queries.jsonl", "qrels")) {
            if (!Files.exists(folder.resolve(file))) {
                throw new MendableException(folder + " is no BEIR folder, " + file
                        + " is missing: give a folder with corpus.jsonl, queries.jsonl and qrels/" + split + ".tsv.");
            }
        }
        Path qrelsFile = folder.resolve("qrels").resolve(split + ".tsv");
        if (!Files.exists(qrelsFile)) {
            throw new MendableException(
                    "There is no split '" + split + "' in " + folder + ": use one of " + splits(folder) + ".");
        }
        Qrels qrels = readQrels(qrelsFile);
        return new BeirFolder(folder, split, readQueries(folder.resolve("queries.jsonl"), qrels, qrelsFile), qrels);
    }

    /** The folder's name, as results are reported under. */
    public String name() {
        return Optional.ofNullable(folder.toAbsolutePath().normalize().getFileName())
                .map(Path::toString)
                .orElse("/");
    }

    /**
     * The corpus from its first record, closed by who opens it. Only the ids of what has passed are kept, to refuse
     * duplicates: about 100 bytes a document.
     */
    public TestDocuments documents() {
        return new TestDocuments(folder.resolve("corpus.jsonl"));
    }

    private static Qrels readQrels(Path file) {
        GradedPairs pairs = new GradedPairs();
        try (NumberedLines lines = new NumberedLines(file)) {
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                String[] columns = line.get().split("\t", -1);
                if (columns.length != 3) {
                    throw lines.error(
                            columns.length + " columns instead of 3",
                            "write query id, document id and grade with tabs");
                }
                if (lines.number() > 1 || !columns[0].equals(HEADER)) {
                    pairs.add(lines, columns[0], columns[1], columns[2].strip());
                }
            }
        }
        Qrels qrels = pairs.toQrels();
        if (qrels.grades().isEmpty()) {
            throw new MendableException(file + " has no judgements: give a split that has some.");
        }
        return qrels;
    }

    private static List<TestQuery> readQueries(Path file, Qrels qrels, Path qrelsFile) {
        Map<String, TestQuery> queries = new LinkedHashMap<>();
        try (JsonRecords records = new JsonRecords(file)) {
            for (Optional<JsonRecords.Fields> fields = records.next(); fields.isPresent(); fields = records.next()) {
                String text = fields.get().required("text");
                if (text.isBlank()) {
                    throw records.error("the query has no text", "write a question, or remove the line");
                }
                queries.put(fields.get().id(), new TestQuery(fields.get().id(), text));
            }
        }
        for (String judged : qrels.grades().keySet()) {
            if (!queries.containsKey(judged)) {
                throw new MendableException("Query '" + Shortened.of(judged) + "' of " + qrelsFile + " is not in "
                        + file + ": add it there, or remove its judgements.");
            }
        }
        queries.keySet().retainAll(qrels.grades().keySet());
        return List.copyOf(queries.values());
    }

    private static String splits(Path folder) {
        try (Stream<Path> files = Files.list(folder.resolve("qrels"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".tsv"))
                    .map(name -> name.substring(0, name.length() - ".tsv".length()))
                    .sorted()
                    .collect(Collectors.joining(", "));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
