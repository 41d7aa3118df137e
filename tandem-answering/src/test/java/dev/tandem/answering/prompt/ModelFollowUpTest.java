package dev.tandem.answering.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.knowledge.retrieval.FollowUp;
import dev.tandem.knowledge.retrieval.Hop;
import dev.tandem.knowledge.retrieval.RetrievedPassage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFollowUpTest {
    private static final String QUESTION = "What does the winner of the wind test cost?";

    private final List<ChatRequest> asked = new ArrayList<>();

    @Test
    void looksForWhatTheModelAsksFor() {
        assertThat(next("<think>It was the Skarn.</think>\nprice of the Skarn Expedition", List.of()))
                .map(FollowUp.Query::text)
                .contains("price of the Skarn Expedition");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENOUGH", "", "  ", "two\nlines", "what does the winner of the wind test cost?"})
    void stopsAtAReplyThatIsNoNewQuery(String reply) {
        assertThat(next(reply, List.of())).isEmpty();
    }

    @Test
    void stopsWhenAQueryIsRepeated() {
        assertThat(next("price", List.of(new Hop("Price", "", List.of())))).isEmpty();
    }

    @Test
    void passagesStandBetweenBoundariesAsData() {
        next("ENOUGH", List.of());

        var system = ((SystemMessage) asked.getFirst().messages().getFirst()).text();
        var user = ((UserMessage) asked.getFirst().messages().getLast()).singleText();
        var boundary = user.replaceAll("(?s).*<<(DATA-[0-9a-f]+)\n.*", "$1");
        assertThat(system).contains("<<" + boundary).doesNotContain("{{");
        assertThat(user)
                .contains("Skarn Expedition won", boundary + ">>", QUESTION)
                .doesNotContain("{{");
    }

    private Optional<FollowUp.Query> next(String reply, List<Hop> before) {
        var model = new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                asked.add(request);
                return ChatResponse.builder().aiMessage(AiMessage.from(reply)).build();
            }
        };
        var passage = new Passage("test.md", 0, "Test", List.of(), "The Skarn Expedition won.", 0, 5);
        return new ModelFollowUp(model)
                .next(QUESTION, List.of(new RetrievedPassage(passage, Metadata.EMPTY, 1, 1)), before, new Filter.All());
    }
}
