package dev.tandem.decoder.torch;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** In which numbers weights and activations are held. */
public enum Precision {
    FLOAT32(ScalarType.Float),
    BFLOAT16(ScalarType.BFloat16),
    FLOAT16(ScalarType.Half);

    private final ScalarType type;

    Precision(ScalarType type) {
        this.type = type;
    }

    public ScalarType type() {
        return type;
    }

    /** Bytes a number. */
    public int bytes() {
        return this == FLOAT32 ? 4 : 2;
    }
}
