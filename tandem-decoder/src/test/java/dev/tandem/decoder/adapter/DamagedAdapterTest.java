package dev.tandem.decoder.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.TinyModels;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.decoder.weights.Safetensors;
import dev.tandem.decoder.weights.SafetensorsWriter;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters that are damaged, or made to harm: a sentence each, and the model as it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedAdapterTest {
    private static final Path DORA = Path.of("src/test/resources/adapters/dora");
    private static final Path PROMPT = Path.of("src/test/resources/adapters/prompt");
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final String CONFIG = "adapter_config.json";
    private static final String A = "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight";

    @TempDir
    private Path folder;

    private Decoder qwen = open("qwen2");
    private Decoder llama = open("llama2");

    @BeforeAll
    void everythingFitsAsItIs() {
        try (var scope = new PointerScope()) {
            Adapter.attach(DORA, "a", qwen).close();
            Adapter.attach(PROMPT, "a", llama).close();
        }
    }

    @AfterAll
    void close() {
        qwen.close();
        llama.close();
    }

    private static Decoder open(String model) {
        return Decoder.open(TinyModels.folder(model), Placement.best(Precision.FLOAT32), Decoder.Storage.PLAIN);
    }

    @Test
    void weightsCutAnywhere() throws IOException {
        var whole = Files.readAllBytes(DORA.resolve(WEIGHTS));
        Files.copy(DORA.resolve(CONFIG), folder.resolve(CONFIG));
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(folder.resolve(WEIGHTS), Arrays.copyOf(whole, length));
            assertRefused(qwen, "");
        }
        Files.delete(folder.resolve(WEIGHTS));
        assertRefused(qwen, WEIGHTS);
    }

    /** Whatever bytes of the header turn, nothing but a sentence comes of it; turned numbers may go unnoticed. */
    @Test
    void weightsWithTurnedBytes() throws IOException {
        var whole = Files.readAllBytes(DORA.resolve(WEIGHTS));
        Files.copy(DORA.resolve(CONFIG), folder.resolve(CONFIG));
        var random = new Random(4);
        for (int round = 0; round < 300; round++) {
            var turned = whole.clone();
            turned[random.nextInt(2_000)] = (byte) random.nextInt(256);
            Files.write(folder.resolve(WEIGHTS), turned);
            try (var scope = new PointerScope()) {
                Adapter.attach(folder, "a", qwen).close();
            } catch (MendableException refused) {
                assertThat(refused).hasMessageContaining(folder.toString());
            }
            assertUnchanged();
        }
    }

    @Test
    void weightsOfWrongShapesAndNumbers() throws IOException {
        Files.copy(DORA.resolve(CONFIG), folder.resolve(CONFIG));
        try (var scope = new PointerScope()) {
            rewritten(DORA, A, torch.zeros(16));
            assertRefused(qwen, "shape [16]");
            rewritten(DORA, A, torch.zeros(5, 16));
            assertRefused(qwen, "shape [5, 16]");
            rewritten(DORA, A, torch.full(new long[] {3, 16}, new Scalar(Double.NaN)));
            assertRefused(qwen, "none");
            rewritten(DORA, A, torch.full(new long[] {3, 16}, new Scalar(Double.POSITIVE_INFINITY)));
            assertRefused(qwen, "infinite");
            rewritten(DORA, A.replace("lora_A", "lora_C"), torch.zeros(3, 16));
            assertRefused(qwen, "");
            rewritten(DORA, "base_model.model.lm_head.lora_A.weight", torch.zeros(3, 16));
            assertRefused(qwen, "lm_head");
            rewritten(DORA, "some.other.weight", torch.zeros(3, 16));
            assertRefused(qwen, "some.other.weight");
        }
    }

    @Test
    void virtualTokensOfAnotherShape() throws IOException {
        Files.copy(PROMPT.resolve(CONFIG), folder.resolve(CONFIG));
        try (var scope = new PointerScope()) {
            for (var shape : new long[][] {{16}, {3, 8}, {4, 16}, {0, 16}, {1, 3, 16}}) {
                rewritten(PROMPT, "prompt_embeddings", torch.zeros(shape));
                assertRefused(llama, "prompt_embeddings");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"peft_type\": \"LORA\", \"r\": 0}",
                "{\"peft_type\": \"LORA\", \"r\": -3}",
                "{\"peft_type\": \"LORA\", \"r\": \"three\"}",
                "{\"peft_type\": \"LORA\", \"r\": 1e30}",
                "{\"peft_type\": \"LORA\", \"r\": 3, \"lora_alpha\": \"NaN\"}",
                "{\"peft_type\": \"LORA\", \"r\": 3, \"lora_alpha\": -1}",
                "{\"peft_type\": \"LORA\", \"r\": 3, \"rank_pattern\": {\"q_proj\": 0}}",
                "{\"peft_type\": \"LORA\", \"r\": 3, \"rank_pattern\": {\"(\": 3}}",
                "{\"peft_type\": \"LORA\", \"r\": 3, \"alpha_pattern\": {\"q_proj\": {}}}",
                "{\"peft_type\": \"LORA\", \"r\": 4, \"use_dora\": true}",
                "{\"peft_type\": \"LORA\", \"r\": 3, \"modules_to_save\": [\"lm_head\"]}",
                "{\"peft_type\": \"LORA\", \"r\": 3, \"bias\": \"all\"}"
            })
    void configurationsThatMakeNoSense(String config) throws IOException {
        Files.copy(DORA.resolve(WEIGHTS), folder.resolve(WEIGHTS));
        Files.writeString(folder.resolve(CONFIG), config);
        assertRefused(qwen, "");
        Files.delete(folder.resolve(WEIGHTS));
    }

    private void rewritten(Path adapter, String key, Tensor tensor) {
        var tensors = new LinkedHashMap<String, Tensor>();
        try (var file = Safetensors.open(adapter.resolve(WEIGHTS))) {
            file.names().forEach(name -> tensors.put(name, file.tensor(name)));
            tensors.put(key, tensor);
            SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors, Map.of());
        }
    }

    private void assertRefused(Decoder decoder, String says) {
        assertThatThrownBy(() -> {
                    try (var scope = new PointerScope()) {
                        Adapter.attach(folder, "a", decoder);
                    }
                })
                .isInstanceOf(MendableException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(says);
        assertUnchanged();
    }

    private void assertUnchanged() {
        for (var decoder : new Decoder[] {qwen, llama}) {
            assertThat(decoder.linears().values())
                    .allMatch(linear -> linear.update("a").isEmpty());
        }
    }
}
