package dev.tandem.decoder.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A matrix in four-bit NormalFloat with double quantisation (Dettmers et al. 2023, "QLoRA"), 0.516 bytes a weight, in
 * bitsandbytes' layout: blocks of 64 weights share the largest magnitude; a weight is the nearest of 16 quantiles of the
 * normal distribution times that; two codes a byte, the first in the high half. The magnitudes, less their mean, are
 * themselves held in 8 bits of a dynamic map, in blocks of 256. Owns its native memory.
 */
public final class NormalFloat4 implements Matrix {
    /** Weights that share a magnitude. */
    public static final int BLOCK = 64;

    /** Magnitudes that share one of their own. */
    public static final int NESTED_BLOCK = 256;

    /** bitsandbytes' table, to the nearest float. */
    private static final float[] QUANTILES = {
        -1f,
        -0.6961928f,
        -0.52507305f,
        -0.3949175f,
        -0.28444138f,
        -0.18477343f,
        -0.091050036f,
        0f,
        0.0795803f,
        0.1609302f,
        0.2461123f,
        0.33791524f,
        0.44070983f,
        0.562617f,
        0.72295684f,
        1f
    };

    /** The code of zero. */
    private static final int ZERO = 7;

    /** The two values of each byte of codes. */
    private static final float[] PAIRS = pairs();

    private static final float[] MIDDLES = middles(QUANTILES);
    private static final float[] DYNAMIC = dynamicMap();
    private static final float[] DYNAMIC_MIDDLES = middles(DYNAMIC);

    private final long rows;
    private final long columns;
    /** {@code [weights / 2]}, two codes a byte. */
    private final Tensor codes;
    /** {@code [blocks]}: each block's magnitude as an index of the dynamic map. */
    private final Tensor magnitudeCodes;
    /** {@code [blocks / 256]}: what the dynamic map's numbers are multiplied by. */
    private final float[] nestedMagnitudes;

    private final float mean;

    private NormalFloat4(
            long rows, long columns, Tensor codes, Tensor magnitudeCodes, float[] nestedMagnitudes, float mean) {
        this.rows = rows;
        this.columns = columns;
        this.codes = codes;
        this.magnitudeCodes = magnitudeCodes;
        this.nestedMagnitudes = nestedMagnitudes;
        this.mean = mean;
    }

    /**
     * Quantises a matrix, on the CPU; the matrix stays the caller's.
     *
     * @param matrix {@code [rows, columns]} of any precision
     * @param device where the codes are held and the matrix is made full
     */
    public static NormalFloat4 quantise(Tensor matrix, Device device) {
        try (var scope = new PointerScope()) {
            var weights = floats(matrix);
            int count = weights.length;
            int blocks = Math.ceilDiv(count, BLOCK);
            var magnitudes = new float[blocks];
            var packed = new byte[(count + 1) / 2];
            IntStream.range(0, blocks).parallel().forEach(block -> {
                int from = block * BLOCK;
                int to = Math.min(count, from + BLOCK);
                float magnitude = 0;
                for (int i = from; i < to; i++) {
                    magnitude = Math.max(magnitude, Math.abs(weights[i]));
                }
                magnitudes[block] = magnitude;
                for (int i = from; i < to; i++) {
                    int code = magnitude == 0 ? ZERO : nearest(weights[i] / magnitude, MIDDLES);
                    packed[i / 2] |= (byte) (i % 2 == 0 ? code << 4 : code);
                }
            });
            return of(matrix.size(0), matrix.size(1), packed, magnitudes, device);
        }
    }

    private static float[] floats(Tensor matrix) {
        var flat = matrix.detach().cpu().to(ScalarType.Float).contiguous();
        var weights = new float[Math.toIntExact(flat.numel())];
        new FloatPointer(flat.data_ptr_float()).get(weights);
        return weights;
    }

    private static NormalFloat4 of(long rows, long columns, byte[] packed, float[] magnitudes, Device device) {
        double sum = 0;
        for (float magnitude : magnitudes) {
            sum += magnitude;
        }
        float mean = (float) (sum / magnitudes.length);
        var nested = new float[Math.ceilDiv(magnitudes.length, NESTED_BLOCK)];
        var nestedCodes = new byte[magnitudes.length];
        for (int i = 0; i < magnitudes.length; i++) {
            nested[i / NESTED_BLOCK] = Math.max(nested[i / NESTED_BLOCK], Math.abs(magnitudes[i] - mean));
        }
        for (int i = 0; i < magnitudes.length; i++) {
            float most = nested[i / NESTED_BLOCK];
            nestedCodes[i] = (byte) nearest(most == 0 ? 0 : (magnitudes[i] - mean) / most, DYNAMIC_MIDDLES);
        }
        return new NormalFloat4(rows, columns, owned(packed, device), owned(nestedCodes, device), nested, mean);
    }

    private static Tensor owned(byte[] bytes, Device device) {
        var tensor = Tensor.create(bytes, false, bytes.length).to(device, ScalarType.Byte);
        tensor.retainReference();
        return tensor;
    }

