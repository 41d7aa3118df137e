package dev.tandem.decoder.model;

import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.weights.Matrix;
import dev.tandem.decoder.weights.NormalFloat4;
import dev.tandem.foundation.MendableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Puts a decoder together from named weights, each checked against the shape that the configuration asks for. */
final class DecoderBuilder {
    static final String EMBEDDINGS = "model.embed_tokens.weight";

    private final DecoderConfig config;
    private final Placement placement;
    private final Decoder.Storage storage;
    private final Source source;
    private final List<AutoCloseable> made = new ArrayList<>();

    /** Where weights come from, by the names of Hugging Face's files. */
    @FunctionalInterface
    interface Source {
        Tensor tensor(String name, long[] shape);
    }

    DecoderBuilder(DecoderConfig config, Placement placement, Decoder.Storage storage, Source source) {
        this.config = config;
        this.placement = placement;
        this.storage = storage;
        this.source = source;
    }

    /** The decoder; if a weight is missing or of another shape, what was loaded before it is freed. */
    Decoder build() {
        try {
            var embeddings = owned(EMBEDDINGS, config.vocabulary(), config.hidden());
            var blocks = new ArrayList<Block>();
            for (int i = 0; i < config.layers().size(); i++) {
                blocks.add(new Block(config, i, block("model.layers." + i + ".")));
            }
            var norm = norm("model.norm", config.hidden());
            var head = new Linear(
                    "lm_head",
                    new Matrix.Dense(
                            config.tied() ? embeddings : owned("lm_head.weight", config.vocabulary(), config.hidden())),
                    Optional.empty());
            return new Decoder(config, placement, embeddings, blocks, norm, head);
        } catch (RuntimeException e) {
            made.forEach(DecoderBuilder::close);
            throw e;
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Block.Weights block(String at) {
        var attention = at + "self_attn.";
        var feedForward = at + "mlp.";
        var family = config.family();
        long query = (long) config.heads() * config.headSize();
        long keyValue = (long) config.keyValueHeads() * config.headSize();
        boolean biases = config.biases().queryKeyValue();
        boolean feedForwardBiases = config.biases().feedForward();
        return new Block.Weights(
                norm(at + "input_layernorm", config.hidden()),
                linear(attention + "q_proj", config.hidden(), query, biases),
                linear(attention + "k_proj", config.hidden(), keyValue, biases),
                linear(attention + "v_proj", config.hidden(), keyValue, biases),
                linear(
                        attention + "o_proj",
                        query,
                        config.hidden(),
                        config.biases().output()),
                norm(family.queryKeyNorms(), attention + "q_norm", config.headSize()),
                norm(family.queryKeyNorms(), attention + "k_norm", config.headSize()),
                norm(family.normsAfterwards(), at + "post_attention_layernorm", config.hidden()),
                // Families with two norms a block call the one before the feed-forward network by what comes before it.
                norm(
                        at + (family.normsAfterwards() ? "pre_feedforward_layernorm" : "post_attention_layernorm"),
                        config.hidden()),
                linear(feedForward + "gate_proj", config.hidden(), config.intermediate(), feedForwardBiases),
                linear(feedForward + "up_proj", config.hidden(), config.intermediate(), feedForwardBiases),
                linear(feedForward + "down_proj", config.intermediate(), config.hidden(), feedForwardBiases),
                norm(family.normsAfterwards(), at + "post_feedforward_layernorm", config.hidden()));
    }

    private Optional<Norm> norm(boolean present, String name, long size) {
        return present ? Optional.of(norm(name, size)) : Optional.empty();
    }

    private Norm norm(String name, long size) {
        return new Norm(
                name,
                owned(name + ".weight", size),
                config.normEpsilon(),
                config.family().normByOnePlusWeight());
    }

    private Linear linear(String name, long in, long out, boolean biased) {
        Matrix matrix = switch (storage) {
            case PLAIN -> new Matrix.Dense(owned(name + ".weight", out, in));
            case NF4 -> quantised(name + ".weight", out, in);
        };
        return new Linear(name, matrix, biased ? Optional.of(owned(name + ".bias", out)) : Optional.empty());
    }

    private Matrix quantised(String name, long... shape) {
        try (var scope = new PointerScope()) {
            var matrix = NormalFloat4.quantise(checked(name, shape), device());
            made.add(matrix);
            return matrix;
        }
    }

    /** A weight in the placement's precision, freed by its owner. */
    private Tensor owned(String name, long... shape) {
        try (var scope = new PointerScope()) {
            var tensor = checked(name, shape).to(device(), placement.precision().type());
            tensor.retainReference();
            made.add(tensor);
            return tensor;
        }
    }

    private Device device() {
        return new Device(placement.deviceType());
    }

    private Tensor checked(String name, long... shape) {
        var tensor = source.tensor(name, shape);
        var actual = new long[(int) tensor.dim()];
        Arrays.setAll(actual, tensor::size);
        if (!Arrays.equals(actual, shape)) {
            throw new MendableException("The weights' tensor " + name + " has the shape " + Arrays.toString(actual)
                    + ", config.json asks for " + Arrays.toString(shape) + ": the files belong to different models.");
        }
        if (!tensor.is_floating_point() || tensor.scalar_type().intern() == ScalarType.Float8_e4m3fn) {
            throw new MendableException("The weights' tensor " + name + " is of the type " + tensor.scalar_type()
                    + ": only weights in float32, float16 or bfloat16 can be opened. Fetch the model unquantised.");
        }
        return tensor;
    }
}
