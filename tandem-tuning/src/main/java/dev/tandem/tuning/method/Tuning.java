package dev.tandem.tuning.method;

import dev.tandem.tuning.dataset.Batch;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A way of tuning a decoder: which weights train, and what one batch gives them. Each method is one file, its step readable
 * from top to bottom. Not for use by several threads; all calls on the thread that made it.
 */
public sealed interface Tuning extends AutoCloseable permits FullTuning, LoraTuning, PromptTuning {
    /** What trains, by name; all of it requires gradients. */
    Map<String, Tensor> trained();

    /**
     * The training step without the optimizer's: accumulates the gradients of one batch.
     *
     * @param weight what each learned token's loss is multiplied by: one over the learned tokens of the whole update, so
     *     that several small batches give what one large one would
     * @param seed of the dropout masks
     * @return the weighted sum of the learned tokens' losses
     */
    double step(Batch batch, double weight, long seed);

    /** The sum of the learned tokens' losses, nothing dropped and nothing remembered. */
    double loss(Batch batch);

    @Override
    void close();
}
