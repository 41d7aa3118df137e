package dev.tandem.evaluation.draft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * All that the rules find in documents, checked: every question is grammatical by simple signs and can be understood alone,
 * every answer stands in its document to the letter. English only. The same documents give the same drafts in the same
 * order. Immutable.
 */
public final class DraftRules {
    private static final List<Rule> RULES = List.of(
            new FactRule(),
            new DefinitionRule(),
            new AdviceRule(),
            new TableRule(),
            new LabelRule(),
            new HeadingRule(),
            new FrontMatterRule());

    private final Vocabulary vocabulary;

    private DraftRules(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** Rules that know which words all the documents write in lower case, so that names keep their capitals. */
    public static DraftRules over(Collection<SourceDocument> documents) {
        return new DraftRules(Vocabulary.of(documents));
    }

    /** A document's questions in reading order, no two the same. */
    public List<Draft> of(SourceDocument document) {
        var drafts = new LinkedHashMap<String, Draft>();
        for (var passage : document.passages()) {
            for (var section : Section.of(passage)) {
                for (var rule : RULES) {
                    rule.drafts(document, section, vocabulary).stream()
                            .map(DraftRules::inOneLine)
                            .filter(draft -> isSound(draft, document))
                            .forEach(draft -> drafts.putIfAbsent(draft.question(), draft));
                }
            }
        }
        return new ArrayList<>(drafts.values());
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    private static Draft inOneLine(Draft draft) {
        return new Draft(
                SourceDocument.oneLine(draft.question()),
                draft.answers().stream().map(SourceDocument::oneLine).toList(),
                draft.documents(),
                draft.type(),
                draft.origin(),
                draft.topic(),
                draft.worth());
    }

    private static boolean isSound(Draft draft, SourceDocument document) {
        return QuestionCheck.passes(draft.question())
                && draft.answers().stream()
                        .allMatch(answer -> QuestionCheck.answers(answer)
                                && document.holds(answer)
                                && !draft.question()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .contains(" " + answer.toLowerCase(java.util.Locale.ROOT)));
    }
}
