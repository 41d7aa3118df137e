package dev.tandem.tuning.pretraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.decoder.torch.Torch;
import dev.tandem.decoder.weights.SafetensorsWriter;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A model of Llama's architecture that knows nothing yet, with tied embeddings. Matrices are normal with a deviation of
 * sqrt(2 / (5 hidden)) (Nguyen and Salazar 2019), those that write into the residual stream divided by sqrt(2 layers) (Radford
 * et al. 2019), the embedding 0.02.
 *
 * @param vocabulary tokens
 * @param hidden numbers a position between blocks; {@code heads} divides it
 * @param layers blocks
 * @param heads of the queries
 * @param keyValueHeads of the keys and values; divides {@code heads}
 * @param intermediate numbers a position inside the feed-forward network
 * @param context most positions
 */
public record NewModel(
        int vocabulary, int hidden, int layers, int heads, int keyValueHeads, int intermediate, int context) {
    private static final double EMBEDDING_DEVIATION = 0.02;

    public NewModel {
        if (hidden % heads != 0 || heads % keyValueHeads != 0 || (hidden / heads) % 2 != 0) {
            throw new IllegalArgumentException("hidden " + hidden + ", heads " + heads + " and key-value heads "
                    + keyValueHeads + " do not divide evenly");
        }
    }

    /**
     * Writes {@code config.json}, {@code generation_config.json} and {@code model.safetensors}.
     *
     * @param folder which is made if it is not there
     * @param precision of the file's numbers
     * @param end id of the token that ends an answer
     * @param seed the same seed gives the same weights
     */
    public void write(Path folder, Precision precision, int end, long seed) {
        Torch.load();
        try {
            Files.createDirectories(folder);
            write(folder.resolve("config.json"), config(precision, end));
            write(
                    folder.resolve("generation_config.json"),
                    new ObjectMapper().createObjectNode().put("eos_token_id", end));
        } catch (IOException e) {
            throw new MendableException("The model cannot be written to " + folder + ": " + e.getMessage() + ".", e);
        }
        try (var scope = new PointerScope()) {
            SafetensorsWriter.write(
                    folder.resolve("model.safetensors"), weights(precision, new Random(seed)), Map.of("format", "pt"));
        }
    }

    private static void write(Path file, ObjectNode json) throws IOException {
        Files.writeString(
                file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    private ObjectNode config(Precision precision, int end) {
        var json = new ObjectMapper().createObjectNode();
        json.putArray("architectures").add("LlamaForCausalLM");
        return json.put("model_type", "llama")
                .put("vocab_size", vocabulary)
                .put("hidden_size", hidden)
                .put("intermediate_size", intermediate)
                .put("num_hidden_layers", layers)
                .put("num_attention_heads", heads)
                .put("num_key_value_heads", keyValueHeads)
                .put("head_dim", hidden / heads)
                .put("max_position_embeddings", context)
                .put("rms_norm_eps", 1e-5)
                .put("rope_theta", 10_000.0)
                .put("hidden_act", "silu")
                .put("attention_bias", false)
                .put("mlp_bias", false)
                .put("tie_word_embeddings", true)
                .put("eos_token_id", end)
                .put("torch_dtype", precision.name().toLowerCase(java.util.Locale.ROOT));
    }

    private Map<String, Tensor> weights(Precision precision, Random random) {
        var weights = new LinkedHashMap<String, Tensor>();
        double inside = Math.sqrt(2.0 / (5.0 * hidden));
        double residual = inside / Math.sqrt(2.0 * layers);
        int keyValues = hidden / heads * keyValueHeads;
        weights.put("model.embed_tokens.weight", normal(vocabulary, hidden, EMBEDDING_DEVIATION, precision, random));
        for (int layer = 0; layer < layers; layer++) {
            var block = "model.layers." + layer + ".";
            weights.put(block + "input_layernorm.weight", ones(precision));
            weights.put(block + "self_attn.q_proj.weight", normal(hidden, hidden, inside, precision, random));
            weights.put(block + "self_attn.k_proj.weight", normal(keyValues, hidden, inside, precision, random));
            weights.put(block + "self_attn.v_proj.weight", normal(keyValues, hidden, inside, precision, random));
            weights.put(block + "self_attn.o_proj.weight", normal(hidden, hidden, residual, precision, random));
            weights.put(block + "post_attention_layernorm.weight", ones(precision));
            weights.put(block + "mlp.gate_proj.weight", normal(intermediate, hidden, inside, precision, random));
            weights.put(block + "mlp.up_proj.weight", normal(intermediate, hidden, inside, precision, random));
            weights.put(block + "mlp.down_proj.weight", normal(hidden, intermediate, residual, precision, random));
        }
        weights.put("model.norm.weight", ones(precision));
        return weights;
    }

    private Tensor ones(Precision precision) {
        var numbers = new float[hidden];
        Arrays.fill(numbers, 1);
        return Tensor.create(numbers, hidden).to(precision.type());
    }

    /** Java's own generator, whose numbers are specified: the same on every machine and with every libtorch. */
    private static Tensor normal(int rows, int columns, double deviation, Precision precision, Random random) {
        var numbers = new float[rows * columns];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (random.nextGaussian() * deviation);
        }
        return Tensor.create(numbers, rows, columns).to(precision.type());
    }
}
