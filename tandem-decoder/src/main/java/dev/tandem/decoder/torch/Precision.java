package dev.tandem.decoder.torch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** In which numbers weights and activations are held. */
public enum Precision {
    FLOAT32(ScalarType.Float),
    BFLOAT16(ScalarType.BFloat16),
    FLOAT16(ScalarType.Half);

    private static final boolean CPU_MULTIPLIES_BFLOAT16 = cpuMultipliesBfloat16();

    private final ScalarType type;

    Precision(ScalarType type) {
        this.type = type;
    }

    public ScalarType type() {
        return type;
    }

    /**
     * What a device is best used in: bfloat16 on a GPU and on processors that multiply it themselves (AVX-512 BF16, AMX),
     * otherwise float32. On such processors bfloat16 takes half the memory and is faster; above all libtorch computes it with
     * threads that do not spin, so that it keeps its speed when other programs take a core.
     */
    public static Precision best(Device device) {
        return device == Device.CUDA || CPU_MULTIPLIES_BFLOAT16 ? BFLOAT16 : FLOAT32;
    }

    private static boolean cpuMultipliesBfloat16() {
        // Only Linux tells; elsewhere float32 is right, if not the fastest.
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .filter(flags -> flags.contains("avx512_bf16") || flags.contains("amx_bf16"))
                    .isPresent();
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** Bytes a number. */
    public int bytes() {
        return this == FLOAT32 ? 4 : 2;
    }
}
