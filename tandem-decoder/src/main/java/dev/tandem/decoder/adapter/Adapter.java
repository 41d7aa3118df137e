package dev.tandem.decoder.adapter;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.LowRank;
import dev.tandem.decoder.weights.Safetensors;
import dev.tandem.decoder.weights.SafetensorsWriter;
import dev.tandem.foundation.MendableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * An adapter in Hugging Face PEFT's format, attached to a decoder under a name: {@code adapter_config.json} and
 * {@code adapter_model.safetensors}. Owns its weights; closing it takes it off the decoder.
 */
public final class Adapter implements AutoCloseable {
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final List<String> PARTS = List.of(".lora_A.weight", ".lora_B.weight");
    private static final String MAGNITUDE = ".lora_magnitude_vector";

    private final String name;
    private final AdapterConfig config;
    private final Decoder decoder;
    private final Map<String, LowRank> updates;
    private final Optional<Tensor> prompt;

    private Adapter(
            String name, AdapterConfig config, Decoder decoder, Map<String, LowRank> updates, Optional<Tensor> prompt) {
        this.name = name;
        this.config = config;
        this.decoder = decoder;
        this.updates = updates;
        this.prompt = prompt;
    }

    /** What an adapter folder says of itself, without loading it. */
    public static AdapterConfig describe(Path folder) {
        return AdapterConfigFile.read(folder);
    }

    /**
     * Loads an adapter and attaches it.
     *
     * @param name what {@link dev.tandem.decoder.model.Routing} calls it
     * @throws MendableException if the folder holds no adapter of a kind that is known here, or it belongs to another model
     */
    public static Adapter attach(Path folder, String name, Decoder decoder) {
        var config = AdapterConfigFile.read(folder);
        try (var scope = new PointerScope();
                var file = Safetensors.open(folder.resolve(WEIGHTS))) {
            return switch (config) {
                case AdapterConfig.Lora lora -> lora(folder, name, lora, file, decoder);
                case AdapterConfig.Prompt prompt -> {
                    var vectors = owned(
                            folder,
                            file,
                            "prompt_embeddings",
                            decoder,
                            prompt.tokens(),
                            decoder.config().hidden());
                    yield new Adapter(name, prompt, decoder, Map.of(), Optional.of(vectors));
                }
            };
        }
    }

    private static Adapter lora(
            Path folder, String name, AdapterConfig.Lora config, Safetensors file, Decoder decoder) {
        var layers = new TreeSet<String>();
        for (var key : file.names()) {
            var part = key.substring(Math.max(0, key.indexOf(".lora_")));
            boolean known = PARTS.contains(part) || (config.magnitudes() && part.equals(MAGNITUDE));
            if (!key.startsWith(PREFIX) || !known) {
                throw foreign(folder, "it holds the tensor " + key + ", which is no part of a low-rank update");
            }
            layers.add(key.substring(PREFIX.length(), key.indexOf(".lora_")));
        }
        var updates = new LinkedHashMap<String, LowRank>();
        var adapter = new Adapter(name, config, decoder, updates, Optional.empty());
        try {
            for (var layer : layers) {
                var linear = decoder.linears().get(layer);
                if (linear == null) {
                    throw foreign(folder, "the model has no layer " + layer);
                }
                var at = PREFIX + layer;
                int rank = config.rank(layer);
                var update = new LowRank(
                        owned(folder, file, at + PARTS.get(0), decoder, rank, linear.in()),
                        owned(folder, file, at + PARTS.get(1), decoder, linear.out(), rank),
                        config.scale(layer),
                        config.magnitudes()
                                ? Optional.of(owned(folder, file, at + MAGNITUDE, decoder, linear.out()))
                                : Optional.empty(),
                        config.dropout());
                updates.put(layer, update);
                linear.attach(name, update);
            }
            return adapter;
        } catch (RuntimeException e) {
            adapter.close();
            throw e;
        }
    }

    private static MendableException foreign(Path folder, String what) {
        return new MendableException("The adapter " + folder + " does not fit the model: " + what
                + ". Give the base that adapter_config.json names.");
    }

