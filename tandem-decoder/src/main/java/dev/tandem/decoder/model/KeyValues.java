package dev.tandem.decoder.model;

import org.bytedeco.pytorch.Tensor;

/** Keys and values of positions that were seen before, so that they are not computed again. */
public interface KeyValues {
    /** Nothing is remembered: each pass sees its own positions only, as in training. */
    KeyValues NONE = (layer, keys, values) -> new Pair(keys, values);

    /**
     * Takes in the keys and values of the positions of this pass.
     *
     * @param keys {@code [rows, key-value heads, positions, head size]}
     * @param values as the keys
     * @return all that these positions may look at, those before and their own, {@code [rows, key-value heads, all, head
     *     size]}; as many as {@link Positions} has keys
     */
    Pair extend(int layer, Tensor keys, Tensor values);

    /** Keys and the values that belong to them. */
    record Pair(Tensor keys, Tensor values) {}
}
