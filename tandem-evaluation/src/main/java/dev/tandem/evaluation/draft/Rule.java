package dev.tandem.evaluation.draft;

import java.util.List;

/** A way to make questions of a section; what it gives is checked afterwards. Without state. */
@FunctionalInterface
interface Rule {
    /** The section's questions, none if it has nothing for this rule. */
    List<Draft> drafts(SourceDocument document, Section section, Vocabulary vocabulary);
}
