package dev.tandem.models.embedding;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.onnx.OnnxFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A sentence encoder's folder, with what sentence-transformers adds, where it is there: how token states become one vector ({@code
 * 1_Pooling/config.json}) and what is put before questions and passages ({@code config_sentence_transformers.json}).
 */
record SentenceEncoderFolder(
        OnnxFolder files, int dimension, OnnxTextEncoder.Pooling pooling, String questionPrefix, String passagePrefix) {

    /** @throws MendableException if something is missing, or the model ends in layers that are not known here */
    static SentenceEncoderFolder read(Path folder) {
        var files = OnnxFolder.read(folder, "embedding.model", "sentence encoder");
        if (Files.isDirectory(folder.resolve("2_Dense"))) {
            throw new MendableException(
                    "The model in " + folder + " ends in a dense layer (2_Dense), which is not known"
                            + " here: choose one whose vectors come from pooling alone.");
        }
        int dimension = files.config()
                .path("hidden_size")
                .asInt(files.config().path("dim").asInt());
        if (dimension < 1) {
            throw new MendableException(folder.resolve("config.json") + " has no hidden_size: the folder holds no"
                    + " sentence encoder of a kind that is known here.");
        }
        var prompts = files.json("config_sentence_transformers.json")
                .orElse(JsonNodeFactory.instance.objectNode())
                .path("prompts");
        return new SentenceEncoderFolder(
                files,
                dimension,
                pooling(files),
                prompts.path("query").asText(""),
                prompts.path("document").asText(prompts.path("passage").asText("")));
    }

    private static OnnxTextEncoder.Pooling pooling(OnnxFolder files) {
        var pooling = files.json("1_Pooling/config.json").orElse(JsonNodeFactory.instance.objectNode());
        if (pooling.path("pooling_mode_cls_token").asBoolean()) {
            return OnnxTextEncoder.Pooling.FIRST;
        }
        for (var other :
                List.of("pooling_mode_max_tokens", "pooling_mode_lasttoken", "pooling_mode_weightedmean_tokens")) {
            if (pooling.path(other).asBoolean()) {
                throw new MendableException("The model in " + files.folder() + " is pooled by " + other
                        + ", which is not known here: choose one that takes the mean or the first token.");
            }
        }
        // What sentence-transformers does, too, where nothing says otherwise.
        return OnnxTextEncoder.Pooling.MEAN;
    }
}
