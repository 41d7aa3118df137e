package dev.tandem.tuning.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.models.prompt.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tokens are learned, where others went wrong: ends, masks, and the border between prompt and completion. */
class LearnedTokensTest {
    private static final Path CHARACTERS = Path.of("../tandem-decoder/src/test/resources/models/qwen2");
    private static final Path MERGING = Path.of("../tandem-models/src/test/resources/tokenizers/byte-level");
    private static final int END = 4;

    @TempDir
    private Path folder;

    @Test
    void theEndIsLearnedThoughPaddingIsTheSameToken() throws IOException {
        Files.copy(CHARACTERS.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
        var settings = Files.readString(CHARACTERS.resolve("tokenizer_config.json"))
                .replace("\"pad_token\": \"<pad>\"", "\"pad_token\": \"<|im_end|>\"");
        assertThat(settings).contains("\"pad_token\": \"<|im_end|>\"");
        Files.writeString(folder.resolve("tokenizer_config.json"), settings);

        // A file has one form.
        var examples = new ArrayList<TokenExample>();
        for (var line : List.of(
                "{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\", \"content\": \"yes\"}]}",
                "{\"prompt\": \"abcdefghijklmnopqrstuvwxyz\", \"completion\": \"no\"}",
                "{\"text\": \"all\"}")) {
            examples.addAll(read(folder, line));
        }

        var ends = new ArrayList<Long>();
        for (var example : examples) {
            var batch = Batch.pack(List.of(example), 64);
            ends.add(Arrays.stream(batch.targets()[0])
                    .filter(target -> target == END)
                    .count());
        }
        assertThat(ends).containsExactly(1L, 1L, 1L);
        // In a batch with padding behind the shorter rows, the same targets and no more.
        var together = Batch.pack(examples, 30);
        assertThat(together.rows()).isGreaterThan(1);
        assertThat(Arrays.stream(together.targets())
                        .flatMapToLong(Arrays::stream)
                        .filter(target -> target == END))
                .hasSize(3);
        assertThat(together.learnedTokens())
                .isEqualTo(
                        examples.stream().mapToInt(TokenExample::learnedTokens).sum());
    }

    @Test
    void whatIsLearnedIsTheAnswersWithTheirEndsThoughTheTemplateMarksNothing() throws IOException {
        var example = read(CHARACTERS, """
                        {"messages": [{"role": "system", "content": "be brief"}, {"role": "user", "content": "q"}, \
                        {"role": "assistant", "content": "one"}, {"role": "user", "content": "r"}, \
                        {"role": "assistant", "content": "two", "weight": 0}, {"role": "user", "content": "s"}, \
                        {"role": "assistant", "content": "three"}]}""").getFirst();

        try (var tokenizer = Tokenizer.open(CHARACTERS)) {
            assertThat(learned(example)).isEqualTo(tokenizer.encode("one<|im_end|>three<|im_end|>", false));
            // The whole is what the template says, whatever is learned of it.
            assertThat(tokenizer.decode(example.ids()))
                    .isEqualTo(
                            "system\nbe brief\nuser\nq\nassistant\none\nuser\nr\nassistant\ntwo\nuser\ns\nassistant\nthree\n");
        }
    }

    @Test
    void aTemplateThatRewritesEarlierAnswersGivesAnExampleATurn() throws IOException {
        Files.copy(CHARACTERS.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
        // As templates of models that think: what was thought is dropped from all answers but the last.
        Files.writeString(folder.resolve("tokenizer_config.json"), """
                {"eos_token": "<|im_end|>", "chat_template": "{% for m in messages %}<|im_start|>{{ m.role }}:\
                {{ m.content if loop.last else m.content.split('/')[-1] }}<|im_end|>{% endfor %}\
                {% if add_generation_prompt %}<|im_start|>assistant:{% endif %}"}""");

        var examples = read(folder, """
                {"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "hm/one"}, \
                {"role": "user", "content": "r"}, {"role": "assistant", "content": "so/two"}]}""");

        try (var tokenizer = Tokenizer.open(folder)) {
            assertThat(examples).hasSize(2);
            assertThat(learned(examples.get(0))).isEqualTo(tokenizer.encode("hm/one<|im_end|>", false));
            assertThat(learned(examples.get(1))).isEqualTo(tokenizer.encode("so/two<|im_end|>", false));
            assertThat(tokenizer.decode(examples.get(1).ids())).isEqualTo("user:qassistant:oneuser:rassistant:so/two");
        }
    }

    @Test
    void aPromptHasTheTokensThatTheModelWillSeeThoughOthersWouldSpanItsBorder() throws IOException {
        try (var tokenizer = Tokenizer.open(MERGING)) {
            var example = read(MERGING, "{\"prompt\": \"the t\", \"completion\": \"ent is dry\"}")
                    .getFirst();

            var prompt = tokenizer.encode("the t", true);
            assertThat(Arrays.copyOf(tokenizer.encode("the tent is dry", true), prompt.length))
                    .as("the trap is there: together the texts have other tokens")
                    .isNotEqualTo(prompt);
            assertThat(Arrays.copyOf(example.ids(), prompt.length)).isEqualTo(prompt);
            assertThat(learned(example))
                    .isEqualTo(IntStream.concat(
                                    Arrays.stream(tokenizer.encode("ent is dry", false)), IntStream.of(tokenizer.end()))
                            .toArray());
        }
    }

    private List<TokenExample> read(Path model, String... lines) throws IOException {
        var file = folder.resolve("data.jsonl");
        Files.writeString(file, String.join("\n", lines));
        try (var tokenizer = Tokenizer.open(model)) {
            return Dataset.read(file, tokenizer, 1_000).examples();
        }
    }

    private static int[] learned(TokenExample example) {
        return IntStream.range(0, example.length())
                .filter(i -> example.learned()[i])
                .map(i -> example.ids()[i])
                .toArray();
    }
}
