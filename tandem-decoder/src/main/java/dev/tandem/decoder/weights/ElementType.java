package dev.tandem.decoder.weights;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The numbers of a tensor in a safetensors file, by the names that the format gives them. */
public enum ElementType {
    F64(8, ScalarType.Double),
    F32(4, ScalarType.Float),
    F16(2, ScalarType.Half),
    BF16(2, ScalarType.BFloat16),
    I64(8, ScalarType.Long),
    I32(4, ScalarType.Int),
    I16(2, ScalarType.Short),
    I8(1, ScalarType.Char),
    U8(1, ScalarType.Byte),
    BOOL(1, ScalarType.Bool);

    private final int bytes;
    private final ScalarType torch;

    ElementType(int bytes, ScalarType torch) {
        this.bytes = bytes;
        this.torch = torch;
    }

    /** Bytes a number. */
    public int bytes() {
        return bytes;
    }

    public ScalarType torch() {
        return torch;
    }

    static Optional<ElementType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    static ElementType of(ScalarType type) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.torch == type)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("safetensors have no type for " + type));
    }
}
