package dev.tandem.decoder.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One block of the transformer: attention over the positions before, then a feed-forward network, each normalised first
 * and added to what came in. A pure function of its inputs, so that training can run it again.
 *
 * @param weights the block's learned parts
 */
record Block(DecoderConfig config, int index, Weights weights) implements AutoCloseable {
    /**
     * What a block learns.
     *
     * @param attentionNorm before attention
     * @param attentionAfterNorm on what attention gives, in families that have it
     * @param feedForwardNorm before the feed-forward network
     * @param feedForwardAfterNorm on what the network gives, in families that have it
     * @param queryNorm on each head's query, in families that have it
     * @param keyNorm on each head's key
     */
    record Weights(
            Norm attentionNorm,
            Linear query,
            Linear key,
            Linear value,
            Linear output,
            Optional<Norm> queryNorm,
            Optional<Norm> keyNorm,
            Optional<Norm> attentionAfterNorm,
            Norm feedForwardNorm,
            Linear gate,
            Linear up,
            Linear down,
            Optional<Norm> feedForwardAfterNorm) {
        List<Linear> linears() {
            return List.of(query, key, value, output, gate, up, down);
        }

        List<Norm> norms() {
            return Stream.of(
                            Optional.of(attentionNorm),
                            queryNorm,
                            keyNorm,
                            attentionAfterNorm,
                            Optional.of(feedForwardNorm),
                            feedForwardAfterNorm)
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /**
     * Runs the block.
     *
     * @param x {@code [rows, positions, hidden]}
     * @return the same shape
     */
    Tensor forward(Tensor x, Positions positions, KeyValues keyValues, Routing routing) {
        var attended = attention(weights.attentionNorm.apply(x), positions, keyValues, routing);
        x = x.add(after(weights.attentionAfterNorm, attended));
        var fed = feedForward(weights.feedForwardNorm.apply(x), routing);
        return x.add(after(weights.feedForwardAfterNorm, fed));
    }

    private static Tensor after(Optional<Norm> norm, Tensor x) {
        return norm.isPresent() ? norm.get().apply(x) : x;
    }

    private Tensor attention(Tensor x, Positions positions, KeyValues keyValues, Routing routing) {
        long rows = x.size(0);
        long length = x.size(1);
        var layer = config.layers().get(index);
        var view = layer.sliding() ? positions.sliding() : positions.full();

        var query = heads(weights.query.forward(x, routing), config.heads());
        var key = heads(weights.key.forward(x, routing), config.keyValueHeads());
        var value = heads(weights.value.forward(x, routing), config.keyValueHeads());
        query = after(weights.queryNorm, query);
        key = after(weights.keyNorm, key);
        if (layer.rotated()) {
            query = rotated(query, view);
            key = rotated(key, view);
        }
        var all = keyValues.extend(index, key, value);
        var seen = attended(query, all, view);
        return weights.output.forward(
                seen.transpose(1, 2).reshape(rows, length, (long) config.heads() * config.headSize()), routing);
    }

    /** {@code [rows, positions, heads x size]} to {@code [rows, heads, positions, size]}. */
    private Tensor heads(Tensor x, int heads) {
        return x.view(x.size(0), x.size(1), heads, config.headSize()).transpose(1, 2);
    }

    /** Turns each pair of dimensions {@code (i, i + size/2)} by its position's angle; the sines bring the sign along. */
    private static Tensor rotated(Tensor x, Positions.View view) {
        var other = torch.roll(x, new long[] {x.size(-1) / 2}, -1);
        return x.mul(view.cosines()).add(other.mul(view.sines()));
    }

    /** Each position's weighted mean of the values that it sees, {@code [rows, heads, positions, size]}. */
    private Tensor attended(Tensor query, KeyValues.Pair all, Positions.View view) {
        boolean single = query.size(0) * query.size(2) == 1;
        if (config.attentionCap().isPresent() || !(query.is_cuda() || single)) {
            return explicit(query, all, view);
        }
        if (query.is_cuda()) {
            return fused(query, all, view);
        }
        // On a CPU the fused operator is several times faster in float32, making keys and values float32 included.
        var floats =
                new KeyValues.Pair(all.keys().to(ScalarType.Float), all.values().to(ScalarType.Float));
        var mask = view.mask().map(each -> each.to(ScalarType.Float));
        return fused(query.to(ScalarType.Float), floats, new Positions.View(view.cosines(), view.sines(), mask))
                .to(query.scalar_type().intern());
    }

    /**
     * Attention spelt out, which for more than one position is many times faster on a CPU than the fused operator of this
     * libtorch. Queries that share a key-value head are one long matrix, so keys and values are never repeated.
     */
    private Tensor explicit(Tensor query, KeyValues.Pair all, Positions.View view) {
        long rows = query.size(0);
        long length = query.size(2);
        long keys = all.keys().size(2);
        long groups = rows * config.keyValueHeads();
        long shared = config.heads() / config.keyValueHeads();
        long size = config.headSize();
        var queries = query.mul(new Scalar(config.queryScale())).reshape(groups, shared * length, size);
        var scores = queries.bmm(all.keys().reshape(groups, keys, size).transpose(1, 2))
                .view(rows, config.heads(), length, keys);
        if (config.attentionCap().isPresent()) {
            scores = capped(scores, config.attentionCap().getAsDouble());
        }
        if (view.mask().isPresent()) {
            scores = scores.add(view.mask().get());
        }
        return scores.softmax(-1)
                .view(groups, shared * length, keys)
                .bmm(all.values().reshape(groups, keys, size))
                .view(rows, config.heads(), length, size);
    }

    private Tensor fused(Tensor query, KeyValues.Pair all, Positions.View view) {
        return torch.scaled_dot_product_attention(
                query,
                all.keys(),
                all.values(),
                view.mask().map(TensorOptional::new).orElseGet(TensorOptional::new),
                0.0,
                false,
                new DoubleOptional(config.queryScale()),
                true);
    }

    /** Squeezes numbers smoothly into plus and minus {@code cap}. */
    static Tensor capped(Tensor x, double cap) {
        return x.div(new Scalar(cap)).tanh().mul(new Scalar(cap));
    }

    private Tensor feedForward(Tensor x, Routing routing) {
        var gate = weights.gate.forward(x, routing);
        var opened = config.activation().equals("silu") ? torch.silu(gate) : torch.gelu(gate, "tanh");
        return weights.down.forward(opened.mul(weights.up.forward(x, routing)), routing);
    }

    @Override
    public void close() {
        weights.linears().forEach(Linear::close);
        weights.norms().forEach(Norm::close);
    }
}
