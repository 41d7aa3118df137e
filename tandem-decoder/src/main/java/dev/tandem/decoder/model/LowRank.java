package dev.tandem.decoder.model;

import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A low-rank update of a linear layer: {@code W x + scale B A x} (Hu et al. 2021, "LoRA"), or, with a magnitude, the same
 * with each row of the sum brought to that length (Liu et al. 2024, "DoRA"). Owns its tensors.
 *
 * @param a {@code [rank, in]}
 * @param b {@code [out, rank]}
 * @param scale {@code alpha / rank}, or {@code alpha / sqrt(rank)} (Kalajdzievski 2023, "rsLoRA")
 * @param magnitude {@code [out]}: the lengths of the rows, for DoRA
 * @param dropout share of the inputs that is left out of the update while training, 0 to 1
 */
public record LowRank(Tensor a, Tensor b, double scale, Optional<Tensor> magnitude, double dropout)
        implements AutoCloseable {
    public long rank() {
        return a.size(0);
    }

    /**
     * The layer's output with the update in it.
     *
     * @param output what the layer gives without it, bias included, {@code [rows, positions, out]}
     * @param x {@code [rows, positions, in]}
     * @param base {@code W x} without the bias, {@code [rows, positions, out]}
     * @param layer the layer itself, whose weights DoRA needs
     * @param dropoutSeed given while training
     */
    Tensor addTo(Tensor output, Tensor x, Tensor base, Linear layer, OptionalLong dropoutSeed) {
        var type = x.scalar_type().intern();
        boolean drops = dropoutSeed.isPresent() && dropout > 0;
        var input = drops ? dropped(x, layer, dropoutSeed.getAsLong()) : x;
        var product = torch.linear(torch.linear(input, a.to(type)), b.to(type));
        if (magnitude.isEmpty()) {
            return output.add(product, new Scalar(scale));
        }
        var weight = layer.weight(type);
        var ratio = magnitude.get().div(rowLengths(weight)).to(type);
        var straight = drops ? torch.linear(input, weight) : base;
        return output.add(straight.mul(ratio.sub(new Scalar(1.0)))).add(product.mul(ratio), new Scalar(scale));
    }

    private Tensor dropped(Tensor x, Linear layer, long seed) {
        torch.manual_seed(seed ^ (0x9E3779B97F4A7C15L * layer.name().hashCode()));
        return torch.dropout(x, dropout, true);
    }

    /** {@code ||W + scale B A||} of each row; a constant for the gradient, as the paper's section 4.3 proposes. */
    private Tensor rowLengths(Tensor weight) {
        return sum(weight)
                .norm(new org.bytedeco.pytorch.ScalarOptional(new Scalar(2.0)), new long[] {1}, false)
                .detach();
    }

    /** {@code W + scale B A} in float32. */
    private Tensor sum(Tensor weight) {
        return weight.to(ScalarType.Float)
                .detach()
                .add(b.detach().to(ScalarType.Float).matmul(a.detach().to(ScalarType.Float)), new Scalar(scale));
    }

    /** The layer's weights with this update in them, in float32, {@code [out, in]}; an object of the innermost scope. */
    public Tensor merged(Tensor weight) {
        if (magnitude.isEmpty()) {
            return sum(weight);
        }
        var ratio = magnitude.get().detach().to(ScalarType.Float).div(rowLengths(weight));
        return sum(weight).mul(ratio.view(-1, 1));
    }

    /** DoRA's magnitudes to begin with: the lengths of the base's rows, so that the update changes nothing yet. */
    public static Tensor magnitudes(Tensor weight) {
        try (var scope = new PointerScope()) {
            var lengths = weight.to(ScalarType.Float)
                    .norm(new org.bytedeco.pytorch.ScalarOptional(new Scalar(2.0)), new long[] {1}, false)
                    .detach();
            lengths.retainReference();
            return lengths;
        }
    }

    @Override
    public void close() {
        a.close();
        b.close();
        magnitude.ifPresent(Tensor::close);
    }
}
