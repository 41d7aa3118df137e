package dev.tandem.knowledge.scope;

import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.knowledge.passage.Stems;
import dev.tandem.knowledge.retrieval.Retrieval;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import dev.tandem.knowledge.retrieval.Retriever;
import dev.tandem.knowledge.scope.QuestionScope.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks only into the documents that a question names ("in the 2024 travel policy"), within what the caller's own filter lets
 * through. Where these hold nothing, or nothing nearly as near to what is asked as others do, all are searched for that after all.
 * What was done is said in {@link Retrieval#remarks}. Safe for use by many threads if its parts are.
 */
public final class ScopedRetriever implements Retriever {
    /** Passages of which the middle one shows how near to the question such are that do not answer it. */
    private static final int USUAL = 50;

    /** How far the best passage of the named documents must be on the way from the usual one to the best of all. */
    private static final double NEAR = 1 / 3.0;

    /** A question of fewer words beside the names asks for nothing that could be compared. */
    private static final int FEWEST_WORDS = 2;

    private static final int LOOKED_AT = 3;
    private static final int LONGEST_SHOWN = 240;

    private final Retriever retriever;
    private final Retriever oneLook;
    private final PassageIndex index;
    private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

    private record Kept(long version, DocumentLabels labels) {}

    /**
     * Makes a retriever.
     *
     * @param retriever finds the passages
     * @param oneLook finds what to compare them with; the same, or one that looks less often
     */
    public ScopedRetriever(Retriever retriever, Retriever oneLook, PassageIndex index) {
        this.retriever = retriever;
        this.oneLook = oneLook;
        this.index = index;
    }

    /** Whether a question is written like one that names documents, whichever there are. */
    public static boolean mayName(String question) {
        return !Phrase.candidates(question).isEmpty();
    }

    @Override
    public Retrieval retrieve(String question, int count, Filter filter) {
        // Most questions name no documents: for those the index is not asked what there is.
        var named = mayName(question) ? QuestionScope.of(question, labels(), filter) : Optional.<Scope>empty();
        if (named.isEmpty()) {
            return retriever.retrieve(question, count, filter);
        }
        var scope = named.get();
        if (scope.filter() instanceof Filter.All) {
            return remarked(question, retriever.retrieve(question, count, filter), scope.remarks());
        }
        var narrowed = retriever.retrieve(question, count, both(filter, scope.filter()));
        if (narrowed.passages().isEmpty() || !holdAnswer(scope, filter)) {
            var remark =
                    "The question names " + quoted(scope) + ", where nothing answers it: all documents were searched.";
            // As it is written: of a vague question the name may be all that leads to the answer.
            return remarked(question, retriever.retrieve(question, count, filter), List.of(remark));
        }
        var remarks = new ArrayList<>(scope.remarks());
        remarks.add(
                "Only what the question names, " + quoted(scope) + ", was searched: " + shown(scope.filter()) + ".");
        return remarked(question, narrowed, remarks);
    }

    /**
     * Whether the best passage of the named documents is well above the usual one, on the scale of the best of all, by what is asked
     * apart from the names: passages that hold the name are near to a question that does, whatever else it asks.
     */
    private boolean holdAnswer(Scope scope, Filter filter) {
        if (!asksMore(scope)) {
            return true;
        }
        var named = oneLook.retrieve(scope.asked(), LOOKED_AT, both(filter, scope.filter()));
        var all = oneLook.retrieve(scope.asked(), USUAL, filter).passages();
        if (all.isEmpty()) {
            return true;
        }
        var near = all.stream().mapToDouble(RetrievedPassage::cosine).sorted().toArray();
        double usual = near[near.length / 2];
        return nearest(named) >= usual + NEAR * (near[near.length - 1] - usual);
    }

    private static boolean asksMore(Scope scope) {
        return Stems.of(scope.asked()).size() >= FEWEST_WORDS;
    }

    /** The caller's filter stays in front, where access lists are looked for. */
    private static Filter both(Filter filter, Filter scope) {
        return filter instanceof Filter.All ? scope : new Filter.And(List.of(filter, scope));
    }

    private static double nearest(Retrieval retrieval) {
        return retrieval.passages().stream()
                .limit(LOOKED_AT)
                .mapToDouble(RetrievedPassage::cosine)
                .max()
                .orElse(-1);
    }

    private static Retrieval remarked(String question, Retrieval retrieval, List<String> remarks) {
        var all = new ArrayList<>(remarks);
        all.addAll(retrieval.remarks());
        return new Retrieval(
                question, retrieval.encoding(), retrieval.passages(), retrieval.timings(), retrieval.hops(), all);
    }

    private static String quoted(Scope scope) {
        return scope.named().stream().map(words -> "\"" + words + "\"").collect(Collectors.joining(" and "));
    }

    private static String shown(Filter filter) {
        var text = filter.describe();
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
    }

    private DocumentLabels labels() {
        try (var snapshot = index.snapshot()) {
            OptionalLong version = snapshot.version();
            var known = kept.get();
            if (known != null && version.isPresent() && known.version() == version.getAsLong()) {
                return known.labels();
            }
            var labels = DocumentLabels.of(snapshot.documents());
            version.ifPresent(number -> kept.set(new Kept(number, labels)));
            return labels;
        }
    }
}
