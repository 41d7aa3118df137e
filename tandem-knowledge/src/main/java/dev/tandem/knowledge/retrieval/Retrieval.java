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
 * @param timings how long each stage took, by its name: encode, search, rerank
 */
public record Retrieval(
        String question, Encoding encoding, List<RetrievedPassage> passages, Map<String, Duration> timings) {
    public Retrieval {
        passages = List.copyOf(passages);
        timings = Map.copyOf(timings);
    }
}
