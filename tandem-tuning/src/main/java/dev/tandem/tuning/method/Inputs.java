package dev.tandem.tuning.method;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.tuning.dataset.Batch;
import java.util.Arrays;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Batches as tensors. */
final class Inputs {
    private Inputs() {}

    /** The ids, {@code [rows, positions]}, on the decoder's device. */
    static Tensor ids(Batch batch, Decoder decoder) {
        return ids(batch.ids(), decoder);
    }

    static Tensor ids(long[][] ids, Decoder decoder) {
        decoder.requireTokens(Arrays.stream(ids).flatMapToLong(Arrays::stream));
        return tensor(ids, decoder);
    }

    static Tensor tensor(long[][] numbers, Decoder decoder) {
        return Tensor.create(
                        Arrays.stream(numbers).flatMapToLong(Arrays::stream).toArray(),
                        numbers.length,
                        numbers[0].length)
                .to(new Device(decoder.placement().deviceType()), ScalarType.Long);
    }
}
