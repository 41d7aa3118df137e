package dev.tandem.decoder.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;

/** The weights of a model folder: one safetensors file, or shards and the index that says which tensor lies in which. */
public final class WeightFiles implements AutoCloseable {
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    private final Path folder;
    private final Map<String, Safetensors> shardOf;
    private final Map<String, Safetensors> shards;

    private WeightFiles(Path folder, Map<String, Safetensors> shardOf, Map<String, Safetensors> shards) {
        this.folder = folder;
        this.shardOf = shardOf;
        this.shards = shards;
    }

    /**
     * Opens a folder's weights.
     *
     * @throws MendableException if there are none, a shard is missing, or the index and the shards disagree
     */
    public static WeightFiles open(Path folder) {
        var files = new TreeSet<String>();
        var named = new LinkedHashMap<String, String>();
        if (Files.exists(folder.resolve(INDEX))) {
            readIndex(folder.resolve(INDEX), named);
            files.addAll(named.values());
        } else if (Files.exists(folder.resolve(SINGLE))) {
            files.add(SINGLE);
        } else {
            throw new MendableException("The folder " + folder + " has no weights (" + SINGLE + " or " + INDEX
                    + "): fetch them with `tandem model pull`, or convert other formats to safetensors.");
        }
        var shards = new LinkedHashMap<String, Safetensors>();
        var weights = new WeightFiles(folder, new LinkedHashMap<>(), shards);
        try {
            for (var name : files) {
                weights.add(name);
            }
            named.forEach((tensor, file) -> {
                var shard = shards.get(file);
                if (shard == null || !shard.names().contains(tensor)) {
                    throw new MendableException(folder.resolve(INDEX) + " says that " + file + " holds " + tensor
                            + ", but it does not: fetch both files again.");
                }
            });
            return weights;
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private void add(String file) {
        if (!Files.exists(folder.resolve(file))) {
            throw new MendableException("The weights " + folder.resolve(file)
                    + " are missing, though the index names them: fetch the model again.");
        }
        var shard = Safetensors.open(folder.resolve(file));
        shards.put(file, shard);
        shard.names().forEach(name -> shardOf.put(name, shard));
    }

    private static void readIndex(Path index, Map<String, String> named) {
        try {
            for (var entry : new ObjectMapper()
                    .readTree(index.toFile())
                    .path("weight_map")
                    .properties()) {
                var file = entry.getValue().asText();
                // The index may come from anywhere: it must not name files outside of its folder.
                if (!Path.of(file).getFileName().toString().equals(file)) {
                    throw new MendableException(index + " names the file " + file + ", which is not in its folder.");
                }
                named.put(entry.getKey(), file);
            }
        } catch (IOException e) {
            throw new MendableException(index + " cannot be read: " + e.getMessage() + ".", e);
        }
        if (named.isEmpty()) {
            throw new MendableException(index + " has no weight_map: fetch the model again.");
        }
    }

    public Set<String> names() {
        return java.util.Collections.unmodifiableSet(shardOf.keySet());
    }

    /**
     * A tensor as a view of its file's pages, on the CPU; an object of the innermost PointerScope.
     *
     * @throws MendableException if no file has it
     */
    public Tensor tensor(String name) {
        var shard = shardOf.get(name);
        if (shard == null) {
            throw new MendableException("The weights in " + folder + " have no tensor " + name
                    + ", which this family needs: the files belong to another model, or are incomplete.");
        }
        return shard.tensor(name);
    }

    @Override
    public void close() {
        shards.values().forEach(Safetensors::close);
    }
}
