package dev.tandem.tuning.method;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.Linear;
import dev.tandem.decoder.model.LowRank;
import dev.tandem.decoder.model.Routing;
import dev.tandem.foundation.MendableException;
import dev.tandem.tuning.dataset.Batch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Low-rank adaptation (Hu et al. 2021, "LoRA"): the base stays as it is, and each chosen layer's {@code W x} becomes
 * {@code W x + scale B A x} with {@code A} of {@code rank} rows. {@code B} begins as zeros, so training begins at the base.
 * With magnitudes it is DoRA (Liu et al. 2024). On a decoder that holds its weights in four bits it is QLoRA (Dettmers et
 * al. 2023): the step is the same, each layer's weights are made full when they are used.
 */
public final class LoraTuning implements Tuning {
    private static final String ADAPTER = "in training";

    private final Decoder decoder;
    private final List<Linear> layers;
    private final Map<String, Tensor> trained = new LinkedHashMap<>();
    private final BlockwiseBackward backward;

    /**
     * Attaches a new update to each chosen layer.
     *
     * @param seed of the first {@code A}
     * @param remember whether activations are kept instead of running each block twice
     * @throws MendableException if no layer is chosen
     */
    public LoraTuning(Decoder decoder, LoraSettings settings, long seed, boolean remember) {
        this.decoder = decoder;
        layers = decoder.linears().values().stream()
                .filter(layer -> settings.targets(layer.name()))
                .toList();
        if (layers.isEmpty()) {
            throw new MendableException(
                    "No layer is named " + String.join(" or ", settings.targets()) + ": choose from "
                            + decoder.linears().keySet().stream()
                                    .map(name -> name.substring(name.lastIndexOf('.') + 1))
                                    .distinct()
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        torch.manual_seed(seed);
        for (var layer : layers) {
            var update = update(layer, settings);
            layer.attach(ADAPTER, update);
            trained.put(layer.name() + ".lora_A.weight", update.a());
            trained.put(layer.name() + ".lora_B.weight", update.b());
            update.magnitude().ifPresent(lengths -> trained.put(layer.name() + ".lora_magnitude_vector", lengths));
        }
        trained.values().forEach(weight -> weight.set_requires_grad(true));
        backward = new BlockwiseBackward(decoder, remember);
    }

    private LowRank update(Linear layer, LoraSettings settings) {
        try (var scope = new PointerScope()) {
            // As PEFT begins: A uniform within 1 / sqrt(in) (Kaiming with a = sqrt(5)), B zero.
            double bound = 1 / Math.sqrt((double) layer.in());
            // Drawn on the CPU, so that a seed begins alike on every device.
            var a = torch.zeros(settings.rank(), layer.in())
                    .uniform_(-bound, bound, new org.bytedeco.pytorch.GeneratorOptional())
                    .to(new Device(decoder.placement().deviceType()), ScalarType.Float);
            var b = torch.zeros(new long[] {layer.out(), settings.rank()}, floats());
            a.retainReference();
            b.retainReference();
            var magnitude = settings.magnitudes()
                    ? Optional.of(LowRank.magnitudes(layer.weight(ScalarType.Float)))
                    : Optional.<Tensor>empty();
            magnitude.ifPresent(Tensor::retainReference);
            return new LowRank(a, b, settings.scale(), magnitude, settings.dropout());
        }
    }

    /** Adapters train in float32 whatever the base is held in: in bfloat16 small updates would round away. */
    private TensorOptions floats() {
        return decoder.placement().options(ScalarType.Float);
    }

    @Override
    public Map<String, Tensor> trained() {
        return trained;
    }

    @Override
    public double step(Batch batch, double weight, long seed) {
        return backward.run(
                batch,
                () -> decoder.embed(Inputs.ids(batch, decoder)),
                new Routing.One(ADAPTER, OptionalLong.of(seed)),
                weight);
    }

    @Override
    public double loss(Batch batch) {
        return backward.loss(batch, () -> decoder.embed(Inputs.ids(batch, decoder)), Routing.through(ADAPTER));
    }

    @Override
    public void close() {
        for (var layer : layers) {
            layer.update(ADAPTER).ifPresent(LowRank::close);
            layer.detach(ADAPTER);
        }
    }
}
