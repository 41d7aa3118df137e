package dev.tandem.tuning.method;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2), as PyTorch computes it. Its state is tensors by
 * name, so that it can be saved and goes on to the bit. Weights of less than 32 bits have a master copy in float32 that
 * takes the updates: rounded to bfloat16 most of them would vanish. Owns its state; the weights are the caller's.
 */
public final class AdamW implements AutoCloseable {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final Map<String, Tensor> weights;
    private final Map<String, State> states = new LinkedHashMap<>();
    private final double weightDecay;
    private long step;

    private record State(Tensor first, Tensor second, Tensor master) {}

    /**
     * Makes an optimizer.
     *
     * @param weights what is trained, by name; each requires gradients
     * @param weightDecay share of a matrix that the learning rate takes away each step; vectors (norms, biases) are spared
     */
    public AdamW(Map<String, Tensor> weights, double weightDecay) {
        this.weights = new LinkedHashMap<>(weights);
        this.weightDecay = weightDecay;
        GradMode.set_enabled(false);
        this.weights.forEach(
                (name, weight) -> states.put(name, new State(zeros(weight), zeros(weight), master(weight))));
    }

    private static Tensor zeros(Tensor weight) {
        try (var scope = new PointerScope()) {
            var state = torch.zeros_like(weight.detach().to(ScalarType.Float));
            state.retainReference();
            return state;
        }
    }

    /** The weight itself where it is float32 already. */
    private static Tensor master(Tensor weight) {
        try (var scope = new PointerScope()) {
            var master = weight.detach().to(ScalarType.Float);
            master.retainReference();
            return master;
        }
    }

    /**
     * Scales all gradients so that their common Euclidean length is at most {@code most} (Pascanu et al. 2013).
     *
     * @return the length before; not a number if any gradient is not
     */
    public double clip(double most) {
        try (var scope = new PointerScope()) {
            var norms = new TensorVector();
            for (var weight : weights.values()) {
                if (weight.grad().defined()) {
                    norms.push_back(gradient(weight).norm());
                }
            }
            if (norms.empty()) {
                return 0;
            }
            // Together, since each number that is asked for waits until a GPU has done all it was given.
            double norm = torch.stack(norms).to(ScalarType.Double).norm().item_double();
            if (norm > most) {
                var factor = new Scalar(most / (norm + 1e-6));
                weights.values().stream()
                        .filter(weight -> weight.grad().defined())
                        .forEach(weight -> new Tensor(weight.grad()).mul_(factor));
            }
            return norm;
        }
    }

    private static Tensor gradient(Tensor weight) {
        return new Tensor(weight.grad()).to(ScalarType.Float);
    }

    /** Takes one step down the accumulated gradients and clears them; weights without a gradient stay. */
    public void step(double learningRate) {
        GradMode.set_enabled(false);
        step++;
        double correction1 = 1 - Math.pow(BETA_1, (double) step);
        double correction2 = 1 - Math.pow(BETA_2, (double) step);
        for (var named : weights.entrySet()) {
            try (var scope = new PointerScope()) {
                var weight = named.getValue();
                var state = Objects.requireNonNull(states.get(named.getKey()));
                if (!weight.grad().defined()) {
                    continue;
                }
                var g = gradient(weight);
                var p = state.master();
                if (weightDecay > 0 && weight.dim() > 1) {
                    p.mul_(new Scalar(1 - learningRate * weightDecay));
                }
                state.first().lerp_(g, new Scalar(1 - BETA_1));
                state.second().mul_(new Scalar(BETA_2)).addcmul_(g, g, new Scalar(1 - BETA_2));
                var denominator = state.second()
                        .sqrt()
                        .div_(new Scalar(Math.sqrt(correction2)))
                        .add_(new Scalar(EPSILON));
                p.addcdiv_(state.first(), denominator, new Scalar(-learningRate / correction1));
                if (weight.scalar_type().intern() != ScalarType.Float) {
                    weight.copy_(p);
                }
                weight.mutable_grad().reset();
            }
        }
    }

    /** How many steps were taken. */
    public long steps() {
        return step;
    }

    /** The state by name, to be saved: {@code NAME.first}, {@code NAME.second}, {@code NAME.master}. */
    public Map<String, Tensor> state() {
        var tensors = new LinkedHashMap<String, Tensor>();
        states.forEach((name, state) -> {
            tensors.put(name + ".first", state.first());
            tensors.put(name + ".second", state.second());
            tensors.put(name + ".master", state.master());
        });
        return tensors;
    }

    /**
     * Goes on from a saved state.
     *
     * @param saved as {@link #state()} gave it
     * @param steps as {@link #steps()} was
     */
    public void restore(java.util.function.Function<String, Tensor> saved, long steps) {
        GradMode.set_enabled(false);
        step = steps;
        state().forEach((name, tensor) -> {
            try (var scope = new PointerScope()) {
                tensor.copy_(saved.apply(name));
            }
        });
        weights.forEach((name, weight) ->
                weight.copy_(Objects.requireNonNull(states.get(name)).master()));
    }

    @Override
    public void close() {
        states.values().forEach(state -> {
            state.first().close();
            state.second().close();
            state.master().close();
        });
    }
}
