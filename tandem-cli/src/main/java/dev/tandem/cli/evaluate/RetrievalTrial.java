package dev.tandem.cli.evaluate;

import dev.tandem.evaluation.retrieval.CorpusIndex;
import dev.tandem.evaluation.retrieval.RetrievalEvaluation;
import dev.tandem.evaluation.testset.BeirFolder;
import dev.tandem.evaluation.testset.TrecFormat;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.WorkspaceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Retrieval on one test collection.
 *
 * @param settings those that splitting, embedding and retrieval are done with
 */
public record RetrievalTrial(WorkspaceSettings settings, Progress progress) {

    /** Indexes the collection in a temporary workspace, asks all its queries, and measures. */
    public RetrievalEvaluation.Outcome run(Path collection, String split) {
        var folder = BeirFolder.open(collection, split);
        var place = temporaryFolder();
        try (var open = new OpenWorkspace(new Workspace(place, settings))) {
            CorpusIndex.build(folder, open.index(), open.splitter(), open.encoder(), progress);
            return RetrievalEvaluation.standard().evaluate(folder, CorpusIndex.ranking(open.retriever()), progress);
        } finally {
            delete(place);
        }
    }

    /** Writes what was retrieved as trec_eval reads it; the tag says with which fusion. */
    public static void writeRun(RetrievalEvaluation.Outcome outcome, WorkspaceSettings settings, Path file) {
        TrecFormat.writeRun(
                outcome.run(), "tandem-" + settings.retrieval().fusion().key(), file);
    }

    static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("tandem-evaluation");
        } catch (IOException e) {
            throw new MendableException(
                    "Cannot make a temporary folder (" + e + "): free some space there, or set TMPDIR.", e);
        }
    }

    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
