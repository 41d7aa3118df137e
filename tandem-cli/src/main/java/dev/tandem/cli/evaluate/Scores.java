package dev.tandem.cli.evaluate;

import dev.tandem.cli.console.Json;
import dev.tandem.evaluation.metric.SemanticSimilarity;
import dev.tandem.evaluation.metric.task.TaskCheck;
import dev.tandem.evaluation.metric.text.BleuTokenizer;
import dev.tandem.evaluation.score.MetricScore;
import dev.tandem.evaluation.score.ScoreMetric;
import dev.tandem.evaluation.score.ScoreReport;
import dev.tandem.evaluation.score.ScoreSettings;
import dev.tandem.evaluation.score.Scoring;
import dev.tandem.evaluation.testset.AnswerPairs;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.foundation.WholeFile;
import dev.tandem.models.embedding.OnnxTextEncoder;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Predictions and references in files, to scores. The parameters are those of {@link ScoreSettings}. */
public record Scores(
        List<ScoreMetric> metrics,
        BleuTokenizer tokenizer,
        boolean lowercase,
        boolean stemmer,
        Optional<TaskCheck> task,
        Progress progress) {

    /**
     * Scores.
     *
     * @param references may be left out where no metric needs them
     * @param workspace whose embedding model similarity is measured with; the embedded one without
     * @param perExample where every example's own scores go
     * @param force whether that file may be replaced
     */
    public ScoreReport of(
            Path predictions,
            Optional<Path> references,
            Optional<Workspace> workspace,
            Optional<Path> perExample,
            boolean force) {
        perExample.ifPresent(file -> checkFree(file, force));
        var pairs = references
                .map(file -> AnswerPairs.read(predictions, file))
                .orElseGet(() -> AnswerPairs.read(predictions));
        var report = metrics.contains(ScoreMetric.SIMILARITY)
                ? withEncoder(pairs, workspace)
                : score(pairs, Optional.empty());
        perExample.ifPresent(file -> write(file, report));
        return report;
    }

    private ScoreReport withEncoder(AnswerPairs pairs, Optional<Workspace> workspace) {
        if (workspace.isEmpty()) {
            try (var encoder = OnnxTextEncoder.bundled()) {
                return score(pairs, Optional.of(new SemanticSimilarity(encoder)));
            }
        }
        try (var open = new OpenWorkspace(workspace.get())) {
            return score(pairs, Optional.of(new SemanticSimilarity(open.encoder())));
        }
    }

    private ScoreReport score(AnswerPairs pairs, Optional<SemanticSimilarity> similarity) {
        var settings = new ScoreSettings(metrics, tokenizer, lowercase, stemmer, task, similarity, ScoreSettings.SEED);
        return Scoring.of(pairs, settings, progress);
    }

    private static void checkFree(Path file, boolean force) {
        if (Files.isDirectory(file)) {
            throw new MendableException(file + " is a folder: name a file for --per-example.");
        }
        if (Files.exists(file) && !force) {
            throw new MendableException(file + " is there already: name another file, or add --force to replace it.");
        }
    }

    private static void write(Path file, ScoreReport report) {
        var lines = new StringBuilder();
        for (int i = 0; i < report.pairs().pairs().size(); i++) {
            var line = Json.object("id", report.pairs().pairs().get(i).id());
            for (MetricScore score : report.scores()) {
                var value = score.examples().get(i);
                line.put(score.metric().label(), value.isPresent() ? value.getAsDouble() : Optional.empty());
            }
            lines.append(Json.line(line)).append('\n');
        }
        try {
            WholeFile.write(file, lines.toString());
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot write " + file + " (" + e + "): check that its folder exists and has space.", e);
        }
    }
}
