package dev.tandem.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.answering.answer.Answer;
import dev.tandem.answering.citation.Citation;
import dev.tandem.answering.prompt.Prompt;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.filter.Filter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InProcessModelTest {
    private static final String QUESTION = "How long does parental leave last?";

    private Path folder = Path.of("");

    @BeforeAll
    void ingest(@TempDir Path temporary) throws Exception {
        folder = temporary.resolve("kb");
        var documents = Files.createDirectory(temporary.resolve("docs"));
        Files.writeString(documents.resolve("leave.md"), "# Leave\n\nParental leave lasts 26 weeks.\n");
        var saying = new SayingModel(
                List.of("CANNOT", "_ANSWER"),
                List.of("Parental leave lasts", " 26 weeks ", "[1].", " Cats fly", " to the moon", " [1]", "[7]", "!"));
        Workspace.create(folder);
        saying.write(folder.resolve("models/saying"));
        saying.writeAdapter(folder.resolve("adapters/voice"));
        try (var open = new OpenWorkspace(Workspace.at(folder))) {
            open.ingest(List.of(documents), false, Progress.silent());
        }
    }

    private Workspace workspace(String model) throws Exception {
        Files.writeString(folder.resolve(Workspace.SETTINGS_FILE), "model: {provider: in-process, " + model + "}\n");
        return Workspace.at(folder);
    }

    /** A prompt of the model, without any passages. */
    private Prompt opened(String model) throws Exception {
        try (var language = LanguageModel.open(workspace(model))) {
            return language.prompts().build(QUESTION, List.of(), List.of());
        }
    }

    private Answer ask(String model, List<String> pieces) throws Exception {
        try (var open = new OpenWorkspace(workspace(model))) {
            open.answerer();
            return open.answerer().answer(QUESTION, new Filter.All(), pieces::add);
        }
    }

    @Test
    void anAnswerIsStreamedAndItsCitationsAreChecked() throws Exception {
        var pieces = new ArrayList<String>();

        var answer = ask("name: models/saying, adapter: adapters/voice, max_output_tokens: 64", pieces);

        assertThat(String.join("", pieces))
                .isEqualTo("Parental leave lasts 26 weeks [1]. Cats fly to the moon [1][7]!");
        assertThat(pieces).hasSizeGreaterThan(2);
        assertThat(answer.abstained()).isFalse();
        assertThat(answer.citations())
                .singleElement()
                .extracting(Citation::quote)
                .isEqualTo("Parental leave lasts 26 weeks.");
        assertThat(answer.unsupported()).singleElement().asString().contains("Cats fly to the moon");
        assertThat(answer.text()).doesNotContain("[7]");
    }

    @Test
    void withoutItsAdapterTheModelSaysSomethingElse() throws Exception {
        assertThat(ask("name: models/saying, precision: bfloat16", new ArrayList<>())
                        .abstained())
                .isTrue();
    }

    @Test
    void whatIsMissingOrTooLongIsNamed() {
        assertThatThrownBy(() -> opened("name: models/none"))
                .isInstanceOf(MendableException.class)
                .hasMessageContainingAll(
                        folder.resolve("models/none").toString(), "model.name", "tandem model pull OWNER/NAME --out");
        assertThatThrownBy(() -> opened("temperature: 0"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("model.name is missing");
        assertThatThrownBy(() -> opened("name: models/saying, adapter: adapters/none"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining(folder.resolve("adapters/none").toString());
        assertThatThrownBy(() -> opened("name: models/saying, max_output_tokens: 600, context_tokens: 600"))
                .isInstanceOf(MendableException.class)
                .hasMessageContainingAll("model.max_output_tokens is 600", "600 tokens together");
        assertThatThrownBy(() -> opened("name: models/saying, context_tokens: 1200, max_output_tokens: 64"))
                .isInstanceOf(MendableException.class)
                .hasMessageContaining("model.context_tokens");
    }
}
