package dev.tandem.models.onnx;

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
 * A network's folder as Hugging Face's hub has them: {@code onnx/model.onnx} or {@code model.onnx}, {@code tokenizer.json} and {@code
 * config.json}.
 *
 * @param network the ONNX file
 * @param config what config.json says
 */
public record OnnxFolder(Path folder, Path network, JsonNode config) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NETWORKS =
            List.of("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx");
    private static final int USUAL_WINDOW = 512;

    /** Positions that RoBERTa's family counts from two on, so that as many fewer tokens fit. */
    private static final int POSITIONS_OF_PADDING = 2;

    /**
     * Looks at a folder.
     *
     * @param setting that names it, for errors
     * @param kind what it should hold: sentence encoder
     * @throws MendableException if something is missing
     */
    public static OnnxFolder read(Path folder, String setting, String kind) {
        if (!Files.isDirectory(folder)) {
            throw new MendableException("There is no folder " + folder + ", which " + setting + " names: name one with"
                    + " an ONNX " + kind + " (model.onnx, tokenizer.json, config.json).");
        }
        var network = NETWORKS.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> missing(folder, "model.onnx or onnx/model.onnx"));
        if (!Files.isRegularFile(folder.resolve("tokenizer.json"))) {
            throw missing(folder, "tokenizer.json");
        }
        var config = json(folder, "config.json").orElseThrow(() -> missing(folder, "config.json"));
        return new OnnxFolder(folder, network, config);
    }

    /** How the network's file is opened: by its path, since large ones keep their weights in a second file. */
    public OnnxNetwork.Source source() {
        return (environment, options) -> environment.createSession(network.toString(), options);
    }

    /** What tokenizer.json holds. */
    public byte[] tokenizer() {
        try {
            return Files.readAllBytes(folder.resolve("tokenizer.json"));
        } catch (IOException e) {
            throw new MendableException("Cannot read " + folder + " (" + e + "): check who may read it.", e);
        }
    }

    /** Longest input in tokens, special ones included. */
    public int window() {
        int positions = config.path("max_position_embeddings").asInt(USUAL_WINDOW);
        if (config.path("model_type").asText().contains("roberta")) {
            positions -= POSITIONS_OF_PADDING;
        }
        int longest = json("sentence_bert_config.json")
                .map(each -> each.path("max_seq_length").asInt(USUAL_WINDOW))
                .orElse(USUAL_WINDOW);
        return Math.min(positions, longest);
    }

    /** Another file of the folder, if it is there. */
    public Optional<JsonNode> json(String name) {
        return json(folder, name);
    }

    /** Its name, with a hash of the network: another file under the same name is another model. */
    public String id() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName()) + "@"
                + hash(network).substring(0, 12);
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
