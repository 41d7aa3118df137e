package dev.tandem.decoder.model;

import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Root-mean-square norm (Zhang and Sennrich 2019): {@code x / sqrt(mean(x^2) + epsilon)}, times the weight.
 *
 * @param weight {@code [size]}, owned
 * @param onePlus whether one is added to the weight
 */
record Norm(String name, Tensor weight, double epsilon, boolean onePlus) implements AutoCloseable {
    /** Normalises the last dimension. */
    Tensor apply(Tensor x) {
        var factor = onePlus ? weight.add(new Scalar(1.0)) : weight;
        return torch.rms_norm(x, new long[] {weight.size(0)}, new TensorOptional(factor), new DoubleOptional(epsilon));
    }

    @Override
    public void close() {
        weight.close();
    }
}
