package dev.tandem.evaluation.draft;

import dev.tandem.evaluation.draft.Section.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Each cell of a table by its row's name and its column: <em>What is the price in EUR of ski waxing?</em> */
final class TableRule implements Rule {
    private static final Set<String> NAMES = Set.of(
            "name",
            "title",
            "product",
            "service",
            "store",
            "tool",
            "item",
            "city",
            "country",
            "destination",
            "course",
            "team",
            "office",
            "person",
            "company",
            "event",
            "model",
            "device",
            "animal");
    private static final Set<String> NUMBERS = Set.of("sku", "id", "article", "no", "number", "#");
    private static final int LONGEST_VALUE = 20;
    private static final int LONGEST_KEY = 8;

    @Override
    public List<Draft> drafts(SourceDocument document, Section section, Vocabulary vocabulary) {
        var drafts = new ArrayList<Draft>();
        for (var block : section.blocks()) {
            if (block instanceof Section.Block.Rows rows) {
                rows.rows().forEach(row -> draft(row, rows.rows(), document, vocabulary, drafts));
            }
        }
        return drafts;
    }

    private static void draft(
            List<Cell> row, List<List<Cell>> all, SourceDocument document, Vocabulary vocabulary, List<Draft> drafts) {
        if (isQuestionWithAnswer(row)) {
            drafts.add(Draft.answerable(
                    Wording.finished(row.get(0).value()), row.get(1).value(), document, Draft.Origin.TABLE, 3));
            return;
        }
        if (row.size() == 2
                && row.get(0).column().isEmpty()
                && row.get(1).column().isEmpty()) {
            pair(row.get(0).value(), row.get(1).value(), document, vocabulary, drafts);
            return;
        }
        key(row).filter(key -> isAlone(key, all))
                .ifPresent(key -> row.stream()
                        .filter(cell -> !cell.equals(key) && !cell.column().isEmpty())
                        .filter(cell ->
                                isValue(cell) && !NUMBERS.contains(cell.column().toLowerCase(Locale.ROOT)))
                        .forEach(cell -> cell(key, cell, document, vocabulary, drafts)));
    }

    private static boolean isQuestionWithAnswer(List<Cell> row) {
        return row.size() >= 2
                && row.get(0).value().endsWith("?")
                && row.get(1).column().toLowerCase(Locale.ROOT).matches("answer|reply|a|response");
    }

    /** The cell that names the row. */
    private static Optional<Cell> key(List<Cell> row) {
        var named = row.stream()
                .filter(cell -> NAMES.contains(cell.column().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(row.getFirst());
        boolean fits = !named.column().isEmpty()
                && named.value().split(" ", -1).length <= LONGEST_KEY
                && !named.value().matches(".*[?!:;|].*")
                && named.column().matches("[\\p{L} ]+")
                && named.column().split(" ", -1).length <= 4;
        return fits ? Optional.of(named) : Optional.empty();
    }

    /** Whether no other row of the table has the same name. */
    private static boolean isAlone(Cell key, List<List<Cell>> all) {
        return all.stream()
                        .filter(row -> row.stream()
                                .anyMatch(cell -> cell.value().equals(key.value())
                                        && cell.column().equals(key.column())))
                        .count()
                == 1;
    }

    private static boolean isValue(Cell cell) {
        return cell.value().split(" ", -1).length <= LONGEST_VALUE
                && !cell.value().matches("(?i)yes|no|true|false|y|n|00|n/a|none|-|–|—|x|tbd|\\?")
                && !cell.value().contains("://")
                && cell.column().split(" ", -1).length <= 6
                && !cell.column().matches(".*[?!].*");
    }

    private static void cell(Cell key, Cell cell, SourceDocument document, Vocabulary vocabulary, List<Draft> drafts) {
        var label = Label.of(cell.column());
        var name = name(key, vocabulary);
        var phrase = label.phrase();
        if (phrase.isPresent()) {
            var question = Wording.finished("What " + (label.isPlural() ? "are " : "is ") + phrase.get() + " "
                    + (isNamed(key) || !quoted(key) && !label.noun().matches("price|cost|fee|rate")
                            ? label.preposition()
                            : "for")
                    + " " + name);
            boolean elsewhere = isNamed(key)
                    || !Wording.stems(document.title()).isEmpty()
                            && Wording.stems(question).stream().anyMatch(Wording.stems(document.title())::contains);
            drafts.add(Draft.answerable(
                    elsewhere ? question : Wording.underTitle(question, document.title()),
                    cell.value(),
                    document,
                    Draft.Origin.TABLE,
                    3));
        } else if (!cell.column()
                .matches("(?i)from|until|since|to|by|of|unit|value|and|(?:mon|tues|wednes|thurs|fri|satur|sun)day")) {
            drafts.add(Draft.answerable(
                    "What does “" + document.title() + "” list under “" + cell.column() + "” for " + name + "?",
                    cell.value(),
                    document,
                    Draft.Origin.TABLE,
                    2));
        } else if (cell.column().equalsIgnoreCase("value")) {
            drafts.add(Draft.answerable(
                    "What value does “" + document.title() + "” give for “" + key.value() + "”?",
                    cell.value(),
                    document,
                    Draft.Origin.TABLE,
                    2));
        }
    }

    private static boolean isNamed(Cell key) {
        return NAMES.contains(key.column().toLowerCase(Locale.ROOT));
    }

    /** Whether a row's name says what it is without its column's: "Hotel elsewhere", but not "422" or "Full". */
    private static boolean quoted(Cell key) {
        return !isNamed(key) && key.value().matches("\\p{Lu}.* .*");
    }

    private static String name(Cell key, Vocabulary vocabulary) {
        var column = Label.of(key.column()).noun();
        return isNamed(key)
                ? vocabulary.named(key.value())
                : quoted(key) ? "“" + key.value() + "”" : column + " “" + key.value() + "”";
    }

    /** A table of two columns without names: a field and its value. */
    private static void pair(
            String field, String value, SourceDocument document, Vocabulary vocabulary, List<Draft> drafts) {
        LabelRule.question(field, document, vocabulary)
                .filter(question -> value.split(" ", -1).length <= LONGEST_VALUE && !value.equals("00"))
                .filter(question ->
                        !value.contains("@") || field.toLowerCase(Locale.ROOT).matches(".*(?:mail|contact|address).*"))
                .ifPresent(question -> drafts.add(Draft.answerable(question, value, document, Draft.Origin.TABLE, 3)));
    }
}
