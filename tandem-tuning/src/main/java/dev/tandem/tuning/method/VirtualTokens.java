package dev.tandem.tuning.method;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.tuning.dataset.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Learned vectors before every example of a batch.
 *
 * @param vectors {@code [tokens, hidden]}, not owned
 */
record VirtualTokens(Decoder decoder, Tensor vectors) {
    /** The batch with room for the virtual tokens before each example. */
    Batch withRoom(Batch batch) {
        int count = count();
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
    Tensor input(Batch batch) {
        var virtual = new long[batch.rows()][batch.positions()];
        var isVirtual = new long[batch.rows()][batch.positions()];
        for (int row = 0; row < batch.rows(); row++) {
            int at = 0;
            for (int length : batch.lengths().get(row)) {
                for (int i = 0; i < count(); i++) {
                    virtual[row][at + i] = i;
                    isVirtual[row][at + i] = 1;
                }
                at += length;
            }
        }
        var tokens = decoder.embedding(Inputs.ids(batch, decoder));
        var learned = torch.embedding(vectors, Inputs.tensor(virtual, decoder))
                .to(tokens.scalar_type().intern());
        var choice = Inputs.tensor(isVirtual, decoder).to(ScalarType.Bool).unsqueeze(-1);
        return decoder.scaled(torch.where(choice, learned, tokens));
    }

    private int count() {
        return (int) vectors.size(0);
    }
}
