package dev.tandem.answering.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.answering.prompt.Turn;
import dev.tandem.knowledge.document.Metadata;
import dev.tandem.knowledge.filter.AccessList;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.index.StoredPassage;
import dev.tandem.knowledge.passage.Passage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionRouterTest {
    @TempDir
    Path folder;

    private LucenePassageIndex index;
    private QuestionRouter router;

    @BeforeEach
    void indexAHandbook() {
        index = LucenePassageIndex.open(folder);
        var metadata = new Metadata(Map.of());
        var passage = new Passage(
                "leave.md", 0, "Leave", List.of(), "Employees get 20 weeks of parental leave at full pay.", 0, 12);
        try (var writing = index.write()) {
            writing.replace(
                    new IndexedDocument("leave.md", "/docs", "Leave", metadata, "h", 1, 1, 1),
                    List.of(new StoredPassage(passage, metadata, "h", new float[] {1, 0}, new byte[0])));
            writing.commit(new IndexDescription("test", 2, "test"));
        }
        router = new QuestionRouter(index);
    }

    @AfterEach
    void close() {
        index.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many weeks of parental leave do I get?",
                "Hi, how many weeks of leave do employees get?",
                "Thanks! And how long is parental leave?",
                "What is full pay?",
                "Is it 20 weeks?"
            })
    void questionsForTheDocumentsAreLookedUp(String question) {
        assertThat(route(question).route()).isEqualTo(Route.DOCUMENTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello!", "thank you very much", "Who are you?", "good morning", "Bye!", "hi there"})
    void smallTalkIsAnsweredShortly(String text) {
        assertThat(route(text).route()).isEqualTo(Route.SMALL_TALK);
        assertThat(route(text).reply()).isNotBlank();
    }

    @Test
    void calculationsAreDone() {
        assertThat(route("what is 15% of 230?"))
                .isEqualTo(new QuestionRouter.Routed(Route.ARITHMETIC, "That is 34.5."));
    }

    @Test
    void questionsOnTheConversationAreAnsweredFromItsTurns() {
        var turns = List.of(new Turn("How long is leave?", "20 weeks [1]"), new Turn("At what pay?", "Full pay [1]"));

        assertThat(router.route("What did I ask first?", turns, new Filter.All())
                        .reply())
                .isEqualTo("You asked: \"How long is leave?\"");
        assertThat(router.route("Can you repeat that, please?", turns, new Filter.All())
                        .reply())
                .isEqualTo("Full pay [1]");
        assertThat(route("what did you say?").route()).isEqualTo(Route.CONVERSATION);
    }

    @Test
    void whatTheDocumentsHaveNoWordsOfIsDeclinedWithoutASearch() {
        assertThat(route("Play the newest song of that jazz band"))
                .isEqualTo(new QuestionRouter.Routed(Route.OFF_TOPIC, QuestionRouter.OFF_TOPIC));
    }

    @Test
    void whoMaySeeAPartOnlyLearnsNothingOfTheRestByItsWords() {
        var restricted = AccessList.restrict(new Filter.All(), List.of("ann"));

        assertThat(router.route("Play the newest song of that jazz band", List.of(), restricted)
                        .route())
                .isEqualTo(Route.DOCUMENTS);
    }

    private QuestionRouter.Routed route(String question) {
        return router.route(question, List.of(), new Filter.All());
    }
}
