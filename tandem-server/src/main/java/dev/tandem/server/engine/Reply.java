package dev.tandem.server.engine;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.tandem.answering.citation.Citation;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a model answered.
 *
 * @param text whole; where it differs from the pieces that were sent, it counts
 * @param abstained whether the question was declined
 * @param citations what the text rests on; empty without retrieval
 * @param unsupported sentences that no cited passage supports
 * @param retrieved what was found, best first; empty without retrieval
 * @param toolCalls what the model asks its caller to do
 * @param ending why it ended
 * @param promptTokens that were read, by the model's own count where it has one
 * @param answerTokens that were written
 * @param timings of the stages, by name
 */
public record Reply(
        String text,
        boolean abstained,
        List<Citation> citations,
        List<String> unsupported,
        List<RetrievedPassage> retrieved,
        List<ToolExecutionRequest> toolCalls,
        Ending ending,
        int promptTokens,
        int answerTokens,
        Map<String, Duration> timings) {
    public Reply {
        citations = List.copyOf(citations);
        unsupported = List.copyOf(unsupported);
        retrieved = List.copyOf(retrieved);
        toolCalls = List.copyOf(toolCalls);
        timings = Map.copyOf(timings);
    }

    /** Why a reply ended. */
    public enum Ending {
        STOP,
        LENGTH,
        TOOL_CALLS,
        CONTENT_FILTER
    }
}
