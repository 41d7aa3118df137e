package dev.tandem.decoder.adapter;

import dev.tandem.decoder.model.DecoderConfig;
import dev.tandem.decoder.model.Family;
import dev.tandem.decoder.weights.Safetensors;
import dev.tandem.foundation.MendableException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A low-rank adapter as a GGUF file, version 3, which llama.cpp and Ollama load beside their own form of the base. The file
 * knows one alpha only, so ranks by pattern and rsLoRA's scale are multiplied into {@code B}; and Llama's files hold the rows
 * of queries and keys in another order, so the rows of those {@code B} follow it (convert_lora_to_gguf.py of llama.cpp).
 */
public final class GgufAdapter {
    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;
    private static final int TYPE_FLOAT32 = 6;
    private static final int TYPE_STRING = 8;
    private static final int TENSOR_FLOAT32 = 0;
    private static final String PREFIX = "base_model.model.";

    private static final Map<String, String> PARTS = Map.of(
            "self_attn.q_proj", "attn_q",
            "self_attn.k_proj", "attn_k",
            "self_attn.v_proj", "attn_v",
            "self_attn.o_proj", "attn_output",
            "mlp.gate_proj", "ffn_gate",
            "mlp.up_proj", "ffn_up",
            "mlp.down_proj", "ffn_down");

    private GgufAdapter() {}

    private record Entry(String name, Tensor tensor) {}

    /**
     * Writes the file, whole or not at all.
     *
     * @param folder an adapter in PEFT's format
     * @param base the shape of the model it belongs to
     * @throws MendableException if the adapter has no low-rank updates, or GGUF cannot say what it is
     */
    public static void write(Path folder, DecoderConfig base, Path out) {
        if (!(AdapterConfigFile.read(folder) instanceof AdapterConfig.Lora config)) {
            throw new MendableException("The adapter " + folder
                    + " is virtual tokens, which GGUF cannot hold: serve it with `tandem generate`.");
        }
        if (config.magnitudes()) {
            throw new MendableException("The adapter " + folder
                    + " is DoRA, which GGUF cannot hold: merge it instead with `tandem adapter merge`.");
        }
        try (var scope = new PointerScope();
                var file = Safetensors.open(folder.resolve("adapter_model.safetensors"))) {
            write(out, config, base, entries(config, base, file));
        } catch (IOException e) {
            throw new MendableException(
                    "The file " + out + " cannot be written: " + e.getMessage()
                            + ". Free space or choose another folder.",
                    e);
        }
    }

    private static List<Entry> entries(AdapterConfig.Lora config, DecoderConfig base, Safetensors file) {
        var layers = new TreeSet<String>();
        file.names().forEach(key -> layers.add(key.substring(PREFIX.length(), key.indexOf(".lora_"))));
        var entries = new ArrayList<Entry>();
        for (var layer : layers) {
            var parts = layer.split("\\.", 4);
            var part = parts.length == 4 ? PARTS.get(parts[3]) : null;
            if (part == null) {
                throw new MendableException("GGUF has no name for the layer " + layer
                        + ": merge the adapter instead with `tandem adapter merge`.");
            }
            var name = "blk." + parts[2] + "." + part + ".weight";
            var a = file.tensor(PREFIX + layer + ".lora_A.weight").to(ScalarType.Float);
            var b = file.tensor(PREFIX + layer + ".lora_B.weight").to(ScalarType.Float);
            // llama.cpp scales by alpha over the rank of this update.
            double told = config.alpha() / a.size(0);
            if (config.scale(layer) != told) {
                b = b.mul(new Scalar(config.scale(layer) / told));
            }
            if (permuted(base.family()) && part.equals("attn_q")) {
                b = interleaved(b, base.heads());
            } else if (permuted(base.family()) && part.equals("attn_k")) {
                b = interleaved(b, base.keyValueHeads());
            }
            entries.add(new Entry(name + ".lora_a", a.contiguous()));
            entries.add(new Entry(name + ".lora_b", b.contiguous()));
        }
        return entries;
    }

    /** Whether the family's GGUF files hold the rotated pairs next to one another instead of half a head apart. */
    private static boolean permuted(Family family) {
        return family == Family.LLAMA || family == Family.MISTRAL || family == Family.SMOLLM3;
    }

    private static Tensor interleaved(Tensor b, int heads) {
        long half = b.size(0) / heads / 2;
        return b.view(heads, 2, half, b.size(1)).transpose(1, 2).reshape(b.size(0), b.size(1));
    }

    /** What llama.cpp calls the family. */
    private static String architecture(Family family) {
        return switch (family) {
            case LLAMA, MISTRAL -> "llama";
            case QWEN2 -> "qwen2";
            case QWEN3 -> "qwen3";
            case SMOLLM3 -> "smollm3";
            case GEMMA2 -> "gemma2";
            case GEMMA3 -> "gemma3";
        };
    }

    private static void write(Path out, AdapterConfig.Lora config, DecoderConfig base, List<Entry> entries)
            throws IOException {
        var parent = out.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        var part = out.resolveSibling(out.getFileName() + ".part");
        try (var stream = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
            var header = new Header();
            header.bytes("GGUF".getBytes(StandardCharsets.US_ASCII));
            header.integer(VERSION);
            header.longInteger(entries.size());
            header.longInteger(4);
            header.text("general.type", "adapter");
            header.text("general.architecture", architecture(base.family()));
            header.text("adapter.type", "lora");
            header.number("adapter.lora.alpha", (float) config.alpha());
            long offset = 0;
            for (var entry : entries) {
                header.string(entry.name());
                header.integer(2);
                // The innermost dimension comes first.
                header.longInteger(entry.tensor().size(1));
                header.longInteger(entry.tensor().size(0));
                header.integer(TENSOR_FLOAT32);
                header.longInteger(offset);
                offset += aligned(entry.tensor().numel() * Float.BYTES);
            }
            header.writeTo(stream);
            for (var entry : entries) {
                write(stream, entry.tensor());
            }
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        Files.move(part, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static long aligned(long bytes) {
        return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
    }

    private static void write(OutputStream stream, Tensor tensor) throws IOException {
        var numbers = new float[Math.toIntExact(tensor.numel())];
        new FloatPointer(tensor.data_ptr_float()).get(numbers);
        var bytes = ByteBuffer.allocate(Math.toIntExact(aligned((long) numbers.length * Float.BYTES)))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        stream.write(bytes.array());
    }

    /** All that stands before the numbers, little-endian. */
    private static final class Header {
        private final java.io.ByteArrayOutputStream written = new java.io.ByteArrayOutputStream();

        void bytes(byte[] bytes) {
            written.writeBytes(bytes);
        }

        void integer(int value) {
            bytes(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
        }

        void longInteger(long value) {
            bytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value)
                    .array());
        }

        void string(String text) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            longInteger(bytes.length);
            bytes(bytes);
        }

        void text(String key, String value) {
            string(key);
            integer(TYPE_STRING);
            string(value);
        }

        void number(String key, float value) {
            string(key);
            integer(TYPE_FLOAT32);
            integer(Float.floatToRawIntBits(value));
        }

        void writeTo(OutputStream stream) throws IOException {
            stream.write(java.util.Arrays.copyOf(written.toByteArray(), (int) aligned(written.size())));
        }
    }
}