    /** A tensor of the shape that it must have. Adapters are held in float32, however small the base's numbers are. */
    private static Tensor owned(Path folder, Safetensors file, String key, Decoder decoder, long... shape) {
        var tensor = file.tensor(key);
        var actual = new long[(int) tensor.dim()];
        Arrays.setAll(actual, tensor::size);
        if (!Arrays.equals(actual, shape)) {
            throw foreign(
                    folder,
                    "its tensor " + key + " has the shape " + Arrays.toString(actual) + ", not "
                            + Arrays.toString(shape));
        }
        try (var scope = new PointerScope()) {
            var copy = tensor.to(new Device(decoder.placement().deviceType()), ScalarType.Float)
                    .clone();
            if (!copy.isfinite().all().item_bool()) {
                throw new MendableException("The adapter " + folder + " is damaged: its tensor " + key
                        + " holds numbers that are infinite or none. Fetch or train it again.");
            }
            copy.retainReference();
            return copy;
        }
    }

    public String name() {
        return name;
    }

    public AdapterConfig config() {
        return config;
    }

    /** The updates by layer, in the order of names; empty for prompt tuning. */
    public Map<String, LowRank> updates() {
        return java.util.Collections.unmodifiableMap(updates);
    }

    /** The virtual tokens' vectors, {@code [tokens, hidden]}; only for prompt tuning. */
    public Optional<Tensor> prompt() {
        return prompt;
    }

    /**
     * Writes an adapter's folder, whole or not at all: the configuration last, since without it a folder is no adapter.
     *
     * @param trained weights as {@code tandem-tuning} names them: {@code LAYER.lora_A.weight} and so on, or {@code
     *     prompt_embeddings}
     */
    public static void write(Path folder, AdapterConfig config, Map<String, Tensor> trained) {
        var tensors = new LinkedHashMap<String, Tensor>();
        trained.forEach(
                (key, tensor) -> tensors.put(config instanceof AdapterConfig.Lora ? PREFIX + key : key, tensor));
        try {
            Files.createDirectories(folder);
            SafetensorsWriter.write(folder.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
            AdapterConfigFile.write(folder, config);
        } catch (IOException e) {
            throw new MendableException(
                    "The adapter " + folder + " cannot be written: " + e.getMessage() + ". Choose another folder.", e);
        }
    }

    /**
     * Copies what PEFT reads of an adapter's folder to a new one, without records, metrics and checkpoints.
     *
     * @param base what the copy calls its base; none for what the adapter calls it
     * @throws MendableException if the folder holds no adapter, or the new one is in use
     */
    public static void copy(Path folder, Path out, Optional<String> base) {
        var config = AdapterConfigFile.read(folder);
        if (Files.exists(out.resolve(WEIGHTS)) || Files.isRegularFile(out)) {
            throw new MendableException(out + " is in use: name a folder that does not exist yet.");
        }
        try (var scope = new PointerScope();
                var file = Safetensors.open(folder.resolve(WEIGHTS))) {
            var tensors = new LinkedHashMap<String, Tensor>();
            file.names().forEach(name -> tensors.put(name, file.tensor(name)));
            Files.createDirectories(out);
            SafetensorsWriter.write(out.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
            AdapterConfigFile.write(out, base.map(config::withBase).orElse(config));
        } catch (IOException e) {
            throw new MendableException("The adapter " + out + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    /** The names of the layers' last parts that an adapter trains, as {@code target_modules} lists them. */
    public static List<String> targets(Iterable<String> layers) {
        var names = new TreeSet<String>();
        layers.forEach(layer -> names.add(layer.substring(layer.lastIndexOf('.') + 1)));
        return new ArrayList<>(names);
    }

    @Override
    public void close() {
        updates.forEach((layer, update) -> {
            var linear = decoder.linears().get(layer);
            if (linear != null && linear.update(name).filter(update::equals).isPresent()) {
                linear.detach(name);
            }
            update.close();
        });
        prompt.ifPresent(Tensor::close);
    }
}
