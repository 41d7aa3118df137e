package dev.tandem.knowledge.index;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.filter.Filter;
import java.util.List;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Operations;

/** Filters as Lucene queries, with the meaning that {@code FilterMatcher} defines. */
final class FilterQueries {
    private FilterQueries() {}

    static Query query(Filter filter) {
        return switch (filter) {
            case Filter.All() -> MatchAllDocsQuery.INSTANCE;
            case Filter.Comparison comparison ->
                comparison.operator() == Filter.Operator.NOT_EQUAL
                        ? not(compare(comparison.field(), Filter.Operator.EQUAL, comparison.value()))
                        : compare(comparison.field(), comparison.operator(), comparison.value());
            case Filter.In(String field, List<FieldValue> values) ->
                any(values.stream()
                        .map(value -> compare(field, Filter.Operator.EQUAL, value))
                        .toList());
            case Filter.Contains(String field, String text) -> contains(field, PassageFields.lower(text));
            case Filter.Exists(String field) ->
                field.equals(Filter.PATH)
                        ? MatchAllDocsQuery.INSTANCE
                        : new TermQuery(new Term(PassageFields.HAS, field));
            case Filter.And(List<Filter> parts) -> {
                var all = new BooleanQuery.Builder();
                parts.forEach(part -> all.add(query(part), Occur.FILTER));
                yield parts.isEmpty() ? MatchAllDocsQuery.INSTANCE : all.build();
            }
            case Filter.Or(List<Filter> parts) ->
                any(parts.stream().map(FilterQueries::query).toList());
            case Filter.Not(Filter part) -> not(query(part));
        };
    }

    private static Query compare(String field, Filter.Operator operator, FieldValue value) {
        return switch (value) {
            case FieldValue.Text text -> compareText(textField(field), operator, PassageFields.lower(text.value()));
            case FieldValue.Numeric number -> {
                double bound = number.value();
                yield DoublePoint.newRangeQuery(
                        "n:" + field,
                        switch (operator) {
                            case GREATER -> DoublePoint.nextUp(bound);
                            case EQUAL, GREATER_OR_EQUAL -> bound;
                            default -> Double.NEGATIVE_INFINITY;
                        },
                        switch (operator) {
                            case LESS -> DoublePoint.nextDown(bound);
                            case EQUAL, LESS_OR_EQUAL -> bound;
                            default -> Double.POSITIVE_INFINITY;
                        });
            }
            case FieldValue.Date date -> {
                long day = date.value().toEpochDay();
                yield LongPoint.newRangeQuery(
                        "d:" + field,
                        switch (operator) {
                            case GREATER -> day + 1;
                            case EQUAL, GREATER_OR_EQUAL -> day;
                            default -> Long.MIN_VALUE;
                        },
                        switch (operator) {
                            case LESS -> day - 1;
                            case EQUAL, LESS_OR_EQUAL -> day;
                            default -> Long.MAX_VALUE;
                        });
            }
            case FieldValue.Flag flag -> compareText("b:" + field, operator, Boolean.toString(flag.value()));
        };
    }

    private static Query compareText(String field, Filter.Operator operator, String bound) {
        return switch (operator) {
            case EQUAL, NOT_EQUAL ->
                field.equals(PassageFields.DOCUMENT)
                        ? new AutomatonQuery(new Term(field, bound), ignoringCase(bound))
                        : new TermQuery(new Term(field, bound));
            case LESS -> TermRangeQuery.newStringRange(field, null, bound, true, false);
            case LESS_OR_EQUAL -> TermRangeQuery.newStringRange(field, null, bound, true, true);
            case GREATER -> TermRangeQuery.newStringRange(field, bound, null, false, true);
            case GREATER_OR_EQUAL -> TermRangeQuery.newStringRange(field, bound, null, true, true);
        };
    }

    private static Query contains(String field, String text) {
        var name = textField(field);
        var inner = field.equals(Filter.PATH) ? ignoringCase(text) : Automata.makeString(text);
        var anything = Automata.makeAnyString();
        var automaton = Operations.determinize(
                Operations.concatenate(List.of(anything, inner, anything)), Operations.DEFAULT_DETERMINIZE_WORK_LIMIT);
        return new AutomatonQuery(new Term(name, text), automaton);
    }

    /** Paths keep their case in the index, because they name documents; filters do not ask for it. */
    private static org.apache.lucene.util.automaton.Automaton ignoringCase(String text) {
        return Operations.concatenate(text.codePoints()
                .mapToObj(c ->
                        Operations.union(List.of(Automata.makeChar(c), Automata.makeChar(Character.toUpperCase(c)))))
                .toList());
    }

    private static String textField(String field) {
        return field.equals(Filter.PATH) ? PassageFields.DOCUMENT : "t:" + field;
    }

    private static Query any(List<Query> queries) {
        var any = new BooleanQuery.Builder();
        queries.forEach(query -> any.add(query, Occur.SHOULD));
        return any.build();
    }

    private static Query not(Query query) {
        return new BooleanQuery.Builder()
                .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
                .add(query, Occur.MUST_NOT)
                .build();
    }
}
