package dev.tandem.decoder.generation;

import dev.tandem.decoder.model.DecoderConfig;
import dev.tandem.decoder.model.KeyValues;
import dev.tandem.decoder.torch.Placement;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Keys and values of every position so far, in memory that is taken once for the longest text. Owns its tensors. */
final class KeyValueCache implements KeyValues, AutoCloseable {
    private final Tensor[] keys;
    private final Tensor[] values;
    private final int rows;
    private int used;

    /** @param capacity positions of a row */
    KeyValueCache(DecoderConfig config, Placement placement, int rows, int capacity) {
        int layers = config.layers().size();
        this.rows = rows;
        keys = new Tensor[layers];
        values = new Tensor[layers];
        try (var scope = new PointerScope()) {
            long[] shape = {rows, config.keyValueHeads(), capacity, config.headSize()};
            for (int i = 0; i < layers; i++) {
                keys[i] = torch.zeros(shape, placement.options());
                values[i] = torch.zeros(shape, placement.options());
                keys[i].retainReference();
                values[i].retainReference();
            }
        }
    }

    /** Texts that are in it. */
    int rows() {
        return rows;
    }

    /** Positions of each that are in it. */
    int used() {
        return used;
    }

    /** After a pass: its positions stay. */
    void advance(int positions) {
        used += positions;
    }

    @Override
    public Pair extend(int layer, Tensor newKeys, Tensor newValues) {
        long length = newKeys.size(2);
        keys[layer].narrow(2, used, length).copy_(newKeys);
        values[layer].narrow(2, used, length).copy_(newValues);
        return new Pair(keys[layer].narrow(2, 0, used + length), values[layer].narrow(2, 0, used + length));
    }

    /** What a block has read so far, {@code [rows, heads, positions, size]}; objects of the innermost PointerScope. */
    Pair read(int layer) {
        return new Pair(keys[layer].narrow(2, 0, used), values[layer].narrow(2, 0, used));
    }

    @Override
    public void close() {
        for (int i = 0; i < keys.length; i++) {
            keys[i].close();
            values[i].close();
        }
    }
}
