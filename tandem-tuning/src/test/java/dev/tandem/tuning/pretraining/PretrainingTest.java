package dev.tandem.tuning.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.decoder.model.ConfigFile;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.torch.NativeMemory;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.Progress;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.training.TuningJob;
import dev.tandem.tuning.training.TuningSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainingTest {
    private static final List<String> TEXTS = List.of(
            "The quick brown fox jumps over the lazy dog, and the dog doesn't mind.",
            "inform(name=the lazy fox;type=dog;price=120 dollars;area='old town')",
            "Numbers: 1234, 99.5 and 0x7f; the prices are 120 dollars.\n\nThe end of the text.\r\n",
            "Ünïcödé naïve café, Straße, 東京 と 京都, и русский текст.");
    private static final List<String> SPECIAL = List.of("<|pad|>", "<|start|>", "<|end|>");
    private static final String TEMPLATE = "{% for message in messages %}{{ '<|start|>' + message['role'] + '\\n'"
            + " + message['content'] + '<|end|>\\n' }}{% endfor %}{% if add_generation_prompt %}"
            + "{{ '<|start|>assistant\\n' }}{% endif %}";
    private static final NewModel TINY = new NewModel(360, 16, 2, 4, 2, 24, 64);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the dog",
                " leading and trailing  spaces   ",
                "tabs\tand\n\n\nlines\r\n \n x",
                "digits 0123456789 and ٣٤٥ and ²³",
                "don't DON'T we'll I'M o'clock 'sudden",
                "non-breaking\u00a0space,\u2003em space,\u3000wide space\u2028line\u0085next",
                "combining e\u0301 and zero-width\u200bjoiner \u200d",
                "\ud83d\ude00 \ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67 flags \ud83c\uddeb\ud83c\uddf7",
                "مرحبا بالعالم שלום नमस्ते 漢字かな",
                "\u0000\u0001\u0007\u001b[31m control",
                "\ufeffmark first, \ufffd replaced, \uffff none",
                "{\"json\": [1, 2.5, null], \"ключ\": \"значение\"}",
                "ſ long s: 'ſ and Kelvin K",
                "!!!???...,,,;;;---===((()))"
            })
    void any_text_comes_back_and_has_the_ids_that_were_learned(String text) {
        var vocabulary = vocabulary(TEXTS);
        vocabulary.write(folder, Map.of("eos_token", "<|end|>"));
        try (var tokenizer = Tokenizer.open(folder)) {
            assertThat(tokenizer.encode(text, true)).isEqualTo(vocabulary.encode(text));
            assertThat(tokenizer.decode(tokenizer.encode(text, false))).isEqualTo(text);
        }
    }

    @Test
    void the_same_texts_give_the_same_file_in_any_order() throws IOException {
        var turned = new java.util.ArrayList<>(TEXTS);
        Collections.reverse(turned);
        vocabulary(TEXTS).write(folder.resolve("one"), Map.of());
        vocabulary(turned).write(folder.resolve("other"), Map.of());

        assertThat(folder.resolve("other").resolve("tokenizer.json"))
                .hasSameBinaryContentAs(folder.resolve("one").resolve("tokenizer.json"));
    }

    @Test
    void what_is_frequent_becomes_a_token_and_digits_stay_apart() {
        var vocabulary = vocabulary(TEXTS);

        assertThat(vocabulary.encode(" the")).hasSize(1);
        assertThat(vocabulary.encode("120")).hasSize(3);
        assertThat(vocabulary.size()).isBetween(SPECIAL.size() + 256 + 20, 360);
    }

    @Test
    void counted_pairs_stay_right_while_words_change() {
        // Merging "aa" in "aaaa" changes the pairs around it more than once.
        var trainer = new BytePairTrainer();
        trainer.add("aaaa aaaa aaab aaab abab");
        var merges = trainer.train(256 + 3, List.of()).merges();

        assertThat(merges.getFirst()).isEqualTo(new BytePairVocabulary.Merge('a', 'a'));
        assertThat(merges).doesNotHaveDuplicates();
    }

    @Test
    void special_tokens_are_one_token_each_and_end_an_answer() {
        vocabulary(TEXTS)
                .write(folder, Map.of("eos_token", "<|end|>", "pad_token", "<|pad|>", "chat_template", TEMPLATE));
        try (var tokenizer = Tokenizer.open(folder)) {
            var chat = tokenizer.chat(List.of(Map.of("role", "user", "content", "the dog")), true);
            var ids = tokenizer.encode(chat, false);

            assertThat(chat).isEqualTo("<|start|>user\nthe dog<|end|>\n<|start|>assistant\n");
            assertThat(ids[0]).isEqualTo(1);
            assertThat(Arrays.stream(ids).filter(id -> id == 2)).hasSize(1);
            assertThat(tokenizer.end()).isEqualTo(2);
        }
    }

    @Test
    void a_vocabulary_without_room_for_every_byte_is_refused() {
        assertThatThrownBy(() -> new BytePairTrainer().train(200, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_new_model_follows_from_its_seed_and_guesses_evenly() throws IOException {
        TINY.write(folder.resolve("one"), Precision.FLOAT32, 2, 7);
        TINY.write(folder.resolve("same"), Precision.FLOAT32, 2, 7);
        TINY.write(folder.resolve("other"), Precision.FLOAT32, 2, 8);

        var one = folder.resolve("one");
        assertThat(folder.resolve("same").resolve("model.safetensors"))
                .hasSameBinaryContentAs(one.resolve("model.safetensors"));
        assertThat(Files.readAllBytes(folder.resolve("other").resolve("model.safetensors")))
                .isNotEqualTo(Files.readAllBytes(one.resolve("model.safetensors")));
        var config = ConfigFile.read(one);
        assertThat(config.tied()).isTrue();
        assertThat(config.parameters() * Float.BYTES)
                .isCloseTo(Files.size(one.resolve("model.safetensors")), within(4_096L));
        try (var scope = new PointerScope();
                var decoder = Decoder.open(one, Placement.best(Precision.FLOAT32), Decoder.Storage.PLAIN)) {
            assertThat(decoder.parameters()).hasSize(2 + 2 * 9);
        }
    }

    @Test
    void half_the_bytes_hold_the_same_model() throws IOException {
        TINY.write(folder.resolve("whole"), Precision.FLOAT32, 2, 7);
        TINY.write(folder.resolve("half"), Precision.BFLOAT16, 2, 7);

        long whole = Files.size(folder.resolve("whole").resolve("model.safetensors"));
        long half = Files.size(folder.resolve("half").resolve("model.safetensors"));
        assertThat(half).isCloseTo(whole / 2, within(2_048L));
    }

    @Test
    void a_new_model_learns_and_its_folder_can_be_opened_again() throws IOException {
        var base = folder.resolve("base");
        vocabulary(TEXTS)
                .write(base, Map.of("eos_token", "<|end|>", "pad_token", "<|pad|>", "chat_template", TEMPLATE));
        TINY.write(base, Precision.BFLOAT16, 2, 1);
        var data = folder.resolve("data.jsonl");
        Files.write(data, Collections.nCopies(16, "{\"text\": \"the quick brown fox\"}"));
        var defaults = TuningSettings.of(TuningSettings.Method.FULL);
        var settings = new TuningSettings(
                TuningSettings.Method.FULL, defaults.lora(), 1, "x", 20, 8, 1, 1e-2, 0.1, 0, 1, 64, 10, 5, true, 1, 0);
        var run = folder.resolve("run");

        var result = new TuningJob(
                        base,
                        data,
                        Optional.of(data),
                        Optional.empty(),
                        run,
                        settings,
                        Placement.best(Precision.BFLOAT16))
                .run(Progress.silent(), NativeMemory.UNLIMITED, remark -> {}, () -> false);

        assertThat(result.baseLoss()).isCloseTo(Math.log(360), within(0.5));
        assertThat(result.bestLoss()).isLessThan(result.baseLoss() / 2);
        assertThat(ConfigFile.read(run)).isEqualTo(ConfigFile.read(base));
        assertThat(run.resolve("tokenizer.json")).hasSameBinaryContentAs(base.resolve("tokenizer.json"));
    }

    private static BytePairVocabulary vocabulary(List<String> texts) {
        var trainer = new BytePairTrainer();
        texts.forEach(trainer::add);
        return trainer.train(360, SPECIAL);
    }
}
