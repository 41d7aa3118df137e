package dev.tandem.workspace.trail;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * An answer as the trail keeps it.
 *
 * @param who the person or key that asked; never blank
 * @param channel by which way: {@code ask}, or an address of the server's API
 * @param question as it was asked
 * @param answer as it was given
 * @param abstained whether it was declined
 * @param sources the passages that the answer cites, {@code document#ordinal}
 * @param model what wrote the answer; {@code extractive} where sentences were quoted
 * @param adapter through which adapter, or empty
 * @param configuration the hash of everything that decides answers, as {@link AnswerConfiguration} gives it
 */
public record TrailEntry(
        @JsonProperty("who") String who,
        @JsonProperty("channel") String channel,
        @JsonProperty("question") String question,
        @JsonProperty("answer") String answer,
        @JsonProperty("abstained") boolean abstained,
        @JsonProperty("sources") List<String> sources,
        @JsonProperty("model") String model,
        @JsonProperty("adapter") String adapter,
        @JsonProperty("configuration") String configuration) {
    public TrailEntry {
        sources = List.copyOf(sources);
        if (who.isBlank()) {
            throw new IllegalArgumentException("a record of the trail needs to say who asked");
        }
    }
}
