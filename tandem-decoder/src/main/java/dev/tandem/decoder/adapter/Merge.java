package dev.tandem.decoder.adapter;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.decoder.weights.SafetensorsWriter;
import dev.tandem.decoder.weights.WeightFiles;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Puts a low-rank adapter's updates into its base's weights, for servers that load no adapters. Computed in float32 from the
 * base's own files, whatever precision the adapter was trained beside: merging into weights that were rounded to four bits
 * would change answers. Written in the precision that the base's files have.
 */
public final class Merge {
    private Merge() {}

    /**
     * Writes the merged model as a folder in Hugging Face's layout.
     *
     * @param out a folder that is missing or empty
     * @throws MendableException if the adapter has no updates to merge (prompt tuning), does not fit, or the folder is in use
     */
    public static void write(Path base, Path adapterFolder, Path out) {
        requireEmpty(out);
        try (var scope = new PointerScope();
                var decoder = Decoder.open(base, Placement.cpu(Precision.FLOAT32), Decoder.Storage.PLAIN);
                var adapter = Adapter.attach(adapterFolder, "merged", decoder);
                var files = WeightFiles.open(base)) {
            if (adapter.config() instanceof AdapterConfig.Prompt) {
                throw new MendableException(
                        "The adapter " + adapterFolder
                                + " is virtual tokens, which are no part of any weight: use it beside its base instead of merging.");
            }
            var tensors = new LinkedHashMap<String, Tensor>();
            for (var name : files.names()) {
                tensors.put(name, merged(name, files.tensor(name), decoder, adapter));
            }
            Files.createDirectories(out);
            copyOthers(base, out);
            SafetensorsWriter.write(out.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
        } catch (IOException e) {
            throw new MendableException("The merged model " + out + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private static void requireEmpty(Path out) {
        try {
            if (Files.exists(out) && (!Files.isDirectory(out) || !isEmpty(out))) {
                throw new MendableException("The folder " + out + " is in use: name one that does not exist yet.");
            }
        } catch (IOException e) {
            throw new MendableException("The folder " + out + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static Tensor merged(String name, Tensor original, Decoder decoder, Adapter adapter) {
        var layer = name.endsWith(".weight") ? name.substring(0, name.length() - ".weight".length()) : name;
        var update = adapter.updates().get(layer);
        var linear = decoder.linears().get(layer);
        if (update == null || linear == null) {
            return original;
        }
        return update.merged(linear.weight(ScalarType.Float))
                .detach()
                .to(original.scalar_type().intern());
    }

    /** Configuration, tokenizer, licence and the rest, but no weights in any format. */
    private static void copyOthers(Path base, Path out) throws IOException {
        try (var files = Files.list(base)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = file.getFileName().toString();
                if (!name.matches(
                        ".*\\.(safetensors|bin|gguf|pt|pth|onnx|h5|msgpack)|.*\\.safetensors\\.index\\.json")) {
                    Files.copy(file, out.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }
}
