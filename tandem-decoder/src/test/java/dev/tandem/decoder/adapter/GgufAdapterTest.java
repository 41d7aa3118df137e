package dev.tandem.decoder.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.decoder.model.ConfigFile;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GgufAdapterTest {
    private static final Path RESOURCES = Path.of("src/test/resources");

    @TempDir
    private Path folder;

    /** A tensor of the file: its dimensions, the innermost first, and its numbers. */
    private record Stored(long[] dimensions, float[] numbers) {}

    private record Gguf(Map<String, Object> keys, Map<String, Stored> tensors) {}

    @ParameterizedTest
    @CsvSource({"lora, llama3, llama, true", "rslora-patterns, qwen2, qwen2, false"})
    void eachLayersUpdateIsWhatTheAdapterSays(String name, String base, String architecture, boolean reordered)
            throws IOException {
        var adapterFolder = RESOURCES.resolve("adapters").resolve(name);
        var model = RESOURCES.resolve("models").resolve(base);
        var file = folder.resolve("a.gguf");

        GgufAdapter.write(adapterFolder, ConfigFile.read(model), file);

        var gguf = read(file);
        assertThat(gguf.keys())
                .containsEntry("general.type", "adapter")
                .containsEntry("general.architecture", architecture)
                .containsEntry("adapter.type", "lora");
        float alpha = (float) Objects.requireNonNull(gguf.keys().get("adapter.lora.alpha"));
        try (var scope = new PointerScope();
                var decoder = Decoder.open(model, Placement.best(Precision.FLOAT32), Decoder.Storage.PLAIN);
                var adapter = Adapter.attach(adapterFolder, "a", decoder)) {
            assertThat(gguf.tensors()).hasSize(2 * adapter.updates().size());
            adapter.updates().forEach((layer, update) -> {
                var parts = layer.split("\\.", 4);
                var called = Map.of(
                        "self_attn.q_proj", "attn_q",
                        "self_attn.k_proj", "attn_k",
                        "self_attn.v_proj", "attn_v",
                        "self_attn.o_proj", "attn_output",
                        "mlp.gate_proj", "ffn_gate",
                        "mlp.up_proj", "ffn_up",
                        "mlp.down_proj", "ffn_down");
                var tensor = "blk." + parts[2] + "." + called.get(parts[3]) + ".weight";
                var a = Objects.requireNonNull(gguf.tensors().get(tensor + ".lora_a"));
                var b = Objects.requireNonNull(gguf.tensors().get(tensor + ".lora_b"));
                var weight =
                        Objects.requireNonNull(decoder.linears().get(layer)).weight(ScalarType.Float);
                var expected = numbers(update.merged(weight).sub(weight));
                int in = (int) weight.size(1);
                int out = (int) weight.size(0);
                int heads = layer.endsWith("q_proj")
                        ? decoder.config().heads()
                        : decoder.config().keyValueHeads();
                boolean turned = reordered && (layer.endsWith("q_proj") || layer.endsWith("k_proj"));
                assertThat(a.dimensions()).containsExactly(in, update.rank());
                assertThat(b.dimensions()).containsExactly(update.rank(), out);
                for (int row = 0; row < out; row++) {
                    for (int column = 0; column < in; column++) {
                        double sum = 0;
                        for (int r = 0; r < update.rank(); r++) {
                            sum += b.numbers()[row * (int) update.rank() + r] * a.numbers()[r * in + column];
                        }
                        // As llama.cpp applies it.
                        double applied = sum * alpha / update.rank();
                        int original = turned ? original(row, out / heads) : row;
                        assertThat(applied).isCloseTo(expected[original * in + column], within(1e-5));
                    }
                }
            });
        }
    }

    /** Of a row in llama.cpp's order, where pairs lie side by side, the row in Hugging Face's, where they lie half a head apart. */
    private static int original(int row, int headSize) {
        int head = row / headSize;
        int inside = row % headSize;
        return head * headSize + inside % 2 * (headSize / 2) + inside / 2;
    }

    @Test
    void whatTheFormatCannotHoldIsRefused() {
        for (var name : new String[] {"dora", "prompt"}) {
            assertThatThrownBy(() -> GgufAdapter.write(
                            RESOURCES.resolve("adapters").resolve(name),
                            ConfigFile.read(RESOURCES.resolve("models/qwen2")),
                            folder.resolve("x.gguf")))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("GGUF cannot hold");
        }
        assertThat(folder).isEmptyDirectory();
    }

    private static float[] numbers(Tensor tensor) {
        var whole = tensor.cpu().contiguous();
        var numbers = new float[(int) whole.numel()];
        new FloatPointer(whole.data_ptr_float()).get(numbers);
        return numbers;
    }

    private static Gguf read(Path file) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.getInt()).isEqualTo(0x46554747);
        assertThat(bytes.getInt()).isEqualTo(3);
        long tensors = bytes.getLong();
        long pairs = bytes.getLong();
        var keys = new HashMap<String, Object>();
        for (int i = 0; i < pairs; i++) {
            var key = string(bytes);
            keys.put(key, bytes.getInt() == 8 ? string(bytes) : (Object) bytes.getFloat());
        }
        var shapes = new HashMap<String, long[]>();
        var offsets = new HashMap<String, Long>();
        for (int i = 0; i < tensors; i++) {
            var name = string(bytes);
            assertThat(bytes.getInt()).isEqualTo(2);
            shapes.put(name, new long[] {bytes.getLong(), bytes.getLong()});
            assertThat(bytes.getInt()).isZero();
            offsets.put(name, bytes.getLong());
        }
        int data = (bytes.position() + 31) / 32 * 32;
        var stored = new HashMap<String, Stored>();
        shapes.forEach((name, shape) -> {
            var numbers = new float[(int) (shape[0] * shape[1])];
            long offset = Objects.requireNonNull(offsets.get(name));
            assertThat(offset % 32).isZero();
            bytes.position((int) (data + offset))
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(numbers);
            stored.put(name, new Stored(shape, numbers));
        });
        return new Gguf(keys, stored);
    }

    private static String string(ByteBuffer bytes) {
        var text = new byte[(int) bytes.getLong()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
