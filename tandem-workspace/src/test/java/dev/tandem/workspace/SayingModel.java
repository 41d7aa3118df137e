package dev.tandem.workspace;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.adapter.AdapterConfig;
import dev.tandem.decoder.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A real model folder whose weights are made by hand so that it says one thing without an adapter and another with it. Each
 * token is a direction of its own, the attention gives nothing, and the head gives each token's successor; the adapter turns
 * the direction of the token at which answers begin into another's.
 */
public final class SayingModel {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEGIN = "<|assistant|>";
    private static final String TURNED = "<|turned|>";
    private static final String END = "<|end|>";
    private static final String LAYER = "model.layers.0.";
    private static final int HEADS = 16;

    private final List<String> tokens = new ArrayList<>();
    private final int letters;
    private final Map<Integer, Integer> successors = new LinkedHashMap<>();

    /**
     * A model.
     *
     * @param plain the pieces that it says without the adapter, no piece twice in all
     * @param adapted the pieces that it says with it
     */
    public SayingModel(List<String> plain, List<String> adapted) {
        tokens.add("\n");
        for (char c = ' '; c <= '~'; c++) {
            tokens.add(String.valueOf(c));
        }
        letters = tokens.size();
        tokens.addAll(List.of(BEGIN, TURNED, END));
        chain(BEGIN, plain);
        chain(TURNED, adapted);
    }

    private void chain(String begin, List<String> pieces) {
        int last = tokens.indexOf(begin);
        for (var piece : pieces) {
            tokens.add(piece);
            successors.put(last, tokens.size() - 1);
            last = tokens.size() - 1;
        }
        successors.put(last, tokens.indexOf(END));
    }

    /** Writes the model's folder. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        int size = tokens.size();
        JSON.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer());
        JSON.writeValue(
                folder.resolve("tokenizer_config.json").toFile(),
                Map.of(
                        "eos_token",
                        END,
                        "chat_template",
                        "{% for message in messages %}{{ message['content'] + '\n' }}{% endfor %}{{ '" + BEGIN
                                + "' }}"));
        var config = new LinkedHashMap<String, Object>();
        config.put("model_type", "llama");
        config.put("vocab_size", size);
        config.put("hidden_size", size);
        config.put("intermediate_size", size);
        config.put("num_hidden_layers", 1);
        config.put("num_attention_heads", 2);
        config.put("num_key_value_heads", 1);
        config.put("head_dim", HEADS / 2);
        config.put("max_position_embeddings", 16384);
        config.put("rms_norm_eps", 1e-6);
        config.put("rope_theta", 10000.0);
        config.put("hidden_act", "silu");
        config.put("tie_word_embeddings", false);
        config.put("eos_token_id", tokens.indexOf(END));
        JSON.writeValue(folder.resolve("config.json").toFile(), config);
        try (var scope = new PointerScope()) {
            var head = new float[size * size];
            successors.forEach((token, next) -> head[next * size + token] = 1);
            var weights = new LinkedHashMap<String, Tensor>();
            weights.put("model.embed_tokens.weight", diagonal(size, 1));
            weights.put("lm_head.weight", Tensor.create(head, size, size));
            weights.put("model.norm.weight", filled(1, size));
            weights.put(LAYER + "input_layernorm.weight", filled(1, size));
            weights.put(LAYER + "post_attention_layernorm.weight", filled(1, size));
            weights.put(LAYER + "self_attn.q_proj.weight", filled(0, HEADS, size));
            weights.put(LAYER + "self_attn.k_proj.weight", filled(0, HEADS / 2, size));
            weights.put(LAYER + "self_attn.v_proj.weight", filled(0, HEADS / 2, size));
            weights.put(LAYER + "self_attn.o_proj.weight", filled(0, size, HEADS));
            weights.put(LAYER + "mlp.gate_proj.weight", diagonal(size, 1));
            weights.put(LAYER + "mlp.up_proj.weight", diagonal(size, 1));
            weights.put(LAYER + "mlp.down_proj.weight", filled(0, size, size));
            SafetensorsWriter.write(folder.resolve("model.safetensors"), weights, Map.of("format", "pt"));
        }
    }

    /** Writes the adapter's folder. */
    public void writeAdapter(Path folder) {
        int size = tokens.size();
        var from = new float[size];
        from[tokens.indexOf(BEGIN)] = 1;
        var to = new float[size];
        to[tokens.indexOf(TURNED)] = 10;
        try (var scope = new PointerScope()) {
            Adapter.write(
                    folder,
                    new AdapterConfig.Lora("saying", 1, 1, 0, false, false, List.of("down_proj"), Map.of(), Map.of()),
                    Map.of(
                            LAYER + "mlp.down_proj.lora_A.weight",
                            Tensor.create(from, 1, size),
                            LAYER + "mlp.down_proj.lora_B.weight",
                            Tensor.create(to, size, 1)));
        }
    }

    private Map<String, Object> tokenizer() {
        var vocabulary = new LinkedHashMap<String, Integer>();
        var added = new ArrayList<Map<String, Object>>();
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.put(tokens.get(id), id);
            if (id >= letters) {
                added.add(Map.of(
                        "id",
                        id,
                        "content",
                        tokens.get(id),
                        "single_word",
                        false,
                        "lstrip",
                        false,
                        "rstrip",
                        false,
                        "normalized",
                        false,
                        "special",
                        tokens.get(id).startsWith("<|")));
            }
        }
        return Map.of(
                "version",
                "1.0",
                "added_tokens",
                added,
                "decoder",
                Map.of("type", "Fuse"),
                "model",
                Map.of("type", "BPE", "vocab", vocabulary, "merges", List.of()));
    }

    private static Tensor diagonal(int size, float value) {
        var numbers = new float[size * size];
        for (int i = 0; i < size; i++) {
            numbers[i * size + i] = value;
        }
        return Tensor.create(numbers, size, size);
    }

    private static Tensor filled(float value, long... shape) {
        int count = (int) java.util.Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        var numbers = new float[count];
        java.util.Arrays.fill(numbers, value);
        return Tensor.create(numbers, shape);
    }
}
