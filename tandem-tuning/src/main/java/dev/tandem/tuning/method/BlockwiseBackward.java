package dev.tandem.tuning.method;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.KeyValues;
import dev.tandem.decoder.model.Positions;
import dev.tandem.decoder.model.Routing;
import dev.tandem.tuning.dataset.Batch;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The loss of a batch and its gradients, a block at a time (activation checkpointing, Chen et al. 2016): the way forward
 * keeps only what goes into each block; on the way back each block runs once more, now remembering, and hands the gradient
 * down. One block's activations, and one block's weights made full from four bits, exist at a time. The gradients are those
 * of plain back-propagation.
 *
 * <pre>
 * forward:   x0 = input(); x1 = block0(x0); ... xn = block(n-1)(x(n-1))       no gradients
 * head:      loss(xn), g = d loss / d xn                                      in chunks of tokens
 * backward:  for i = n-1 ... 0:  g = g * d block_i(x_i) / d x_i               block_i runs again
 * input:     g * d x0 / d (what the input learns)
 * </pre>
 */
final class BlockwiseBackward {
    private final Decoder decoder;
    private final boolean remember;

    /**
     * Makes a pass for a decoder.
     *
     * @param remember whether all activations are kept instead, as plain back-propagation does: no block runs twice, which
     *     saves a quarter to a third of the time and takes several times the memory; the gradients are the same
     */
    BlockwiseBackward(Decoder decoder, boolean remember) {
        this.decoder = decoder;
        this.remember = remember;
    }

    /**
     * Accumulates the gradients of a batch in everything that requires them.
     *
     * @param input makes {@code [rows, positions, hidden]} from the batch; called twice
     * @param weight what each learned token's loss is multiplied by
     * @return the weighted sum of the learned tokens' losses
     */
    double run(Batch batch, Supplier<Tensor> input, Routing routing, double weight) {
        if (remember) {
            return plain(batch, input, routing, weight);
        }
        try (var scope = new PointerScope()) {
            var positions = positions(batch);
            GradMode.set_enabled(false);
            var inputs = new Tensor[decoder.blocks() + 1];
            inputs[0] = kept(input);
            for (int i = 0; i < decoder.blocks(); i++) {
                int block = i;
                inputs[i + 1] = kept(() -> decoder.block(block, inputs[block], positions, KeyValues.NONE, routing));
            }

            var gradient = torch.zeros_like(inputs[decoder.blocks()]);
            double loss = ChunkedCrossEntropy.withGradient(decoder, inputs[decoder.blocks()], batch, weight, gradient);

            for (int i = decoder.blocks() - 1; i >= 0; i--) {
                inputs[i + 1].close();
                gradient = backward(i, inputs[i], positions, routing, gradient);
            }
            inputs[0].close();
            backward(input, gradient);
            GradMode.set_enabled(false);
            return loss;
        }
    }

    private double plain(Batch batch, Supplier<Tensor> input, Routing routing, double weight) {
        try (var scope = new PointerScope()) {
            var positions = positions(batch);
            GradMode.set_enabled(true);
            var x = input.get();
            for (int i = 0; i < decoder.blocks(); i++) {
                x = decoder.block(i, x, positions, KeyValues.NONE, routing);
            }
            GradMode.set_enabled(false);
            var end = x.detach();
            var gradient = torch.zeros_like(end);
            double loss = ChunkedCrossEntropy.withGradient(decoder, end, batch, weight, gradient);
            backward(x, gradient);
            return loss;
        }
    }

    /** The sum of the learned tokens' losses, without gradients. */
    double loss(Batch batch, Supplier<Tensor> input, Routing routing) {
        try (var scope = new PointerScope()) {
            GradMode.set_enabled(false);
            var positions = positions(batch);
            var x = kept(input);
            for (int i = 0; i < decoder.blocks(); i++) {
                int block = i;
                var before = x;
                x = kept(() -> decoder.block(block, before, positions, KeyValues.NONE, routing));
                before.close();
            }
            double loss = ChunkedCrossEntropy.alone(decoder, x, batch);
            x.close();
            return loss;
        }
    }

    private Positions positions(Batch batch) {
        return Positions.packed(decoder.config(), decoder.placement(), batch.lengths(), batch.positions());
    }

    /** Runs a block again from its input, remembering, and takes the gradient through it. */
    private Tensor backward(int block, Tensor x, Positions positions, Routing routing, Tensor gradient) {
        try (var scope = new PointerScope()) {
            GradMode.set_enabled(true);
            var input = new Tensor(x.detach().set_requires_grad(true));
            var output = decoder.block(block, input, positions, KeyValues.NONE, routing);
            backward(output, gradient);
            GradMode.set_enabled(false);
            var handed = new Tensor(input.grad()).clone();
            handed.retainReference();
            gradient.close();
            return handed;
        }
    }

    private static void backward(Supplier<Tensor> input, Tensor gradient) {
        try (var scope = new PointerScope()) {
            GradMode.set_enabled(true);
            var x = input.get();
            if (x.requires_grad()) {
                backward(x, gradient);
            }
        } finally {
            gradient.close();
        }
    }

    private static void backward(Tensor output, Tensor gradient) {
        output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
    }

    /** What is computed in a scope of its own, so that all but the result is freed at once. */
    private static Tensor kept(Supplier<Tensor> computation) {
        try (var scope = new PointerScope()) {
            var result = computation.get();
            result.retainReference();
            return result;
        }
    }
}
