package dev.tandem.decoder.model;

import dev.tandem.decoder.torch.Placement;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A vector on the CPU that libtorch's operators read and write, and Java as floats. Its tensor belongs to the PointerScope
 * in which it was made.
 */
sealed interface NativeVector {
    /** For the operators, {@code [size]}. */
    Tensor tensor();

    /** Takes in the first numbers of an array, rounded to the tensor's precision. */
    void put(float[] from);

    /** Copies all numbers into an array. */
    void get(float[] to, int at);

    /** A vector of zeros in the placement's precision, float32 or bfloat16. */
    static NativeVector zeros(Placement placement, int size) {
        var tensor = torch.zeros(new long[] {size}, placement.options());
        return switch (placement.precision()) {
            case FLOAT32 -> new Floats(tensor, tensor.createBuffer());
            case BFLOAT16 ->
                new BrainFloats(
                        tensor,
                        new org.bytedeco.javacpp.ShortPointer(tensor.data_ptr())
                                .capacity(size)
                                .asBuffer(),
                        new short[size]);
            case FLOAT16 -> throw new IllegalArgumentException("No CPU computes in float16");
        };
    }

    /** In float32. */
    record Floats(Tensor tensor, FloatBuffer memory) implements NativeVector {
        @Override
        public void put(float[] from) {
            memory.put(0, from, 0, memory.capacity());
        }

        @Override
        public void get(float[] to, int at) {
            memory.get(0, to, at, memory.capacity());
        }
    }

    /** In bfloat16, the upper half of a float. */
    record BrainFloats(Tensor tensor, ShortBuffer memory, short[] copy) implements NativeVector {
        @Override
        public void put(float[] from) {
            for (int i = 0; i < copy.length; i++) {
                int bits = Float.floatToRawIntBits(from[i]);
                // To the nearest, to even between two.
                copy[i] = (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
            }
            memory.put(0, copy);
        }

        @Override
        public void get(float[] to, int at) {
            memory.get(0, copy);
            for (int i = 0; i < copy.length; i++) {
                to[at + i] = Float.intBitsToFloat(copy[i] << 16);
            }
        }
    }
}
