package dev.tandem.workspace;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.filter.AccessList;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterMatcher;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.injection.Flags;
import dev.tandem.knowledge.retrieval.Retrieval;
import dev.tandem.knowledge.retrieval.Retriever;
import dev.tandem.workspace.settings.Suggestion;
import java.util.SortedSet;
import java.util.TreeSet;

/** Refuses a filter on a field that no document has: it would find nothing, and look as if there were no answer. */
record KnownFields(Retriever retriever, PassageIndex index) implements Retriever {
    @Override
    public Retrieval retrieve(String question, int count, Filter filter) {
        if (!(filter instanceof Filter.All)) {
            check(filter);
        }
        return retriever.retrieve(question, count, filter);
    }

    private void check(Filter filter) {
        var named = FilterMatcher.fields(filter);
        named.remove(AccessList.FIELD);
        if (named.isEmpty()) {
            return;
        }
        var known = known(filter);
        for (var field : named) {
            if (!known.contains(field)) {
                var meant = Suggestion.nearest(field, known)
                        .map(word -> "did you mean " + word + "?")
                        .orElse("there are " + String.join(", ", known) + ".");
                throw new MendableException(
                        "The filter names the field " + field + ", which no document has: " + meant);
            }
        }
    }

    /** The fields of the documents that the caller may see: the name of a field tells of those that it stands in. */
    private SortedSet<String> known(Filter filter) {
        var known = new TreeSet<String>();
        known.add(Filter.PATH);
        // A filter that leaves flagged passages out must also hold where none is flagged.
        known.addAll(Flags.FIELDS);
        try (var snapshot = index.snapshot()) {
            var restriction = AccessList.restriction(filter);
            if (restriction.isEmpty()) {
                known.addAll(snapshot.fields());
            } else {
                snapshot.documents().stream()
                        .filter(document ->
                                FilterMatcher.matches(restriction.get(), document.path(), document.metadata()))
                        .forEach(document ->
                                known.addAll(document.metadata().fields().keySet()));
            }
        }
        return known;
    }
}
