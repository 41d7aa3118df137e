package dev.tandem.answering.answer;

import dev.tandem.answering.citation.Citation;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The answer to a question.
 *
 * @param text for people, with citation numbers in brackets
 * @param abstained whether the question was declined because the documents do not answer it
 * @param citations what the answer rests on; empty when abstained
 * @param unsupported sentences of the answer that no cited passage supports, as they stand in the text
 * @param retrieved every passage that was considered, best first
 * @param timings how long each stage took, by its name
 * @param trace how it came about
 */
public record Answer(
        String text,
        boolean abstained,
        List<Citation> citations,
        List<String> unsupported,
        List<RetrievedPassage> retrieved,
        Map<String, Duration> timings,
        Trace trace) {
    /** An answer from one look into the documents. */
    public Answer(
            String text,
            boolean abstained,
            List<Citation> citations,
            List<String> unsupported,
            List<RetrievedPassage> retrieved,
            Map<String, Duration> timings) {
        this(text, abstained, citations, unsupported, retrieved, timings, Trace.PLAIN);
    }

    public Answer {
        citations = List.copyOf(citations);
        unsupported = List.copyOf(unsupported);
        retrieved = List.copyOf(retrieved);
        timings = Map.copyOf(timings);
    }
}
