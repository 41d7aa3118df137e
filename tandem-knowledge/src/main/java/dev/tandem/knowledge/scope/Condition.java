package dev.tandem.knowledge.scope;

import dev.tandem.knowledge.document.FieldValue;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import dev.tandem.knowledge.scope.DocumentLabels.Label;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * One thing that a question says of the documents it means.
 *
 * @param filter as the index knows it
 * @param written by which words of the question
 */
record Condition(Filter filter, String written) {
    boolean holds(Label label) {
        return FilterMatcher.matches(filter, label.path(), label.metadata());
    }

    static Condition ofPaths(Collection<Label> labels, String written) {
        return new Condition(
                new Filter.In(
                        Filter.PATH,
                        labels.stream()
                                .map(label -> (FieldValue) new FieldValue.Text(label.path()))
                                .toList()),
                written);
    }

    /** Any of these fields with its value: a department may be a folder too. */
    static Condition ofValues(Collection<DocumentLabels.Value> values, String written) {
        return new Condition(
                any(values.stream()
                        .map(value ->
                                (Filter) new Filter.Comparison(value.field(), Filter.Operator.EQUAL, value.value()))
                        .toList()),
                written);
    }

    /** Any of these fields with a date in the period. */
    static Condition ofDates(Collection<String> fields, Period period, String written) {
        return new Condition(
                any(fields.stream().map(field -> within(field, period)).toList()), written);
    }

    private static Filter within(String field, Period period) {
        var bounds = new ArrayList<Filter>();
        if (!period.from().equals(LocalDate.MIN)) {
            bounds.add(
                    new Filter.Comparison(field, Filter.Operator.GREATER_OR_EQUAL, new FieldValue.Date(period.from())));
        }
        if (!period.to().equals(LocalDate.MAX)) {
            bounds.add(new Filter.Comparison(field, Filter.Operator.LESS_OR_EQUAL, new FieldValue.Date(period.to())));
        }
        return all(bounds);
    }

    static Filter any(List<Filter> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Filter.Or(parts);
    }

    static Filter all(List<Filter> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Filter.And(parts);
    }
}
