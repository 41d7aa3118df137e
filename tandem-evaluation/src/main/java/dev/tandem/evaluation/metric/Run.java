package dev.tandem.evaluation.metric;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a system retrieved: query id to its documents, best first; immutable.
 *
 * <p>Documents are put into trec_eval's order whatever order they come in: by score descending, equal scores by document
 * id descending, ids compared as UTF-8 bytes. Scores are compared in single precision, as trec_eval 9 and pytrec_eval
 * store them (trec_eval 10 compares doubles), so scores that differ only beyond it are ties. A document that a query retrieves twice is refused with {@link
 * IllegalArgumentException}.
 */
public record Run(Map<String, List<ScoredDocument>> rankings) {
    private static final Comparator<ScoredDocument> TREC_EVAL_ORDER = Run::compare;

    public Run {
        Map<String, List<ScoredDocument>> copy = new LinkedHashMap<>();
        rankings.forEach((query, documents) -> copy.put(query, rank(query, documents)));
        rankings = Collections.unmodifiableMap(copy);
    }

    /** The documents retrieved for a query, best first; empty when there are none. */
    public List<ScoredDocument> of(String query) {
        return rankings.getOrDefault(query, List.of());
    }

    private static List<ScoredDocument> rank(String query, List<ScoredDocument> documents) {
        Set<String> seen = HashSet.newHashSet(documents.size());
        for (ScoredDocument document : documents) {
            if (!seen.add(document.document())) {
                throw new IllegalArgumentException(
                        "Document '" + document.document() + "' is retrieved twice for query '" + query + "'");
            }
        }
        return documents.stream().sorted(TREC_EVAL_ORDER).toList();
    }

    private static int compare(ScoredDocument a, ScoredDocument b) {
        float first = (float) a.score();
        float second = (float) b.score();
        // Not Float.compare: it puts 0.0 before -0.0, which are a tie to trec_eval.
        if (first > second) {
            return -1;
        }
        if (first < second) {
            return 1;
        }
        return Arrays.compareUnsigned(b.document().getBytes(UTF_8), a.document().getBytes(UTF_8));
    }
}
