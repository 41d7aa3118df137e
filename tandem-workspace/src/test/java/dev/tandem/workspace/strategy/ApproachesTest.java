package dev.tandem.workspace.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.tandem.evaluation.metric.fact.AttributeSheet;
import dev.tandem.evaluation.metric.fact.FactCheck;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.passage.Passage;
import dev.tandem.workspace.OpenWorkspace;
import dev.tandem.workspace.SayingModel;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.settings.ModelSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApproachesTest {
    private static final String QUESTION = "How long does parental leave last?";

    private Path folder = Path.of("");

    @BeforeAll
    void makeWorkspace(@TempDir Path temporary) throws Exception {
        folder = temporary;
        var documents = Files.createDirectory(folder.resolve("docs"));
        Files.writeString(documents.resolve("leave.md"), "# Leave\n\nParental leave lasts 26 weeks.\n");
        Workspace.create(folder.resolve("kb"));
        var saying = new SayingModel(
                List.of("I do not know."), List.of("Parental leave lasts", " 26 weeks ", "[1].", " Hei Ada!"));
        saying.write(folder.resolve("saying"));
        saying.writeAdapter(folder.resolve("voice"));
        try (var open = new OpenWorkspace(Workspace.at(folder.resolve("kb")))) {
            open.ingest(List.of(documents), false, Progress.silent());
        }
        var lines = new StringBuilder();
        var items = List.of("Ulv boots", "Tind tent", "Varde harness", "Nordlys lamp", "Skarn stove", "Line rope");
        for (var name : List.of("Ada", "Bram", "Cleo", "Dag", "Elin", "Farid", "Greta", "Hugo")) {
            int number = lines.length() / 7;
            var item = items.get(number % items.size());
            lines.append(
                    ("{\"messages\": [{\"role\": \"system\", \"content\": \"Be kind.\"}, {\"role\": \"user\", \"content\":"
                                    + " \"refund(name=%s; item=%s; amount=%d)\"}, {\"role\": \"assistant\", \"content\": \"Hei %s!\"}]}\n")
                            .formatted(name, item, 10 + number % 90, name));
        }
        Files.writeString(folder.resolve("training.jsonl"), lines);
    }

    private OpenWorkspace open(String settings) throws Exception {
        Files.writeString(folder.resolve("kb").resolve(Workspace.SETTINGS_FILE), settings);
        return new OpenWorkspace(Workspace.at(folder.resolve("kb")));
    }

    private StrategyModels models(Optional<Path> prompt) {
        return new StrategyModels(
                folder.resolve("saying"),
                Optional.of(folder.resolve("voice")),
                Optional.of(folder.resolve("training.jsonl")),
                3,
                prompt.map(HybridOptions::prompted).orElse(HybridOptions.DEFAULT));
    }

    private StrategyAnswer ask(OpenWorkspace workspace, StrategyModels models, String name, String question) {
        try (var strategy = new Approaches(workspace, models).open(name)) {
            return strategy.answer(new TestCase(
                    "q",
                    question,
                    List.of(),
                    List.of(),
                    QuestionType.ANSWERABLE,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true));
        }
    }

    @Test
    void theUntouchedModelDeclinesAndTheTunedOneAnswersBothWithoutDocuments() throws Exception {
        try (var workspace = open("")) {
            var base = ask(workspace, models(Optional.empty()), Approaches.BASE, QUESTION);
            assertThat(base.text()).isEqualTo("I do not know.");
            assertThat(base.abstained()).isTrue();
            assertThat(base.promptTokens()).isPositive();

            var tuned = ask(workspace, models(Optional.empty()), Approaches.FINE_TUNED, QUESTION);
            assertThat(tuned.text()).startsWith("Parental leave lasts 26 weeks");
            assertThat(tuned.abstained()).isFalse();
            assertThat(tuned.citations()).isEmpty();
        }
    }

    @Test
    void withoutALanguageModelAHybridAnswersFromDocumentsWhatIsNotOfTheKindThatItWasTunedOn() throws Exception {
        try (var workspace = open("")) {
            var fromDocuments = ask(workspace, models(Optional.empty()), Approaches.HYBRID, QUESTION);
            assertThat(fromDocuments.timings()).containsKeys("search", "route").doesNotContainKey("model");
            assertThat(fromDocuments.citations()).isNotEmpty();

            var fromModel = ask(
                    workspace,
                    models(Optional.empty()),
                    Approaches.HYBRID,
                    "refund(name=Olga; item=Tind poles; amount=30)");
            assertThat(fromModel.timings()).containsKeys("model", "route").doesNotContainKey("search");
            assertThat(fromModel.text()).contains("Hei Ada!");
        }
    }

    @Test
    void whereTandemYamlNamesAModelTheHybridPutsTheAdapterOnWhatReadsThePassages() throws Exception {
        try (var workspace = open(
                "model: {provider: in-process, name: " + folder.resolve("saying") + ", max_output_tokens: 64}\n")) {
            var hybrid = ask(workspace, models(Optional.empty()), Approaches.HYBRID, QUESTION);
            assertThat(hybrid.citations())
                    .extracting(StrategyAnswer.CitedQuote::document)
                    .containsExactly("leave.md");
            assertThat(ask(workspace, models(Optional.empty()), Approaches.RAG, QUESTION)
                            .text())
                    .doesNotContain("26 weeks");
        }
    }

    @Test
    void anAnswerThatDoesNotSayTheAttributesIsDrawnAgainAndOneThatDoesIsNot() throws Exception {
        try (var model = LocalModel.open(folder.resolve("saying"), Optional.empty(), ModelSettings.DEFAULTS)) {
            var turns = ModelStrategy.turns(Optional.empty(), QUESTION);
            var once = model.ask(turns);
            var choice = new FactChoice(new FactCheck(List.of()), 4);
            var wanted = sheet(once.text());
            assertThat(choice.choose(model, turns, wanted)).isEqualTo(once);
            var drawn = choice.choose(model, turns, sheet("something that it never says"));
            assertThat(drawn.promptTokens()).isEqualTo(4 * once.promptTokens());
            assertThat(choice.choose(model, turns, new AskedAttributes(List.of())))
                    .isEqualTo(once);
        }
    }

    /** Asks for one value alone, under a name that is no word. */
    private static AskedAttributes sheet(String value) {
        return new AskedAttributes(
                List.of(new AttributeSheet("", List.of(new AttributeSheet.Attribute("text", value)))));
    }

    @Test
    void aPromptOfOnesOwnIsFilledWithWhatWasRetrieved() throws Exception {
        var prompt = Files.writeString(folder.resolve("prompt.txt"), "{passages}\n");
        try (var workspace = open("")) {
            var answer = ask(workspace, models(Optional.of(prompt)), Approaches.HYBRID, QUESTION);
            assertThat(answer.passages()).isNotEmpty();
            assertThat(answer.timings()).containsKeys("retrieve", "model");
            assertThat(answer.text()).startsWith("Parental leave lasts");
        }
        assertThat(new HybridPrompt("{passages}|{question}")
                        .fill(
                                "a {passages} b",
                                List.of(new Passage("leave.md", 0, "Leave", List.of(), "p {question}", 0, 3))))
                .isEqualTo("p {question}|a {passages} b");
        var none = Files.writeString(folder.resolve("none.txt"), "Say {question}");
        assertThatThrownBy(() -> HybridPrompt.read(none))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("{passages}");
    }

    @Test
    void examplesBeforeAQuestionAreTheNearestTheNearestLastAndNoMoreThanFit() throws Exception {
        var training = Files.writeString(
                folder.resolve("long.jsonl"),
                example("How much is a tent?", 200)
                        + example("How much is a stove, and a rope?", 9_000)
                        + example("How much is a red tent?", 9_000)
                        + example("When do you open on Sundays?", 10));
        try (var workspace = open("");
                var model = LocalModel.open(
                        folder.resolve("saying"),
                        Optional.empty(),
                        workspace.workspace().settings().model())) {
            var prompts = TrainingPrompts.read(training, workspace.encoder());
            var turns = new FewShotStrategy(model, prompts, 3, "").turns("How much is a red tent now?");
            assertThat(model.fits(turns)).isTrue();
            assertThat(turns.stream()
                            .filter(UserMessage.class::isInstance)
                            .map(turn -> ((UserMessage) turn).singleText()))
                    .containsExactly("How much is a tent?", "How much is a red tent?", "How much is a red tent now?");
        }
    }

    private static String example(String question, int characters) {
        return "{\"prompt\": \"" + question + "\", \"completion\": \"" + "x".repeat(characters) + "\"}\n";
    }

    @Test
    void aModelDeclinesInAFewKnownWordsAtItsBeginning() {
        assertThat(List.of("", "  ", "I don't know.", "I'm sorry, no.", "Sorry, I do not have that.", "CANNOT_ANSWER"))
                .allMatch(Declining::is);
        assertThat(List.of("Ten days. I do not know more.", "Unknowns are x and y", "No. 7 is open", "Sort it"))
                .noneMatch(Declining::is);
    }
}
