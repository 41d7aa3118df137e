package dev.tandem.decoder.model;

import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.weights.WeightFiles;
import dev.tandem.foundation.MendableException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A decoder-only transformer: tokens in, logits of the next token out. Top to bottom:
 *
 * <pre>
 * ids -> {@link #embed} -> {@link #block} 0 ... n-1 -> {@link #finish} -> {@link #logits}
 * </pre>
 *
 * <p>Owns its weights and frees them when closed. Tensors that its methods return belong to the innermost PointerScope.
 * Whether gradients flow is the calling thread's grad mode; use one thread at a time.
 */
public final class Decoder implements AutoCloseable {
    private final DecoderConfig config;
    private final Placement placement;
    private final Tensor embeddings;
    private final List<Block> blocks;
    private final Norm norm;
    private final Linear head;

    /** How linear layers hold their weights. */
    public enum Storage {
        /** In the placement's precision. */
        PLAIN,
        /** In four bits (NormalFloat, double quantisation), made full a layer at a time when it is used. */
        NF4
    }

    Decoder(DecoderConfig config, Placement placement, Tensor embeddings, List<Block> blocks, Norm norm, Linear head) {
        this.config = config;
        this.placement = placement;
        this.embeddings = embeddings;
        this.blocks = List.copyOf(blocks);
        this.norm = norm;
        this.head = head;
    }

    /**
     * Opens a model folder in Hugging Face's layout. Weights that are already in the wanted precision stay in the file's
     * pages; others are converted, and four-bit weights made, a matrix at a time.
     *
     * @throws dev.tandem.foundation.MendableException if the folder is no model of a known family, or its files are
     *     damaged or do not fit together
     */
    public static Decoder open(Path folder, Placement placement, Storage storage) {
        var config = ConfigFile.read(folder);
        try (var files = WeightFiles.open(folder)) {
            var prefix = files.names().contains("language_model.model.embed_tokens.weight") ? "language_model." : "";
            return new DecoderBuilder(config, placement, storage, (name, shape) -> files.tensor(prefix + name)).build();
        }
    }

    /** A model of random weights (normal, deviation 0.02), to measure with. */
    public static Decoder random(DecoderConfig config, Placement placement, Storage storage, long seed) {
        torch.manual_seed(seed);
        return new DecoderBuilder(
                        config,
                        placement,
                        storage,
                        (name, shape) -> name.contains("norm")
                                ? torch.ones(shape)
                                : torch.randn(shape).mul_(new Scalar(0.02)))
                .build();
    }

    public DecoderConfig config() {
        return config;
    }

    public Placement placement() {
        return placement;
    }

    /** The blocks' linear layers by name, in order; not the language-model head. */
    public Map<String, Linear> linears() {
        var linears = new LinkedHashMap<String, Linear>();
        for (var block : blocks) {
            block.weights().linears().forEach(linear -> linears.put(linear.name(), linear));
        }
        return linears;
    }

    /**
     * All weights that are held in full, by the names of Hugging Face's files: what full fine-tuning trains and saves. Tied
     * heads appear once, as the embeddings.
     */
    public Map<String, Tensor> parameters() {
        var parameters = new LinkedHashMap<String, Tensor>();
        parameters.put(DecoderBuilder.EMBEDDINGS, embeddings);
        for (var block : blocks) {
            block.weights().linears().forEach(linear -> put(parameters, linear));
            block.weights().norms().forEach(each -> parameters.put(each.name() + ".weight", each.weight()));
        }
        parameters.put(norm.name() + ".weight", norm.weight());
        if (!config.tied()) {
            put(parameters, head);
        }
        return parameters;
    }

    private static void put(Map<String, Tensor> parameters, Linear linear) {
        if (linear.matrix() instanceof dev.tandem.decoder.weights.Matrix.Dense(Tensor weight)) {
            parameters.put(linear.name() + ".weight", weight);
        }
        linear.bias().ifPresent(bias -> parameters.put(linear.name() + ".bias", bias));
    }

    /**
     * Asks that every token has a row in the embedding matrix.
     *
     * @throws MendableException if the tokenizer gave one that has none: it belongs to another model, or was given tokens
     *     that the model was not
     */
    public void requireTokens(LongStream ids) {
        ids.filter(id -> id < 0 || id >= config.vocabulary()).findFirst().ifPresent(id -> {
            throw new MendableException("The tokenizer gives the token " + id + ", but the model knows "
                    + config.vocabulary()
                    + " only: tokenizer.json belongs to another model, or tokens were added to it without enlarging the"
                    + " model's embeddings. Fetch the whole model again, or enlarge them with transformers.");
        });
    }

    /**
     * Tokens to vectors.
     *
     * @param ids {@code [rows, positions]}, 64-bit, on any device
     * @return {@code [rows, positions, hidden]}
     */
    public Tensor embed(Tensor ids) {
        return scaled(embedding(ids));
    }

    /** The rows of the embedding matrix, before the factor that some families have. */
    public Tensor embedding(Tensor ids) {
        return torch.embedding(embeddings, ids.to(embeddings.device(), ScalarType.Long));
    }

    /** Embeddings, real or learned, as the first block takes them. */
    public Tensor scaled(Tensor vectors) {
        if (!config.family().scaledEmbeddings()) {
            return vectors;
        }
        // The factor is rounded as the weights are: the reference holds it in their precision.
        var factor = Tensor.create((float) Math.sqrt(config.hidden()))
                .to(vectors.device(), vectors.scalar_type().intern());
        return vectors.mul(factor);
    }

    /** How many blocks there are. */
    public int blocks() {
        return blocks.size();
    }

    /**
     * One block; the same inputs give the same output, so that training can run it again instead of remembering it.
     *
     * @param x {@code [rows, positions, hidden]}
     */
    public Tensor block(int index, Tensor x, Positions positions, KeyValues keyValues, Routing routing) {
        return blocks.get(index).forward(x, positions, keyValues, routing);
    }

    /** For {@link TokenPass}, which goes its own way through them. */
    List<Block> blockList() {
        return blocks;
    }

    Norm norm() {
        return norm;
    }

    Linear head() {
        return head;
    }

    /** The norm behind the last block. */
    public Tensor finish(Tensor x) {
        return norm.apply(x);
    }

    /**
     * The language-model head.
     *
     * @param x finished vectors, {@code [rows, positions, hidden]}
     * @return {@code [rows, positions, vocabulary]}, in the placement's precision
     */
    public Tensor logits(Tensor x) {
        var logits = head.forward(x, Routing.BASE);
        return config.logitCap().isPresent()
                ? Block.capped(logits, config.logitCap().getAsDouble())
                : logits;
    }

    /**
     * All of it, each row one text from its beginning.
     *
     * @param ids {@code [rows, positions]}, on any device
     * @return {@code [rows, positions, vocabulary]}
     */
    public Tensor forward(Tensor ids, Routing routing) {
        return forward(ids, Positions.causal(config, placement, (int) ids.size(1)), routing);
    }

    /** All of it, with positions of the caller's. */
    public Tensor forward(Tensor ids, Positions positions, Routing routing) {
        var x = embed(ids);
        for (int i = 0; i < blocks.size(); i++) {
            x = block(i, x, positions, KeyValues.NONE, routing);
        }
        return logits(finish(x));
    }

    @Override
    public void close() {
        blocks.forEach(Block::close);
        norm.close();
        if (!config.tied()) {
            head.close();
        }
        embeddings.close();
    }
}
