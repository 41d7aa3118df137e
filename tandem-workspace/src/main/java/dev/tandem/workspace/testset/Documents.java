package dev.tandem.workspace.testset;

import dev.tandem.evaluation.draft.SourceDocument;
import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.index.StoredPassage;
import java.util.List;

/** What the index holds, as drafts and checks read it. */
final class Documents {
    private Documents() {}

    /** Every document, ordered by path. */
    static List<SourceDocument> of(PassageIndex.Snapshot snapshot) {
        var documents = snapshot.documents().stream()
                .map(document -> new SourceDocument(
                        document.path(),
                        document.title(),
                        document.metadata(),
                        snapshot.passages(document.path()).stream()
                                .map(StoredPassage::passage)
                                .toList()))
                .toList();
        if (documents.isEmpty()) {
            throw new MendableException(
                    "The workspace has no documents yet: ingest some with `tandem ingest ~/docs -w WORKSPACE`.");
        }
        return documents;
    }
}
