package dev.tandem.tuning.method;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.tuning.dataset.Batch;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Cross-entropy of the next token and its gradient, a chunk of positions at a time and only where a token is learned: the
 * logits of all positions, which for large vocabularies outweigh everything else, never exist at once.
 */
final class ChunkedCrossEntropy {
    /** Positions whose logits exist at once. */
    private static final int CHUNK = 128;

    /** Logits that exist at once on a GPU, which small products leave idle. */
    private static final int LOGITS_ON_GPU = 1 << 26;

    private static final int SUM = 2;

    private ChunkedCrossEntropy() {}

    /**
     * The loss and, where asked for, its gradient.
     *
     * @param x what the last block gave, {@code [rows, positions, hidden]}, without history
     * @param weight what each token's loss is multiplied by
     * @param gradient of the same shape as {@code x} and zero; the gradient is written into it. Gradients of the head's and
     *     the last norm's own parameters, where they train, are accumulated in them
     * @return the weighted sum over all learned tokens
     */
    static double withGradient(Decoder decoder, Tensor x, Batch batch, double weight, Tensor gradient) {
        return overChunks(decoder, x, batch, (states, targets, places) -> {
            GradMode.set_enabled(true);
            var input = states.detach().set_requires_grad(true);
            var loss = loss(decoder, new Tensor(input), targets).mul(new Scalar(weight));
            loss.backward();
            GradMode.set_enabled(false);
            gradient.view(-1, gradient.size(-1)).index_copy_(0, places, new Tensor(input.grad()));
            return loss.item_double();
        });
    }

    /** The weighted sum alone, as for held-out examples. */
    static double alone(Decoder decoder, Tensor x, Batch batch) {
        return overChunks(
                decoder,
                x,
                batch,
                (states, targets, places) -> loss(decoder, states, targets).item_double());
    }

    @FunctionalInterface
    private interface Chunk {
        double loss(Tensor states, Tensor targets, Tensor places);
    }

    private static double overChunks(Decoder decoder, Tensor x, Batch batch, Chunk chunk) {
        var flatTargets = java.util.Arrays.stream(batch.targets())
                .flatMapToLong(java.util.Arrays::stream)
                .toArray();
        var learned = LongStream.range(0, flatTargets.length)
                .filter(i -> flatTargets[(int) i] != Batch.IGNORED)
                .toArray();
        int chunkSize =
                x.is_cuda() ? Math.max(CHUNK, LOGITS_ON_GPU / decoder.config().vocabulary()) : CHUNK;
        double sum = 0;
        for (int from = 0; from < learned.length; from += chunkSize) {
            try (var scope = new PointerScope()) {
                var places = java.util.Arrays.copyOfRange(learned, from, Math.min(learned.length, from + chunkSize));
                var targets = LongStream.of(places)
                        .map(place -> flatTargets[(int) place])
                        .toArray();
                var index = Tensor.create(places).to(x.device(), ScalarType.Long);
                sum += chunk.loss(
                        x.view(-1, x.size(-1)).index_select(0, index),
                        Tensor.create(targets).to(x.device(), ScalarType.Long),
                        index);
            }
        }
        return sum;
    }

    private static Tensor loss(Decoder decoder, Tensor states, Tensor targets) {
        var logits =
                decoder.logits(decoder.finish(states.unsqueeze(0))).squeeze(0).to(ScalarType.Float);
        return torch.cross_entropy_loss(logits, targets, new TensorOptional(), SUM, Batch.IGNORED, 0.0);
    }
}
