package dev.tandem.server.watch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Numbers of four bytes each, as the database holds them. */
final class Numbers {
    private Numbers() {}

    static byte[] bytes(float[] numbers) {
        var bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return bytes.array();
    }

    static float[] of(byte[] bytes) {
        var numbers = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        return numbers;
    }

    /** Vectors one after the other. */
    static byte[] joined(List<float[]> vectors) {
        int dimension = vectors.isEmpty() ? 0 : vectors.getFirst().length;
        var all = new float[vectors.size() * dimension];
        for (int i = 0; i < vectors.size(); i++) {
            System.arraycopy(vectors.get(i), 0, all, i * dimension, dimension);
        }
        return bytes(all);
    }

    static List<float[]> split(byte[] bytes, int count) {
        var all = of(bytes);
        var vectors = new ArrayList<float[]>(count);
        int dimension = count == 0 ? 0 : all.length / count;
        for (int i = 0; i < count; i++) {
            vectors.add(java.util.Arrays.copyOfRange(all, i * dimension, (i + 1) * dimension));
        }
        return vectors;
    }
}
