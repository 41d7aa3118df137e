package dev.tandem.knowledge.retrieval;

import dev.tandem.models.embedding.Encoding;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What was found for a question.
 *
 * @param question as the user asked it
 * @param encoding the question's vectors, for whoever selects sentences next
 * @param passages best first
 * @param timings how long each stage took, by its name: encode, search, rerank, and hop_1, hop_2 of further looks
 * @param hops the further looks that were taken, in order
 * @param remarks sentences for people on how the passages came about, as of a filter that the question named
 */
public record Retrieval(
        String question,
        Encoding encoding,
        List<RetrievedPassage> passages,
        Map<String, Duration> timings,
        List<Hop> hops,
        List<String> remarks) {
    public Retrieval {
        passages = List.copyOf(passages);
        timings = Map.copyOf(timings);
        hops = List.copyOf(hops);
        remarks = List.copyOf(remarks);
    }

    /** What one look found. */
    public Retrieval(
            String question, Encoding encoding, List<RetrievedPassage> passages, Map<String, Duration> timings) {
        this(question, encoding, passages, timings, List.of(), List.of());
    }

    /** The same with other passages. */
    public Retrieval withPassages(List<RetrievedPassage> other) {
        return new Retrieval(question, encoding, other, timings, hops, remarks);
    }
}
