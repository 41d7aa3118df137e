package dev.tandem.decoder.model;

import dev.tandem.decoder.torch.Placement;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The rows of a linear layer that one thread computes of it, for one position; an adapter's low-rank update included. Its
 * tensors belong to the PointerScope in which it was made.
 */
final class LinearShare {
    private final Tensor weight;
    private final int from;
    private final NativeVector product;
    private final float[] bias;
    private final Optional<Update> update;

    /**
     * Rows of {@code scale B A}.
     *
     * @param a all of it: it is small, and so no thread waits for another
     * @param b the share's rows
     */
    private record Update(Tensor a, Tensor b, double scale, NativeVector inner, NativeVector product, float[] sum) {}

    /**
     * Takes a share.
     *
     * @param share which, from 0
     * @param shares how many there are
     */
    LinearShare(Linear layer, Optional<LowRank> update, Placement placement, int share, int shares) {
        from = (int) (layer.out() * share / shares);
        int rows = (int) (layer.out() * (share + 1) / shares) - from;
        var type = placement.precision().type();
        weight = layer.weight(type).narrow(0, from, rows);
        product = NativeVector.zeros(placement, rows);
        bias = layer.bias().map(each -> floats(each.narrow(0, from, rows))).orElseGet(() -> new float[0]);
        this.update = update.map(low -> new Update(
                low.a().to(type),
                low.b().to(type).narrow(0, from, rows),
                low.scale(),
                NativeVector.zeros(placement, (int) low.rank()),
                NativeVector.zeros(placement, rows),
                new float[rows]));
    }

    /** The first of its rows. */
    int from() {
        return from;
    }

    /** The row behind its last. */
    int to() {
        return from + (int) product.tensor().size(0);
    }

    /** Computes its rows into an array of all rows that begins at {@code at}. */
    void apply(NativeVector x, float[] output, int at) {
        torch.mv_out(product.tensor(), weight, x.tensor());
        product.get(output, at + from);
        for (int i = 0; i < bias.length; i++) {
            output[at + from + i] += bias[i];
        }
        if (update.isPresent()) {
            add(update.get(), x, output, at + from);
        }
    }

    private static void add(Update update, NativeVector x, float[] output, int at) {
        torch.mv_out(update.inner.tensor(), update.a, x.tensor());
        torch.mv_out(update.product.tensor(), update.b, update.inner.tensor());
        update.product.get(update.sum, 0);
        float scale = (float) update.scale;
        for (int i = 0; i < update.sum.length; i++) {
            output[at + i] += scale * update.sum[i];
        }
    }

    /** A tensor's numbers. */
    static float[] floats(Tensor tensor) {
        var floats = new float[(int) tensor.numel()];
        java.nio.FloatBuffer memory = tensor.to(ScalarType.Float).contiguous().createBuffer();
        memory.get(floats);
        return floats;
    }
}
