package dev.tandem.tuning.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.foundation.MendableException;
import dev.tandem.models.prompt.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
    private static final Path BASE = Path.of("../tandem-decoder/src/test/resources/models/qwen2");
    private static final String CHAT =
            "{\"messages\": [{\"role\": \"system\", \"content\": \"s\"}, {\"role\": \"user\", \"content\": \"hi\\nthere\"},"
                    + " {\"role\": \"assistant\", \"content\": \"yes\"}]}\n";

    @TempDir
    private Path folder = Path.of("");

    private Tokenizer tokenizer = Tokenizer.open(BASE);

    @BeforeEach
    void open() {
        tokenizer = Tokenizer.open(BASE);
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @Test
    void theSameExampleIsTheSameTokensInEveryForm() throws IOException {
        var chat = read(CHAT);
        for (var same : Map.of(
                        "Alpaca",
                        "[{\"instruction\": \"hi\", \"input\": \"there\", \"output\": \"yes\", \"system\": \"s\"}]",
                        "ShareGPT",
                        "{\"conversations\": [{\"from\": \"system\", \"value\": \"s\"}, {\"from\": \"human\", \"value\":"
                                + " \"hi\\nthere\"}, {\"from\": \"gpt\", \"value\": \"yes\"}]}",
                        "pairs",
                        "{\"prompt\": [{\"role\": \"system\", \"content\": \"s\"}, {\"role\": \"user\", \"content\":"
                                + " \"hi\\nthere\"}], \"chosen\": \"yes\", \"rejected\": \"no\"}")
                .entrySet()) {
            var read = read(same.getValue());
            assertThat(read.examples()).as(same.getKey()).hasSize(1);
            assertThat(read.examples().getFirst().ids())
                    .as(same.getKey())
                    .isEqualTo(chat.examples().getFirst().ids());
            assertThat(read.examples().getFirst().learned())
                    .as(same.getKey())
                    .isEqualTo(chat.examples().getFirst().learned());
        }
    }

    @Test
    void promptsAndTextsAreTakenWithoutTheTemplate() throws IOException {
        var completion = read("{\"prompt\": \"say \", \"completion\": \"yes\"}\n")
                .examples()
                .getFirst();
        var answer = tokenizer.encode("yes", false);
        assertThat(completion.length()).isEqualTo(tokenizer.encode("say ", true).length + answer.length + 1);
        assertThat(completion.learnedTokens()).isEqualTo(answer.length + 1);
        var text = read("{\"text\": \"say yes\"}\n").examples().getFirst();
        assertThat(text.learnedTokens()).isEqualTo(text.length() - 1);
    }

    @Test
    void whatCannotBeLearnedIsNamedWithItsLine() throws IOException {
        var calls = "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"},"
                + " {\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"1\"}]}]}\n";
        var weightless = "{\"messages\": [{\"role\": \"assistant\", \"content\": \"a\", \"weight\": 0}]}\n";
        var image = "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"a\"},"
                + " {\"type\": \"image_url\"}]}, {\"role\": \"assistant\", \"content\": \"a\"}]}\n";
        for (var each : Map.of(calls, "calls tools", weightless, "to be learned", image, "more than text")
                .entrySet()) {
            assertThatThrownBy(() -> read(CHAT + each.getKey()))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContainingAll("line 2", each.getValue());
        }
    }

    private Dataset read(String text) throws IOException {
        return Dataset.read(Files.writeString(folder.resolve("data.jsonl"), text), tokenizer, 200);
    }
}
