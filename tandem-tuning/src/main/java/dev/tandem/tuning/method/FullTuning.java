package dev.tandem.tuning.method;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.Routing;
import dev.tandem.tuning.dataset.Batch;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Full fine-tuning: every weight trains, in place. The decoder must be held in full. */
public final class FullTuning implements Tuning {
    private final Decoder decoder;
    private final Map<String, Tensor> trained;
    private final BlockwiseBackward backward;

    /**
     * Makes every weight of a decoder trainable.
     *
     * @param remember whether activations are kept instead of running each block twice
     */
    public FullTuning(Decoder decoder, boolean remember) {
        this.decoder = decoder;
        trained = decoder.parameters();
        trained.values().forEach(weight -> weight.set_requires_grad(true));
        backward = new BlockwiseBackward(decoder, remember);
    }

    @Override
    public Map<String, Tensor> trained() {
        return trained;
    }

    @Override
    public double step(Batch batch, double weight, long seed) {
        return backward.run(batch, () -> decoder.embed(Inputs.ids(batch, decoder)), Routing.BASE, weight);
    }

    @Override
    public double loss(Batch batch) {
        return backward.loss(batch, () -> decoder.embed(Inputs.ids(batch, decoder)), Routing.BASE);
    }

    /** The weights are the decoder's: they stay, no longer trainable. */
    @Override
    public void close() {
        trained.values().forEach(weight -> weight.set_requires_grad(false));
    }
}
