package dev.tandem.evaluation.testset;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.evaluation.metric.Qrels;
import dev.tandem.evaluation.metric.Run;
import dev.tandem.evaluation.metric.ScoredDocument;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files of trec_eval, UTF-8, columns separated by spaces or tabs: judgements are {@code query 0 document grade}, runs
 * are {@code query Q0 document rank score tag}. Ranks are written and, as trec_eval does, ignored when read. Ids with
 * whitespace cannot be written in these formats and are refused; anything malformed is a {@link MendableException} that
 * names file and line. Blank lines are skipped.
 */
public final class TrecFormat {
    /** What C's isspace calls space: other Unicode spaces are part of an id, to trec_eval too. */
    private static final Pattern SPACE = Pattern.compile("[ \\t\\x0B\\f\\r]+");

    private static final Pattern ID = Pattern.compile("[^ \\t\\x0B\\f\\r\\n]+");

    private TrecFormat() {}

    /** Reads judgements; at least one line is required. */
    public static Qrels readQrels(Path file) {
        GradedPairs pairs = new GradedPairs();
        try (NumberedLines lines = new NumberedLines(file)) {
            for (Optional<String> line = first(lines, file); line.isPresent(); line = lines.next()) {
                String[] columns = columns(lines, line.get(), 4, "query 0 document grade");
                pairs.add(lines, columns[0], columns[2], columns[3]);
            }
        }
        return pairs.toQrels();
    }

    /** Reads a run; at least one line is required. */
    public static Run readRun(Path file) {
        Map<String, List<ScoredDocument>> rankings = new LinkedHashMap<>();
        Map<String, Set<String>> seen = new LinkedHashMap<>();
        try (NumberedLines lines = new NumberedLines(file)) {
            for (Optional<String> line = first(lines, file); line.isPresent(); line = lines.next()) {
                String[] columns = columns(lines, line.get(), 6, "query Q0 document rank score tag");
                String query = columns[0];
                String document = columns[2];
                if (!seen.computeIfAbsent(query, any -> new HashSet<>()).add(document)) {
                    throw lines.error(
                            "document '" + document + "' was already retrieved for query '" + query + "'",
                            "keep one line for each pair");
                }
                rankings.computeIfAbsent(query, any -> new ArrayList<>())
                        .add(new ScoredDocument(document, score(lines, columns[4])));
            }
        }
        return new Run(rankings);
    }

    /** Writes judgements, replacing the file. */
    public static void writeQrels(Qrels qrels, Path file) {
        qrels.grades().forEach((query, judged) -> {
            requireWritable(query);
            judged.keySet().forEach(TrecFormat::requireWritable);
        });
        write(file, out -> {
            for (Map.Entry<String, Map<String, Integer>> query : qrels.grades().entrySet()) {
                for (Map.Entry<String, Integer> judged : query.getValue().entrySet()) {
                    out.write(query.getKey() + " 0 " + judged.getKey() + " " + judged.getValue() + "\n");
                }
            }
        });
    }

    /**
     * Writes a run, replacing the file. Scores are written in full, so that reading gives the same run.
     *
     * @param tag the name of the system, without spaces
     */
    public static void writeRun(Run run, String tag, Path file) {
        requireWritable(tag);
        run.rankings().forEach((query, documents) -> {
            requireWritable(query);
            documents.forEach(document -> requireWritable(document.document()));
        });
        write(file, out -> {
            for (Map.Entry<String, List<ScoredDocument>> query : run.rankings().entrySet()) {
                int rank = 1;
                for (ScoredDocument document : query.getValue()) {
                    out.write(query.getKey() + " Q0 " + document.document() + " " + rank++ + " " + document.score()
                            + " " + tag + "\n");
                }
            }
        });
    }

    /**
     * Refuses an id that these formats cannot hold; worth asking before a long evaluation.
     *
     * @throws MendableException when the id is empty or has whitespace
     */
    public static void requireWritable(String id) {
        if (!ID.matcher(id).matches()) {
            throw new MendableException("The id '" + Shortened.of(id)
                    + "' cannot be written to a TREC file, whose columns end at spaces: use ids without whitespace.");
        }
    }

    private static Optional<String> first(NumberedLines lines, Path file) {
        Optional<String> line = lines.next();
        if (line.isEmpty()) {
            throw new MendableException(file + " is empty: give a file with at least one line.");
        }
        return line;
    }

    private static String[] columns(NumberedLines lines, String line, int count, String layout) {
        String[] columns = SPACE.split(SPACE.matcher(line).lookingAt() ? line.stripLeading() : line);
        if (columns.length != count) {
            throw lines.error(
                    columns.length + " columns instead of " + count,
                    "write '" + layout + "', with ids that have no spaces");
        }
        return columns;
    }

    private static double score(NumberedLines lines, String text) {
        double score;
        try {
            score = Double.parseDouble(text);
        } catch (NumberFormatException cause) {
            throw lines.error("the score '" + Shortened.of(text) + "' is no number", "write a decimal number");
        }
        if (!Double.isFinite(score)) {
            throw lines.error("the score is " + text, "write a finite number, or leave the document out");
        }
        return score;
    }

    private interface Lines {
        void writeTo(Writer out) throws IOException;
    }

    private static void write(Path file, Lines lines) {
        try (Writer out = Files.newBufferedWriter(file, UTF_8)) {
            lines.writeTo(out);
        } catch (IOException cause) {
            throw new MendableException(
                    "Cannot write " + file + ": check that its folder exists, may be written to and has space.", cause);
        }
    }
}
