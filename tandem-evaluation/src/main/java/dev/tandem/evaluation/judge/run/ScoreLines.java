package dev.tandem.evaluation.judge.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.Judgement;
import dev.tandem.evaluation.testset.Shortened;
import dev.tandem.foundation.MendableException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** Judgements of one judge in a file. For one thread. */
final class ScoreLines implements AutoCloseable {
    private final OutputLines lines;
    private final String judge;

    /**
     * Opens or creates a file.
     *
     * @param overwrite whether what it holds is thrown away
     * @throws MendableException if it cannot be written, or holds something else than judgements of this judge
     */
    ScoreLines(Path file, boolean overwrite, String judge) {
        this.judge = judge;
        this.lines = new OutputLines(file, overwrite, Set.of("faithfulness"));
        for (var line : lines.lines()) {
            var other = line.path("judge").asText(EmbeddedJudge.NAME);
            if (!other.equals(judge)) {
                lines.close();
                throw new MendableException(file + " holds scores of the judge " + Shortened.of(other)
                        + ", and those of "
                        + judge + " cannot be mixed with them: name another file for --out, or begin it anew with"
                        + " --overwrite.");
            }
        }
    }

    /** Whether an answer was judged and nothing is missing that could not be told. */
    boolean holds(String id) {
        return lines.line(id).filter(line -> line.path("missing").isEmpty()).isPresent();
    }

    /** Writes a judgement, unless what the file holds for the answer already lacks no more. */
    void write(String id, Judgement judgement) {
        var before = lines.line(id);
        if (before.isPresent()
                && before.get().path("missing").size() <= judgement.missing().size()) {
            return;
        }
        var node = OutputLines.begin(id);
        put(node, "faithfulness", judgement.faithfulness());
        put(node, "answer_relevancy", judgement.answerRelevancy());
        put(node, "context_relevancy", judgement.contextRelevancy());
        // The embedded judge measures three scores, and whoever reads its files knows no more.
        boolean embedded = judge.equals(EmbeddedJudge.NAME);
        if (!embedded) {
            put(node, "context_precision", judgement.contextPrecision());
            put(node, "context_recall", judgement.contextRecall());
        }
        judgement.unsupported().forEach(node.putArray("unsupported")::add);
        if (!judgement.missing().isEmpty()) {
            judgement.missing().forEach(node.putObject("missing")::put);
        }
        if (!embedded) {
            node.put("judge", judge);
        }
        lines.write(node);
    }

    private static void put(ObjectNode node, String field, OptionalDouble score) {
        if (score.isPresent() && Double.isFinite(score.getAsDouble())) {
            node.put(field, Math.round(score.getAsDouble() * 1e4) / 1e4);
        } else {
            node.putNull(field);
        }
    }

    /** Tells all that the file holds. */
    void count(Summary.Counts counts) {
        for (var line : lines.lines()) {
            counts.add(
                    score(line, "faithfulness"),
                    score(line, "answer_relevancy"),
                    score(line, "context_relevancy"),
                    score(line, "context_precision"),
                    score(line, "context_recall"));
        }
    }

    /** Faithfulness by id, where there is any. */
    Map<String, Double> faithfulness() {
        var scores = new TreeMap<String, Double>();
        for (var line : lines.lines()) {
            score(line, "faithfulness")
                    .ifPresent(score -> scores.put(line.get("id").asText(), score));
        }
        return scores;
    }

    private static OptionalDouble score(JsonNode node, String field) {
        var value = node.path(field);
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }

    @Override
    public void close() {
        lines.close();
    }
}
