package dev.tandem.server.access;

import dev.tandem.knowledge.filter.AccessList;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import dev.tandem.knowledge.index.IndexedDocument;
import java.util.List;
import java.util.Set;

/**
 * Who asks.
 *
 * @param name as audit trail and logs call it: the key's name, or {@code local} where there are no keys
 * @param id the key's id, which limits are counted by
 * @param principals for which documents may be seen: user and group names
 */
public record Caller(String name, String id, Role role, Set<String> principals) {
    /** Whoever sits at the machine, where no keys are made. */
    public static final Caller LOCAL = new Caller("local", "local", Role.ADMIN, Set.of());

    public Caller {
        principals = Set.copyOf(principals);
    }

    /** What this caller may see of what a filter lets through; who administers the workspace sees all of it. */
    public Filter visible(Filter filter) {
        return role == Role.ADMIN ? filter : AccessList.restrict(filter, principals);
    }

    /** Those of some documents that this caller may see. */
    public List<IndexedDocument> visible(List<IndexedDocument> documents) {
        var filter = visible(new Filter.All());
        return documents.stream()
                .filter(document -> FilterMatcher.matches(filter, document.path(), document.metadata()))
                .toList();
    }
}