    /** How many of the borders between neighbouring values lie below a number: the index of the nearest value. */
    private static int nearest(float number, float[] borders) {
        int low = 0;
        int high = borders.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (number > borders[middle]) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static float[] pairs() {
        var pairs = new float[512];
        for (int pair = 0; pair < 256; pair++) {
            pairs[2 * pair] = QUANTILES[pair >> 4];
            pairs[2 * pair + 1] = QUANTILES[pair & 15];
        }
        return pairs;
    }

    private static float[] middles(float[] values) {
        var middles = new float[values.length - 1];
        for (int i = 0; i < middles.length; i++) {
            middles[i] = (values[i] + values[i + 1]) / 2;
        }
        return middles;
    }

    /**
     * The 256 values of bitsandbytes' signed dynamic map (Dettmers 2016, "8-Bit Approximations for Parallelism in Deep
     * Learning"): seven powers of ten, each with twice as many steps as the one below.
     */
    private static float[] dynamicMap() {
        var values = new float[256];
        int next = 0;
        for (int power = 0; power < 7; power++) {
            int steps = 1 << power;
            double scale = Math.pow(10, power - 6.0);
            for (int step = 0; step < steps; step++) {
                float middle = (border(step, steps) + border(step + 1, steps)) / 2;
                values[next++] = (float) (scale * middle);
                values[next++] = (float) (-scale * middle);
            }
        }
        values[next++] = 0;
        values[next] = 1;
        Arrays.sort(values);
        return values;
    }

    private static float border(int step, int steps) {
        return (float) (0.1 + 0.9 * step / steps);
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long columns() {
        return columns;
    }

    @Override
    public Tensor dense(ScalarType type) {
        return codes.is_cpu() ? written(type) : lookedUp(type);
    }

    private Tensor written(ScalarType type) {
        var written = type == ScalarType.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float;
        var tensor = torch.empty(new long[] {rows, columns}, new TensorOptions(written), new MemoryFormatOptional());
        try (var scope = new PointerScope()) {
            write(memory(tensor), written);
        }
        return written == type ? tensor : tensor.to(type);
    }

    /** By libtorch's operators, for devices whose memory is not ours to write: each byte's two values, then their block's. */
    Tensor lookedUp(ScalarType type) {
        var device = codes.device();
        var result = torch.empty(
                new long[] {rows, columns},
                new TensorOptions(type).device(new DeviceOptional(device)),
                new MemoryFormatOptional());
        try (var scope = new PointerScope()) {
            long blocks = magnitudeCodes.numel();
            var nested = Tensor.create(nestedMagnitudes)
                    .to(device, ScalarType.Float)
                    .repeat_interleave(NESTED_BLOCK)
                    .narrow(0, 0, blocks);
            var magnitudes = Tensor.create(DYNAMIC)
                    .to(device, ScalarType.Float)
                    .index_select(0, magnitudeCodes.to(ScalarType.Int))
                    .mul_(nested)
                    .add_(new Scalar(mean));
            var whole = torch.constant_pad_nd(codes, new long[] {0, blocks * BLOCK / 2 - codes.numel()}, new Scalar(0));
            var values = torch.embedding(
                            Tensor.create(PAIRS, 256, 2).to(device, ScalarType.Float), whole.to(ScalarType.Int))
                    .view(blocks, BLOCK)
                    .mul_(magnitudes.unsqueeze(1));
            result.view(-1).copy_(values.view(-1).narrow(0, 0, rows * columns));
        }
        return result;
    }

    private static ByteBuffer memory(Tensor tensor) {
        return new BytePointer(tensor.data_ptr())
                .capacity(tensor.numel() * tensor.element_size())
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Writes straight into the tensor's memory: on a CPU three times as fast as looking values up by libtorch's operators. */
    private void write(ByteBuffer out, ScalarType type) {
        var packed = memory(codes);
        var magnitudes = memory(magnitudeCodes);
        long count = rows * columns;
        int blocks = (int) Math.ceilDiv(count, BLOCK);
        int tasks = Math.min(blocks, 4 * Runtime.getRuntime().availableProcessors());
        IntStream.range(0, tasks).parallel().forEach(task -> {
            var values = new int[16];
            int end = (int) ((long) blocks * (task + 1) / tasks);
            for (int block = (int) ((long) blocks * task / tasks); block < end; block++) {
                float magnitude = DYNAMIC[magnitudes.get(block) & 0xff] * nestedMagnitudes[block / NESTED_BLOCK] + mean;
                int from = block * BLOCK;
                int to = (int) Math.min(count, from + (long) BLOCK);
                if (type == ScalarType.BFloat16) {
                    for (int code = 0; code < 16; code++) {
                        values[code] = bfloat16(QUANTILES[code] * magnitude);
                    }
                    writeHalves(out, packed, values, from, to);
                } else {
                    for (int code = 0; code < 16; code++) {
                        values[code] = Float.floatToRawIntBits(QUANTILES[code] * magnitude);
                    }
                    writeFloats(out, packed, values, from, to);
                }
            }
        });
    }

    private static void writeHalves(ByteBuffer out, ByteBuffer packed, int[] values, int from, int to) {
        int i = from;
        for (; i + 1 < to; i += 2) {
            int pair = packed.get(i / 2);
            out.putInt(2 * i, values[(pair >> 4) & 15] | values[pair & 15] << 16);
        }
        if (i < to) {
            out.putShort(2 * i, (short) values[(packed.get(i / 2) >> 4) & 15]);
        }
    }

    private static void writeFloats(ByteBuffer out, ByteBuffer packed, int[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            int pair = packed.get(i / 2);
            out.putInt(4 * i, values[i % 2 == 0 ? (pair >> 4) & 15 : pair & 15]);
        }
    }

    /** The upper half of a float, rounded to the nearest even. */
    private static int bfloat16(float number) {
        int bits = Float.floatToRawIntBits(number);
        return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
    }

    /** Two codes a byte, the first in the high half. */
    Tensor codes() {
        return codes;
    }

    /** Each block's magnitude as an index of the dynamic map. */
    Tensor magnitudeCodes() {
        return magnitudeCodes;
    }

    @Override
    public long bytes() {
        return codes.numel() + magnitudeCodes.numel() + (long) nestedMagnitudes.length * Float.BYTES + Float.BYTES;
    }

    @Override
    public void close() {
        codes.close();
        magnitudeCodes.close();
    }
}
