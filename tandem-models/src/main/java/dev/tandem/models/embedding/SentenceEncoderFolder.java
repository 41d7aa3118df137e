package dev.tandem.models.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A sentence encoder's folder as Hugging Face's hub has them: {@code onnx/model.onnx} or {@code model.onnx}, {@code tokenizer.json},
 * {@code config.json}, and what sentence-transformers adds, where it is there: how token states become one vector ({@code
 * 1_Pooling/config.json}), the longest text ({@code sentence_bert_config.json}), what is put before questions and passages
 * ({@code config_sentence_transformers.json}).
 *
 * @param network the ONNX file
 * @param window longest input in tokens, special ones included
 */
record SentenceEncoderFolder(
        Path folder,
        Path network,
        int dimension,
        int window,
        OnnxTextEncoder.Pooling pooling,
        String questionPrefix,
        String passagePrefix) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NETWORKS =
            List.of("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx");
    private static final int USUAL_WINDOW = 512;

    /** Positions that RoBERTa's family counts from two on, so that as many fewer tokens fit. */
    private static final int POSITIONS_OF_PADDING = 2;

    /** @throws MendableException if something is missing, or the model ends in layers that are not known here */
    static SentenceEncoderFolder read(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new MendableException("There is no folder " + folder + ", which embedding.model names: name one with"
                    + " an ONNX sentence encoder (model.onnx, tokenizer.json, config.json).");
        }
        var network = NETWORKS.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> missing(folder, "model.onnx or onnx/model.onnx"));
        if (!Files.isRegularFile(folder.resolve("tokenizer.json"))) {
            throw missing(folder, "tokenizer.json");
        }
        if (Files.isDirectory(folder.resolve("2_Dense"))) {
            throw new MendableException(
                    "The model in " + folder + " ends in a dense layer (2_Dense), which is not known"
                            + " here: choose one whose vectors come from pooling alone.");
        }
        var config = json(folder, "config.json").orElseThrow(() -> missing(folder, "config.json"));
        int dimension = config.path("hidden_size").asInt(config.path("dim").asInt());
        if (dimension < 1) {
            throw new MendableException(folder.resolve("config.json") + " has no hidden_size: the folder holds no"
                    + " sentence encoder of a kind that is known here.");
        }
        var prompts = json(folder, "config_sentence_transformers.json")
                .orElse(JSON.createObjectNode())
                .path("prompts");
        return new SentenceEncoderFolder(
                folder,
                network,
                dimension,
                window(folder, config),
                pooling(folder),
                prompts.path("query").asText(""),
                prompts.path("document").asText(prompts.path("passage").asText("")));
    }

    private static int window(Path folder, JsonNode config) {
        int positions = config.path("max_position_embeddings").asInt(USUAL_WINDOW);
        if (config.path("model_type").asText().contains("roberta")) {
            positions -= POSITIONS_OF_PADDING;
        }
        int longest = json(folder, "sentence_bert_config.json")
                .map(each -> each.path("max_seq_length").asInt(USUAL_WINDOW))
                .orElse(USUAL_WINDOW);
        return Math.min(positions, longest);
    }

    private static OnnxTextEncoder.Pooling pooling(Path folder) {
        var pooling = json(folder, "1_Pooling/config.json").orElse(JSON.createObjectNode());
        if (pooling.path("pooling_mode_cls_token").asBoolean()) {
            return OnnxTextEncoder.Pooling.FIRST;
        }
        for (var other :
                List.of("pooling_mode_max_tokens", "pooling_mode_lasttoken", "pooling_mode_weightedmean_tokens")) {
            if (pooling.path(other).asBoolean()) {
                throw new MendableException("The model in " + folder + " is pooled by " + other
                        + ", which is not known here: choose one that takes the mean or the first token.");
            }
        }
        // What sentence-transformers does, too, where nothing says otherwise.
        return OnnxTextEncoder.Pooling.MEAN;
    }

    /** Its name, with a hash of the network: another file under the same name is another model. */
    static String id(Path folder) {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName()) + "@"
                + hash(read(folder).network()).substring(0, 12);
    }

    private static String hash(Path file) {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new MendableException("Cannot read " + file + " (" + e + "): check who may read it.", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }

    private static Optional<JsonNode> json(Path folder, String name) {
        var file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(JSON.readTree(in));
        } catch (IOException e) {
            throw new MendableException(file + " is damaged (" + e.getMessage() + "): fetch it anew.", e);
        }
    }

    private static MendableException missing(Path folder, String what) {
        return new MendableException(
                "The folder " + folder + " has no " + what + ": fetch the whole model, its ONNX export included.");
    }
}
