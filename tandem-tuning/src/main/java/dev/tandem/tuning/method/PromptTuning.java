package dev.tandem.tuning.method;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.Routing;
import dev.tandem.tuning.dataset.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Prompt tuning (Lester et al. 2021): the model stays as it is, and a few virtual tokens, whose vectors train, stand before
 * every text. They begin as the vectors of real tokens, since from random ones hardly anything is learned.
 */
public final class PromptTuning implements Tuning {
    private final Decoder decoder;
    private final Tensor prompt;
    private final int count;
    private final BlockwiseBackward backward;

    /**
     * Begins with real tokens.
     *
     * @param remember whether activations are kept instead of running each block twice
     * @param initial the tokens whose vectors the virtual tokens begin as; as many as there will be
     */
    public PromptTuning(Decoder decoder, boolean remember, long[] initial) {
        this.decoder = decoder;
        count = initial.length;
        try (var scope = new PointerScope()) {
            prompt = decoder.embedding(Inputs.tensor(new long[][] {initial}, decoder))
                    .squeeze(0)
                    .detach()
                    .to(ScalarType.Float)
                    .clone();
            prompt.retainReference();
        }
        prompt.set_requires_grad(true);
        backward = new BlockwiseBackward(decoder, remember);
    }

    @Override
    public Map<String, Tensor> trained() {
        return Map.of("prompt_embeddings", prompt);
    }

    @Override
    public double step(Batch batch, double weight, long seed) {
        var prompted = withRoom(batch);
        return backward.run(prompted, () -> input(prompted), Routing.BASE, weight);
    }

    @Override
    public double loss(Batch batch) {
        var prompted = withRoom(batch);
        return backward.loss(prompted, () -> input(prompted), Routing.BASE);
    }

    /** The batch with room for the virtual tokens before each example. */
    private Batch withRoom(Batch batch) {
        int most = batch.lengths().stream()
                .mapToInt(lengths -> lengths.length)
                .max()
                .orElseThrow();
        int positions = batch.positions() + most * count;
        var ids = new long[batch.rows()][positions];
        var targets = new long[batch.rows()][positions];
        var lengths = new ArrayList<int[]>();
        for (int row = 0; row < batch.rows(); row++) {
            Arrays.fill(targets[row], Batch.IGNORED);
            int from = 0;
            int to = 0;
            for (int length : batch.lengths().get(row)) {
                System.arraycopy(batch.ids()[row], from, ids[row], to + count, length);
                System.arraycopy(batch.targets()[row], from, targets[row], to + count, length);
                from += length;
                to += count + length;
            }
            lengths.add(Arrays.stream(batch.lengths().get(row))
                    .map(length -> count + length)
                    .toArray());
        }
        return new Batch(ids, targets, lengths);
    }

    /** Each position's vector: a virtual token's where there is room for one, otherwise its token's. */
    private Tensor input(Batch batch) {
        var virtual = new long[batch.rows()][batch.positions()];
        var isVirtual = new long[batch.rows()][batch.positions()];
        for (int row = 0; row < batch.rows(); row++) {
            int at = 0;
            for (int length : batch.lengths().get(row)) {
                for (int i = 0; i < count; i++) {
                    virtual[row][at + i] = i;
                    isVirtual[row][at + i] = 1;
                }
                at += length;
            }
        }
        var tokens = decoder.embedding(Inputs.ids(batch, decoder));
        var learned = torch.embedding(prompt, Inputs.tensor(virtual, decoder))
                .to(tokens.scalar_type().intern());
        var choice = Inputs.tensor(isVirtual, decoder).to(ScalarType.Bool).unsqueeze(-1);
        return decoder.scaled(torch.where(choice, learned, tokens));
    }

    @Override
    public void close() {
        prompt.close();
    }
}
