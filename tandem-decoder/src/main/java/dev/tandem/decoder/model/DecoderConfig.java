package dev.tandem.decoder.model;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The shape of a decoder-only transformer, as {@link ConfigFile} reads it from a folder's config.json.
 *
 * @param family what sets it apart from other families
 * @param vocabulary tokens, rows of the embedding matrix
 * @param hidden numbers a position between blocks
 * @param intermediate numbers a position inside the feed-forward network
 * @param heads of the queries
 * @param keyValueHeads of the keys and values; divides {@code heads}
 * @param headSize numbers a head; heads x head size need not be {@code hidden}
 * @param context positions the model was made for
 * @param normEpsilon added to the mean square in a norm
 * @param activation {@code silu} or {@code gelu_pytorch_tanh}
 * @param tied whether the language-model head is the embedding matrix
 * @param biases which linear layers have one
 * @param queryScale what queries are multiplied by before they meet the keys
 * @param attentionCap attention scores are squeezed into plus and minus this (Gemma 2)
 * @param logitCap logits are squeezed into plus and minus this
 * @param window positions that a sliding layer looks back, itself included
 * @param layers one entry a block: how it attends
 * @param rope rotation of the layers that see everything
 * @param slidingRope rotation of the sliding layers
 */
public record DecoderConfig(
        Family family,
        int vocabulary,
        int hidden,
        int intermediate,
        int heads,
        int keyValueHeads,
        int headSize,
        int context,
        double normEpsilon,
        String activation,
        boolean tied,
        Biases biases,
        double queryScale,
        OptionalDouble attentionCap,
        OptionalDouble logitCap,
        OptionalInt window,
        List<Layer> layers,
        Rope rope,
        Rope slidingRope) {
    public DecoderConfig {
        layers = List.copyOf(layers);
    }

    /** Which linear layers add a bias. */
    public record Biases(boolean queryKeyValue, boolean output, boolean feedForward) {}

    /**
     * How one block attends.
     *
     * @param sliding whether it sees only the window
     * @param rotated whether positions are rotated in at all
     */
    public record Layer(boolean sliding, boolean rotated) {}

    /** How many numbers the weights are. */
    public long parameters() {
        long attention = (long) hidden * headSize * (2L * heads + 2L * keyValueHeads)
                + (biases.queryKeyValue() ? (long) headSize * (heads + 2L * keyValueHeads) : 0)
                + (biases.output() ? hidden : 0)
                + (family.queryKeyNorms() ? 2L * headSize : 0);
        long feedForward = 3L * hidden * intermediate + (biases.feedForward() ? 2L * intermediate + hidden : 0);
        long norms = (family.normsAfterwards() ? 4L : 2L) * hidden;
        return (long) vocabulary * hidden * (tied ? 1 : 2) + layers.size() * (attention + feedForward + norms) + hidden;
    }
}
