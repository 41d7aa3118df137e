package dev.tandem.knowledge.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.models.embedding.Encoding;
import dev.tandem.models.embedding.TokenVectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RerankingRetrieverTest {
    private final List<String> read = new ArrayList<>();

    /** Prefers what is longest. */
    private final ScoringModel model = new ScoringModel() {
        @Override
        public Response<List<Double>> scoreAll(List<TextSegment> segments, String question) {
            segments.forEach(segment -> read.add(segment.text()));
            return Response.from(segments.stream()
                    .map(segment -> (double) segment.text().length())
                    .toList());
        }
    };

    private static Retriever finding(int passages) {
        return (question, count, filter) -> new Retrieval(
                question,
                new Encoding(new float[] {1}, TokenVectors.NONE),
                IntStream.range(0, Math.min(count, passages))
                        .mapToObj(i -> new RetrievedPassage(
                                new Passage("d.md", i, "Title", List.of("Head"), "x".repeat(i), 0, 1),
                                Metadata.EMPTY,
                                100 - i,
                                0.5))
                        .toList(),
                Map.of("rerank", Duration.ofMillis(1)));
    }

    @Test
    void theModelsScoresDecideAmongMoreThanAreAskedFor() {
        var found = new RerankingRetriever(finding(9), model, 5).retrieve("q", 2, new Filter.All());
        assertThat(found.passages())
                .extracting(passage -> passage.passage().ordinal())
                .containsExactly(4, 3);
        assertThat(found.passages().getFirst().score()).isEqualTo("Title\nHead\nxxxx".length());
        assertThat(found.passages().getFirst().cosine()).isEqualTo(0.5);
        assertThat(found.timings().get("rerank")).isGreaterThan(Duration.ofMillis(1));
        assertThat(read).hasSize(5).contains("Title\nHead\nxxxx", "Title\nHead");
    }

    @Test
    void whoAsksForMoreThanTheCandidatesGetsAllOfThemRanked() {
        var found = new RerankingRetriever(finding(9), model, 5).retrieve("q", 8, new Filter.All());
        assertThat(found.passages())
                .extracting(passage -> passage.passage().ordinal())
                .containsExactly(7, 6, 5, 4, 3, 2, 1, 0);
    }

    @Test
    void nothingFoundAsksNoModel() {
        assertThat(new RerankingRetriever(finding(0), model, 5)
                        .retrieve("q", 3, new Filter.All())
                        .passages())
                .isEmpty();
        assertThat(read).isEmpty();
    }
}
