package dev.tandem.knowledge.scope;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What English calls documents and their formats. */
final class DocumentNoun {
    private static final Set<String> NOUNS = Set.of(("document doc documentation file page policy handbook manual guide"
                    + " guideline instruction report memo note faq pdf slide presentation deck spreadsheet workbook csv"
                    + " article post announcement newsletter email mail agreement contract term plan list chart table calendar"
                    + " schedule summary runbook code reference specification spec sheet paper minute brochure leaflet form"
                    + " overview readme tutorial wiki catalogue catalog")
            .split(" ", -1));

    /** What formats are called, by their key in the field {@code format}. */
    private static final Map<String, List<String>> FORMATS = Map.of(
            "pdf", List.of("pdf"),
            "slides", List.of("slide", "presentation", "deck", "powerpoint", "pptx"),
            "spreadsheet", List.of("spreadsheet", "workbook", "excel", "xlsx"),
            "csv", List.of("csv"),
            "email", List.of("email", "mail"),
            "word", List.of("word", "docx"),
            "html", List.of("web", "html"),
            "markdown", List.of("markdown"),
            "book", List.of("ebook", "epub"),
            "latex", List.of("latex", "tex"));

    /** Formats that one speaks of without meaning a document: "What must stand in the e-mail?" */
    private static final Set<String> SPOKEN_OF = Set.of("email", "mail", "word", "web", "form", "code");

    private static final Set<String> ANY = Set.of("document", "doc", "documentation", "file", "page");

    private DocumentNoun() {}

    static boolean isOne(Word word) {
        return isOne(word.form());
    }

    static boolean isOne(String form) {
        return NOUNS.contains(form);
    }

    /** Whether it means any document, even where it is some field's value too. */
    static boolean isAnyDocument(Word word) {
        return ANY.contains(word.form());
    }

    /** Whether the noun alone says which documents are meant, as "the spreadsheet" does. */
    static boolean isFormat(String form) {
        return !SPOKEN_OF.contains(form) && FORMATS.values().stream().anyMatch(names -> names.contains(form));
    }

    /** What a format is called; none for one that nobody names. */
    static List<String> names(String format) {
        return FORMATS.getOrDefault(format, List.of());
    }
}
