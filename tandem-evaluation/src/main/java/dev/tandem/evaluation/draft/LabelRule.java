package dev.tandem.evaluation.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Fields of the thing that a document is about: <em>Weight 1.95 kg.</em>, <em>Spare hip belt: 39 EUR.</em>, <em>20 November: the board decides.</em> */
final class LabelRule implements Rule {
    private static final Pattern FRAGMENT = Pattern.compile(
            "^([A-Z]\\p{Ll}+(?: \\p{Ll}+)?) ((?:\\d[\\d.,x ]*|from \\d[\\d.,]*)(?: ?[\\p{L}°%/²]+){0,3})\\.$");
    private static final Pattern FIELD = Pattern.compile("^([A-Z][\\p{L} ]{2,40}): ([^:?]{1,120}?)\\.?$");
    private static final Pattern ON_A_DATE = Pattern.compile(
            "^(\\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \\d{4})?): ([^:?]{8,160}?)\\.?$");
    private static final Set<String> QUESTIONS = Set.of("questions", "contact", "more questions", "questions and help");

    @Override
    public List<Draft> drafts(SourceDocument document, Section section, Vocabulary vocabulary) {
        var drafts = new ArrayList<Draft>();
        for (var block : section.blocks()) {
            switch (block) {
                case Section.Block.Prose prose ->
                    prose.sentences().forEach(sentence -> draft(sentence, document, vocabulary, drafts));
                case Section.Block.Items items ->
                    items.items().forEach(item -> draft(item, document, vocabulary, drafts));
                case Section.Block.Rows rows -> {}
            }
        }
        return drafts;
    }

    private static void draft(String text, SourceDocument document, Vocabulary vocabulary, List<Draft> drafts) {
        var fragment = FRAGMENT.matcher(text);
        var field = FIELD.matcher(text);
        var date = ON_A_DATE.matcher(text);
        if (fragment.matches()) {
            add(fragment.group(1), fragment.group(2).strip(), document, vocabulary, drafts);
        } else if (date.matches()) {
            drafts.add(Draft.answerable(
                    Wording.underTitle("What happens on " + date.group(1) + "?", document.title()),
                    date.group(2),
                    document,
                    Draft.Origin.FACT,
                    2));
        } else if (field.matches() && QUESTIONS.contains(field.group(1).toLowerCase(java.util.Locale.ROOT))) {
            drafts.add(Draft.answerable(
                    "Who do I contact with questions about “" + document.title() + "”?",
                    field.group(2),
                    document,
                    Draft.Origin.FACT,
                    3));
        } else if (field.matches() && field.group(2).matches(".*[\\d@#].*")) {
            add(field.group(1), field.group(2), document, vocabulary, drafts);
        }
    }

    private static void add(
            String label, String value, SourceDocument document, Vocabulary vocabulary, List<Draft> drafts) {
        question(label, document, vocabulary)
                .ifPresent(question -> drafts.add(Draft.answerable(question, value, document, Draft.Origin.TABLE, 3)));
    }

    /** What asks for a field of the document's subject, if the field's name is a noun. */
    static Optional<String> question(String field, SourceDocument document, Vocabulary vocabulary) {
        var label = Label.of(field);
        if (field.matches("\\p{Lu}.* \\p{Lu}\\p{Ll}.*") || field.contains("@")) {
            return Optional.empty();
        }
        return label.phrase().map(phrase -> {
            var are = label.isPlural() ? "are " : "is ";
            return isThing(document.title(), vocabulary)
                    ? Wording.finished(
                            "What " + are + phrase + " " + label.preposition() + " " + theThing(document.title()))
                    : "What " + are + phrase + " according to “" + document.title() + "”?";
        });
    }

    /** Whether a title names a thing, such as "Varg 65 backpack" or "Washington, D.C.": it has a name in it, and is short. */
    static boolean isThing(String title, Vocabulary vocabulary) {
        var words = title.split(" ", -1);
        return words.length <= 4
                && !title.matches(".*[:?!()].*")
                && java.util.Arrays.stream(words).anyMatch(word -> vocabulary.isName(word))
                && java.util.Arrays.stream(words)
                        .noneMatch(word -> word.matches(
                                "(?i)how|what|when|to|your|my|our|and|of|in|for|welcome|guide|policy|handbook|report"));
    }

    /** "the Varg 65 backpack", but "Washington, D.C.". */
    static String theThing(String title) {
        var last = title.substring(title.lastIndexOf(' ') + 1);
        return title.contains(" ") && Character.isLowerCase(last.charAt(0)) ? "the " + title : title;
    }
}
