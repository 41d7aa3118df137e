package dev.tandem.decoder.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** PEFT's adapter_config.json, with its names and its defaults. */
final class AdapterConfigFile {
    static final String NAME = "adapter_config.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private AdapterConfigFile() {}

    /** @throws MendableException if there is none, or it describes what cannot be loaded here */
    static AdapterConfig read(Path folder) {
        var file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new MendableException("The folder " + folder + " holds no adapter (" + NAME
                    + " is missing): name a folder that `tandem tune` or PEFT wrote.");
        }
        try {
            var json = JSON.readTree(file.toFile());
            var type = json.path("peft_type").asText();
            return switch (type) {
                case "LORA" -> lora(file, json);
                case "PROMPT_TUNING" -> prompt(json);
                default ->
                    throw new MendableException(
                            file + " is of the type \"" + type
                                    + "\", which cannot be loaded here: only LORA (also rsLoRA and DoRA) and PROMPT_TUNING can.");
            };
        } catch (IOException e) {
            throw new MendableException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static AdapterConfig.Lora lora(Path file, JsonNode json) {
        if (!json.path("modules_to_save").isEmpty()
                || !json.path("bias").asText("none").equals("none")) {
            throw new MendableException(
                    file + " also trained whole modules or biases (modules_to_save, bias), which cannot be"
                            + " loaded beside a base here: merge it into its base with PEFT, and use the merged model.");
        }
        var targets = new ArrayList<String>();
        if (json.path("target_modules").isTextual()) {
            targets.add(json.get("target_modules").asText());
        } else {
            json.path("target_modules").forEach(target -> targets.add(target.asText()));
        }
        var ranks = patterns(file, json, "rank_pattern");
        return new AdapterConfig.Lora(
                json.path("base_model_name_or_path").asText(""),
                (int) positive(file, "r", json.path("r"), 8),
                positive(file, "lora_alpha", json.path("lora_alpha"), 8),
                json.path("lora_dropout").asDouble(0),
                json.path("use_rslora").asBoolean(false),
                json.path("use_dora").asBoolean(false),
                targets,
                whole(ranks),
                patterns(file, json, "alpha_pattern"));
    }

    /** A rank or a strength: anything else would turn every answer into noise. */
    private static double positive(Path file, String key, JsonNode node, double otherwise) {
        double value = node.isMissingNode() || node.isNull() ? otherwise : node.asDouble(Double.NaN);
        if (!(value > 0) || value > Integer.MAX_VALUE) {
            throw new MendableException(
                    file + " gives " + key + " as " + node + ", not as a positive number: write the adapter anew.");
        }
        return value;
    }

    private static Map<String, Double> patterns(Path file, JsonNode json, String key) {
        var patterns = new LinkedHashMap<String, Double>();
        json.path(key).properties().forEach(entry -> {
            try {
                Pattern.compile(entry.getKey());
            } catch (PatternSyntaxException e) {
                throw new MendableException(file + ", " + key + ": \"" + entry.getKey() + "\" is no pattern.", e);
            }
            patterns.put(entry.getKey(), positive(file, key, entry.getValue(), Double.NaN));
        });
        return patterns;
    }

    private static Map<String, Integer> whole(Map<String, Double> numbers) {
        var whole = new LinkedHashMap<String, Integer>();
        numbers.forEach((key, value) -> whole.put(key, value.intValue()));
        return whole;
    }

    private static AdapterConfig.Prompt prompt(JsonNode json) {
        return new AdapterConfig.Prompt(
                json.path("base_model_name_or_path").asText(""),
                json.path("num_virtual_tokens").asInt(),
                json.path("token_dim").asInt(),
                json.path("num_attention_heads").asInt(),
                json.path("num_layers").asInt(),
                json.path("prompt_tuning_init_text").asText(""));
    }

    static void write(Path folder, AdapterConfig config) throws IOException {
        var json = JSON.createObjectNode();
        json.put("base_model_name_or_path", config.base());
        json.put("inference_mode", true);
        json.put("task_type", "CAUSAL_LM");
        json.putNull("revision");
        switch (config) {
            case AdapterConfig.Lora lora -> {
                json.put("peft_type", "LORA");
                json.put("r", lora.rank());
                number(json, "lora_alpha", lora.alpha());
                json.put("lora_dropout", lora.dropout());
                json.put("bias", "none");
                json.put("fan_in_fan_out", false);
                json.put("use_rslora", lora.rankStabilised());
                json.put("use_dora", lora.magnitudes());
                json.put("init_lora_weights", true);
                if (lora.targets().equals(List.of("all-linear"))) {
                    json.put("target_modules", "all-linear");
                } else {
                    lora.targets().forEach(json.putArray("target_modules")::add);
                }
                json.putNull("modules_to_save");
                lora.rankPattern().forEach(json.putObject("rank_pattern")::put);
                lora.alphaPattern().forEach(json.putObject("alpha_pattern")::put);
            }
            case AdapterConfig.Prompt prompt -> {
                json.put("peft_type", "PROMPT_TUNING");
                json.put("num_virtual_tokens", prompt.tokens());
                json.put("token_dim", prompt.dimension());
                json.put("num_transformer_submodules", 1);
                json.put("num_attention_heads", prompt.heads());
                json.put("num_layers", prompt.layers());
                // Only training looks at how they began; loading as RANDOM needs no tokenizer.
                json.put("prompt_tuning_init", "RANDOM");
                json.put("prompt_tuning_init_text", prompt.initialText());
                json.putNull("tokenizer_name_or_path");
            }
        }
        WholeFile.write(
                folder.resolve(NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    /** A whole number without a point, as PEFT writes it. */
    private static void number(com.fasterxml.jackson.databind.node.ObjectNode json, String key, double value) {
        if (value == Math.rint(value)) {
            json.put(key, (long) value);
        } else {
            json.put(key, value);
        }
    }
}
