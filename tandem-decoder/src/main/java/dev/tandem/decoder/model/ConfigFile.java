package dev.tandem.decoder.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** A model folder's config.json, with the defaults that Hugging Face's transformers gives to what it leaves out. */
public final class ConfigFile {
    private final Path file;
    private final JsonNode json;
    private final Family family;

    private ConfigFile(Path file, JsonNode json, Family family) {
        this.file = file;
        this.json = json;
        this.family = family;
    }

    /**
     * Reads a folder's configuration.
     *
     * @throws MendableException if there is none, its family or a trait is unknown, or a number is missing or impossible
     */
    public static DecoderConfig read(Path folder) {
        var file = folder.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new MendableException(
                    "The folder " + folder + " holds no model (config.json is missing): name a folder in"
                            + " Hugging Face's layout, as `tandem model pull` makes it.");
        }
        try {
            var json = new ObjectMapper().readTree(file.toFile());
            var quantised = json.path("quantization_config");
            if (quantised.isObject()) {
                throw new MendableException(file + " says that the weights are quantised ("
                        + quantised.path("quant_method").asText("by an unnamed method")
                        + "): tuning, merging and answers need them in full. Fetch the model that it was made from, and use"
                        + " --method qlora to hold that in four bits.");
            }
            // A model that also sees keeps its language part's configuration inside.
            var text = json.path("text_config").isObject() ? json.get("text_config") : json;
            var type = text.path("model_type").asText("");
            var family = Family.named(type)
                    .orElseThrow(() -> new MendableException(file + " names the model type \"" + type
                            + "\", which is unknown here. Known: "
                            + Arrays.stream(Family.values())
                                    .map(Family::modelType)
                                    .collect(Collectors.joining(", ")) + "."));
            return new ConfigFile(file, text, family).config();
        } catch (IOException e) {
            throw new MendableException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private DecoderConfig config() {
        int hidden = count("hidden_size");
        int heads = count("num_attention_heads");
        int keyValueHeads = json.has("num_key_value_heads") ? count("num_key_value_heads") : heads;
        int headSize = json.path("head_dim").isInt() ? count("head_dim") : hidden / heads;
        if (heads % keyValueHeads != 0 || headSize % 2 != 0) {
            throw wrong("num_attention_heads must be a multiple of num_key_value_heads, and head_dim even");
        }
        boolean biases = json.path("attention_bias").asBoolean(false);
        boolean feedForwardBiases = json.path("mlp_bias").asBoolean(false);
        return new DecoderConfig(
                family,
                count("vocab_size"),
                hidden,
                count("intermediate_size"),
                heads,
                keyValueHeads,
                headSize,
                json.has("max_position_embeddings") ? count("max_position_embeddings") : 2048,
                json.path("rms_norm_eps").asDouble(1e-6),
                activation(),
                json.path("tie_word_embeddings").asBoolean(family.tied()),
                new DecoderConfig.Biases(biases || family.projectionBiases(), biases, feedForwardBiases),
                1 / Math.sqrt(json.path("query_pre_attn_scalar").asDouble(family.normsAfterwards() ? 256 : headSize)),
                cap("attn_logit_softcapping", 50),
                cap("final_logit_softcapping", 30),
                window(),
                layers(),
                rope("full_attention"),
                rope("sliding_attention"));
    }

    private int count(String key) {
        var node = json.path(key);
        if (!node.isInt() || node.intValue() < 1) {
            throw wrong(key + " must be a positive number, not " + node);
        }
        return node.intValue();
    }

    private String activation() {
        var name =
                json.has("hidden_activation") && !json.get("hidden_activation").isNull()
                        ? json.get("hidden_activation").asText()
                        : json.path("hidden_act").asText(family.activation());
        // Gemma's early files say gelu and mean the approximation that the model was trained with.
        name = name.equals("gelu") && family.normByOnePlusWeight() ? family.activation() : name;
        if (!List.of("silu", "gelu_pytorch_tanh").contains(name)) {
            throw wrong("the activation " + name + " is unknown here");
        }
        return name;
    }

    private OptionalDouble cap(String key, double ofGemma2) {
        if (json.has(key)) {
            return json.get(key).isNumber() ? OptionalDouble.of(json.get(key).doubleValue()) : OptionalDouble.empty();
        }
        return family == Family.GEMMA2 ? OptionalDouble.of(ofGemma2) : OptionalDouble.empty();
    }

    private OptionalInt window() {
        boolean used = switch (family) {
            case QWEN2, QWEN3, SMOLLM3 -> json.path("use_sliding_window").asBoolean(false);
            default -> true;
        };
        return used && json.path("sliding_window").isInt()
                ? OptionalInt.of(count("sliding_window"))
                : OptionalInt.empty();
    }

    private List<DecoderConfig.Layer> layers() {
        int count = count("num_hidden_layers");
        var types = json.path("layer_types");
        if (types.isArray() && types.size() != count) {
            throw wrong("layer_types has " + types.size() + " entries for " + count + " layers");
        }
        var unrotated = json.path("no_rope_layers");
        int interval = json.path("no_rope_layer_interval").asInt(4);
        var layers = new ArrayList<DecoderConfig.Layer>(count);
        for (int i = 0; i < count; i++) {
            boolean sliding = types.isArray() ? types.get(i).asText().equals("sliding_attention") : slidingByDefault(i);
            boolean rotated = family != Family.SMOLLM3
                    || (unrotated.isArray() && i < unrotated.size()
                            ? unrotated.get(i).asInt(1) != 0
                            : (i + 1) % interval != 0);
            layers.add(new DecoderConfig.Layer(sliding && window().isPresent(), rotated));
        }
        return layers;
    }

    private boolean slidingByDefault(int layer) {
        return switch (family) {
            case MISTRAL -> true;
            case QWEN2, QWEN3 -> layer >= json.path("max_window_layers").asInt(28);
            case GEMMA2 -> layer % 2 == 0;
            case GEMMA3 -> (layer + 1) % json.path("sliding_window_pattern").asInt(6) != 0;
            case LLAMA, SMOLLM3 -> false;
        };
    }

    /** The rotation of one kind of layer; older files have {@code rope_theta} and {@code rope_scaling} beside each other. */
    private Rope rope(String kind) {
        boolean local = family == Family.GEMMA3 && kind.equals("sliding_attention");
        var parameters = json.path("rope_parameters");
        if (parameters.has(kind)) {
            parameters = parameters.get(kind);
        }
        if (parameters.isObject()) {
            return new Rope(parameters.path("rope_theta").asDouble(theta(local)), scaling(parameters));
        }
        // Gemma 3 scales only the layers that see everything.
        return new Rope(theta(local), local ? Rope.NONE : scaling(json.path("rope_scaling")));
    }

    private double theta(boolean local) {
        if (local) {
            return json.path("rope_local_base_freq").asDouble(10_000);
        }
        return json.path("rope_theta")
                .asDouble(family == Family.GEMMA3 ? 1_000_000 : family == Family.SMOLLM3 ? 2_000_000 : 10_000);
    }

    private Rope.Scaling scaling(JsonNode node) {
        var type = node.path("rope_type").asText(node.path("type").asText("default"));
        return switch (type) {
            case "default" -> Rope.NONE;
            case "linear" -> new Rope.Scaling.Linear(node.path("factor").asDouble(1));
            case "llama3" ->
                new Rope.Scaling.Llama3(
                        node.path("factor").asDouble(8),
                        node.path("low_freq_factor").asDouble(1),
                        node.path("high_freq_factor").asDouble(4),
                        node.path("original_max_position_embeddings").asDouble(8192));
            default ->
                throw wrong("the rope scaling \"" + type + "\" is unknown here (known: default, linear, llama3)");
        };
    }

    private MendableException wrong(String what) {
        return new MendableException(file + ": " + what + ".");
    }
}
