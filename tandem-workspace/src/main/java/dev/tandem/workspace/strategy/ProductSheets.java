package dev.tandem.workspace.strategy;

import dev.tandem.evaluation.metric.fact.AttributeSheet;
import dev.tandem.evaluation.metric.fact.FactCheck;
import dev.tandem.knowledge.index.PassageIndex;
import java.util.List;

/** The attribute sheets among a workspace's documents. */
public final class ProductSheets {
    private ProductSheets() {}

    /** A check that knows every value of every sheet. */
    public static FactCheck check(PassageIndex index) {
        return FactCheck.of(all(index));
    }

    private static List<AttributeSheet> all(PassageIndex index) {
        try (var snapshot = index.snapshot()) {
            return snapshot.documents().stream()
                    .flatMap(document -> snapshot.passages(document.path()).stream())
                    .flatMap(stored -> AttributeSheet.read(
                            stored.passage().title(), stored.passage().text())
                            .stream())
                    .toList();
        }
    }

    /** What some documents say that a question asks for. */
    public static AskedAttributes asked(PassageIndex index, String question, List<String> documents) {
        try (var snapshot = index.snapshot()) {
            return AskedAttributes.of(
                    question,
                    documents.stream()
                            .flatMap(document -> snapshot.passages(document).stream())
                            .map(stored -> stored.passage())
                            .toList());
        }
    }
}
