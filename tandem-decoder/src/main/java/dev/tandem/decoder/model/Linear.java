package dev.tandem.decoder.model;

import dev.tandem.decoder.weights.Matrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A linear layer, {@code y = W x + b}, and the low-rank updates that adapters attach to it. Owns its weights; adapters own
 * their updates. Not for use by several threads while updates come and go.
 */
public final class Linear implements AutoCloseable {
    private final String name;
    private final Matrix weight;
    private final Optional<Tensor> bias;
    private final Map<String, LowRank> updates = new LinkedHashMap<>();

    Linear(String name, Matrix weight, Optional<Tensor> bias) {
        this.name = name;
        this.weight = weight;
        this.bias = bias;
    }

    /** As Hugging Face's files name it, {@code model.layers.0.self_attn.q_proj}. */
    public String name() {
        return name;
    }

    /** Numbers that go in. */
    public long in() {
        return weight.columns();
    }

    /** Numbers that come out. */
    public long out() {
        return weight.rows();
    }

    /** How the weights are held. */
    public Matrix matrix() {
        return weight;
    }

    public Optional<Tensor> bias() {
        return bias;
    }

    /** The weights in full, {@code [out, in]}. */
    public Tensor weight(ScalarType type) {
        return weight.dense(type);
    }

    /**
     * Attaches an adapter's update.
     *
     * @throws IllegalArgumentException if its shapes do not fit, or the adapter has one here already
     */
    public void attach(String adapter, LowRank update) {
        if (update.a().size(1) != in() || update.b().size(0) != out()) {
            throw new IllegalArgumentException("An update from " + update.a().size(1) + " to "
                    + update.b().size(0) + " numbers does not fit " + name + " (" + in() + " to " + out() + ")");
        }
        if (updates.putIfAbsent(adapter, update) != null) {
            throw new IllegalArgumentException(name + " has an update of " + adapter + " already");
        }
    }

    /** Takes an adapter's update off; it is the caller's to close. Nothing happens where there is none. */
    public void detach(String adapter) {
        updates.remove(adapter);
    }

    /** An adapter's update here, if it has one. */
    public Optional<LowRank> update(String adapter) {
        return Optional.ofNullable(updates.get(adapter));
    }

    /**
     * The layer's output.
     *
     * @param x {@code [rows, positions, in]}
     * @return {@code [rows, positions, out]}
     */
    public Tensor forward(Tensor x, Routing routing) {
        var base = product(x, weight.dense(x.scalar_type().intern()));
        return switch (routing) {
            case Routing.Base() -> withBias(base);
            case Routing.One(String adapter, OptionalLong seed) -> {
                var update = updates.get(adapter);
                yield update == null ? withBias(base) : update.addTo(withBias(base), x, base, this, seed);
            }
            case Routing.PerRow(List<Optional<String>> adapters) -> mixed(x, base, adapters);
        };
    }

    /** {@code W x}; for one position as a matrix-vector product, which is several times faster than the general one. */
    private static Tensor product(Tensor x, Tensor matrix) {
        boolean vector = InferenceMode.is_enabled() && x.numel() == matrix.size(1) && !x.is_cuda();
        return vector ? matrix.mv(x.view(-1)).view(x.size(0), x.size(1), matrix.size(0)) : torch.linear(x, matrix);
    }

    private Tensor withBias(Tensor y) {
        return bias.isPresent() ? y.add(bias.get()) : y;
    }

    private Tensor mixed(Tensor x, Tensor base, List<Optional<String>> adapters) {
        var y = withBias(base);
        for (var named : updates.entrySet()) {
            var rows = new ArrayList<Long>();
            for (int row = 0; row < adapters.size(); row++) {
                if (adapters.get(row).filter(named.getKey()::equals).isPresent()) {
                    rows.add((long) row);
                }
            }
            if (!rows.isEmpty()) {
                var index = Tensor.create(
                                rows.stream().mapToLong(Long::longValue).toArray())
                        .to(x.device(), ScalarType.Long);
                var some = named.getValue()
                        .addTo(
                                y.index_select(0, index),
                                x.index_select(0, index),
                                base.index_select(0, index),
                                this,
                                OptionalLong.empty());
                y = y.index_copy(0, index, some);
            }
        }
        return y;
    }

    @Override
    public void close() {
        weight.close();
        bias.ifPresent(Tensor::close);
    }
}
