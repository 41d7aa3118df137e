package dev.tandem.tuning.method;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.Routing;
import dev.tandem.tuning.dataset.Batch;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Prompt tuning (Lester et al. 2021): the model stays as it is, and a few virtual tokens, whose vectors train, stand before
 * every text. They begin as the vectors of real tokens, since from random ones hardly anything is learned.
 */
public final class PromptTuning implements Tuning {
    private final Tensor prompt;
    private final VirtualTokens virtual;
    private final BlockwiseBackward backward;

    /**
     * Begins with real tokens.
     *
     * @param remember whether activations are kept instead of running each block twice
     * @param initial the tokens whose vectors the virtual tokens begin as; as many as there will be
     */
    public PromptTuning(Decoder decoder, boolean remember, long[] initial) {
        try (var scope = new PointerScope()) {
            prompt = decoder.embedding(Inputs.ids(new long[][] {initial}, decoder))
                    .squeeze(0)
                    .detach()
                    .to(ScalarType.Float)
                    .clone();
            prompt.retainReference();
        }
        prompt.set_requires_grad(true);
        virtual = new VirtualTokens(decoder, prompt);
        backward = new BlockwiseBackward(decoder, remember);
    }

    @Override
    public Map<String, Tensor> trained() {
        return Map.of("prompt_embeddings", prompt);
    }

    @Override
    public double step(Batch batch, double weight, long seed) {
        var prompted = virtual.withRoom(batch);
        return backward.run(prompted, () -> virtual.input(prompted), Routing.BASE, weight);
    }

    @Override
    public double loss(Batch batch) {
        var prompted = virtual.withRoom(batch);
        return backward.loss(prompted, () -> virtual.input(prompted), Routing.BASE);
    }

    @Override
    public void close() {
        prompt.close();
    }
}
