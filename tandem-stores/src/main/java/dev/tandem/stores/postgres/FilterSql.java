package dev.tandem.stores.postgres;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import java.util.ArrayList;
import java.util.List;

/** A filter as a condition on documents, with the meaning that {@code FilterMatcher} defines; every value is a parameter. */
final class FilterSql {
    private final String field;
    private final String document;

    private FilterSql(String field, String document) {
        this.field = field;
        this.document = document;
    }

    /**
     * The condition.
     *
     * @param document the expression of the document's number
     */
    static Sql condition(Tables tables, String document, Filter filter) {
        return new FilterSql(tables.field(), document).condition(filter);
    }

    private Sql condition(Filter filter) {
        return switch (filter) {
            case Filter.All() -> Sql.of("true");
            case Filter.Comparison(String name, Filter.Operator operator, FieldValue value) ->
                operator == Filter.Operator.NOT_EQUAL
                        ? Sql.of("not ").add(compare(name, "=", value))
                        : compare(name, operator.sign(), value);
            case Filter.In(String name, List<FieldValue> values) -> in(name, values);
            case Filter.Contains(String name, String text) ->
                exists(name, Sql.of("f.kind = 't' and strpos(f.text, ?) > 0", storable(FilterMatcher.folded(text))));
            case Filter.Exists(String name) -> name.equals(Filter.PATH) ? Sql.of("true") : exists(name, Sql.of("true"));
            case Filter.And(List<Filter> parts) -> joined(parts, " and ", "true");
            case Filter.Or(List<Filter> parts) -> joined(parts, " or ", "false");
            case Filter.Not(Filter part) -> Sql.of("not ").add(condition(part));
        };
    }

    private Sql joined(List<Filter> parts, String word, String none) {
        if (parts.isEmpty()) {
            return Sql.of(none);
        }
        var all = Sql.of("(");
        for (int i = 0; i < parts.size(); i++) {
            all.add(i == 0 ? "" : word).add(condition(parts.get(i)));
        }
        return all.add(")");
    }

    /** Equal texts are looked for by how they begin first, which an index knows. */
    private Sql compare(String name, String sign, FieldValue value) {
        return exists(
                name,
                switch (value) {
                    case FieldValue.Text(String text) -> {
                        var folded = storable(FilterMatcher.folded(text));
                        yield sign.equals("=")
                                ? Sql.of(
                                        "f.kind = 't' and left(f.text, 64) = left(?, 64) and f.text = ?",
                                        folded,
                                        folded)
                                : Sql.of("f.kind = 't' and f.text " + sign + " ?", folded);
                    }
                    case FieldValue.Numeric(double number) ->
                        Sql.of("f.kind = 'n' and f.number " + sign + " ?", FilterMatcher.unsigned(number));
                    case FieldValue.Date(java.time.LocalDate date) ->
                        Sql.of("f.kind = 'd' and f.day " + sign + " ?", date.toEpochDay());
                    case FieldValue.Flag(boolean flag) -> Sql.of("f.kind = 'b' and f.flag " + sign + " ?", flag);
                });
    }

    /** Any number of values: an array each for texts and numbers. */
    private Sql in(String name, List<FieldValue> values) {
        var texts = new ArrayList<String>();
        var numbers = new ArrayList<Double>();
        var days = new ArrayList<Long>();
        var any = Sql.of("(false");
        for (var value : values) {
            switch (value) {
                case FieldValue.Text(String text) -> texts.add(storable(FilterMatcher.folded(text)));
                case FieldValue.Numeric(double number) -> numbers.add(FilterMatcher.unsigned(number));
                case FieldValue.Date(java.time.LocalDate date) -> days.add(date.toEpochDay());
                case FieldValue.Flag flag -> any.add(" or ").add(compare(name, "=", flag));
            }
        }
        if (!texts.isEmpty()) {
            var wanted = texts.toArray(String[]::new);
            any.add(" or ").add(exists(name, Sql.of("f.kind = 't' and f.text = any (?)", (Object) wanted)));
        }
        if (!numbers.isEmpty()) {
            var wanted = numbers.toArray(Double[]::new);
            any.add(" or ").add(exists(name, Sql.of("f.kind = 'n' and f.number = any (?)", (Object) wanted)));
        }
        if (!days.isEmpty()) {
            var wanted = days.toArray(Long[]::new);
            any.add(" or ").add(exists(name, Sql.of("f.kind = 'd' and f.day = any (?)", (Object) wanted)));
        }
        return any.add(")");
    }

    private Sql exists(String name, Sql condition) {
        return Sql.of(
                        "exists (select from " + field + " f where f.document = " + document + " and f.name = ? and ",
                        storable(name))
                .add(condition)
                .add(")");
    }

    /** PostgreSQL's texts hold every character but the one of code 0. */
    static String storable(String text) {
        return text.replace('\u0000', '\uFFFD');
    }
}
