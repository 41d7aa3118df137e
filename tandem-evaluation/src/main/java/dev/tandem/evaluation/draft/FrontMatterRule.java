package dev.tandem.evaluation.draft;

import dev.tandem.knowledge.document.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a document says of itself before its text begins. Only the first section gives these, once a document. */
final class FrontMatterRule implements Rule {
    private static final Map<String, String> QUESTIONS = Map.of(
            "author", "Who is the author of “%s”?",
            "owner", "Who owns “%s”?",
            "version", "What version is “%s”?",
            "status", "What is the status of “%s”?",
            "updated", "When was “%s” last updated?",
            "effective", "Since when is “%s” in effect?");

    @Override
    public List<Draft> drafts(SourceDocument document, Section section, Vocabulary vocabulary) {
        var drafts = new ArrayList<Draft>();
        if (!section.first() || document.title().isBlank()) {
            return drafts;
        }
        QUESTIONS.forEach((field, question) -> {
            var values = document.metadata().values(field);
            if (values.size() == 1 && !(values.getFirst() instanceof FieldValue.Flag)) {
                drafts.add(Draft.answerable(
                        question.formatted(document.title()),
                        values.getFirst().display(),
                        document,
                        Draft.Origin.TABLE,
                        0));
            }
        });
        drafts.sort(java.util.Comparator.comparing(Draft::question));
        return drafts;
    }
}
