package dev.tandem.cli.evaluate;

import dev.tandem.evaluation.retrieval.CorpusIndex;
import dev.tandem.evaluation.retrieval.FusionComparison;
import dev.tandem.evaluation.retrieval.RetrievalEvaluation;
import dev.tandem.evaluation.testset.BeirFolder;
import dev.tandem.evaluation.testset.TestQuestions;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.WorkspaceSettings;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * All fusions on the same questions.
 *
 * @param progress where it says how far it is
 */
public record FusionTrial(Progress progress) {

    /** On a workspace's own documents and questions. */
    public FusionComparison run(Workspace workspace, Path questionsFile) {
        var questions = TestQuestions.read(questionsFile);
        try (var open = new OpenWorkspace(workspace)) {
            open.retriever();
            requireKnownDocuments(open, questions, questionsFile);
            return compare(
                    new RetrievalEvaluation.Questions(
                            questionsFile.toString(), "all", questions.queries(), questions.qrels()),
                    open,
                    workspace.settings());
        }
    }

    /** On a test collection, indexed in a temporary workspace. */
    public FusionComparison run(WorkspaceSettings settings, Path collection, String split) {
        var folder = BeirFolder.open(collection, split);
        var place = RetrievalTrial.temporaryFolder();
        try (var open = new OpenWorkspace(new Workspace(place, settings))) {
            CorpusIndex.build(folder, open.index(), open.splitter(), open.encoder(), progress);
            return compare(
                    new RetrievalEvaluation.Questions(folder.name(), split, folder.queries(), folder.qrels()),
                    open,
                    settings);
        } finally {
            RetrievalTrial.delete(place);
        }
    }

    private FusionComparison compare(
            RetrievalEvaluation.Questions questions, OpenWorkspace open, WorkspaceSettings settings) {
        return FusionComparison.of(
                questions,
                fusion -> CorpusIndex.ranking(open.retriever(fusion)),
                settings.retrieval().fusion(),
                progress);
    }

    /** A path that is spelt otherwise than in the index would count as never found, for every fusion alike. */
    private static void requireKnownDocuments(OpenWorkspace open, TestQuestions questions, Path file) {
        try (var snapshot = open.index().snapshot()) {
            var known = snapshot.documents().stream().map(IndexedDocument::path).collect(Collectors.toSet());
            questions.qrels().grades().forEach((question, documents) -> {
                for (var document : documents.keySet()) {
                    if (!known.contains(document)) {
                        throw new MendableException("Question " + question + " of " + file + " names the document "
                                + document
                                + ", which the workspace does not have: write it as `tandem search` shows it,"
                                + " or ingest it first.");
                    }
                }
            });
        }
    }
}
