package dev.tandem.knowledge.filter;

import dev.tandem.knowledge.document.FieldValue;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Who may see a document: those whom its field {@code access} names, users or groups; everybody where it has no such field. A
 * filter that the caller cannot take away, so that whatever is forbidden is left out where passages are looked up, and no
 * answer, quote or count can be made of it.
 */
public final class AccessList {
    /** The metadata field. */
    public static final String FIELD = "access";

    private AccessList() {}

    /** What somebody with these names may see of what a filter lets through. */
    public static Filter restrict(Filter filter, Collection<String> principals) {
        var visible = visible(principals);
        return filter instanceof Filter.All ? visible : new Filter.And(List.of(visible, filter));
    }

    /** What of a restricted filter says who may see; empty for a filter that restricts nobody. */
    public static Optional<Filter> restriction(Filter filter) {
        return switch (filter) {
            case Filter.Not(Filter.Exists(String field)) when field.equals(FIELD) -> Optional.of(filter);
            case Filter.Or(List<Filter> parts)
            when parts.size() == 2 && isNames(parts.getLast()) ->
                restriction(parts.getFirst()).map(open -> filter);
            case Filter.And(List<Filter> parts) -> parts.isEmpty() ? Optional.empty() : restriction(parts.getFirst());
            default -> Optional.empty();
        };
    }

    private static Filter visible(Collection<String> principals) {
        var open = new Filter.Not(new Filter.Exists(FIELD));
        if (principals.isEmpty()) {
            return open;
        }
        List<FieldValue> names = principals.stream()
                .sorted()
                .map(name -> (FieldValue) new FieldValue.Text(name))
                .toList();
        return new Filter.Or(List.of(open, new Filter.In(FIELD, names)));
    }

    private static boolean isNames(Filter filter) {
        return filter instanceof Filter.In(String field, List<FieldValue> names) && field.equals(FIELD);
    }
}
