package dev.tandem.tuning.training;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.foundation.Progress;
import dev.tandem.models.prompt.Tokenizer;
import dev.tandem.tuning.dataset.Batch;
import dev.tandem.tuning.dataset.Dataset;
import dev.tandem.tuning.dataset.TokenExample;
import dev.tandem.tuning.method.HeldOutLoss;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;

/**
 * How well a model foretells texts that it has not seen. Counted are the tokens that training would learn: answers and
 * their ends, or whole texts; an answer's prompt is given, not counted.
 *
 * @param examples how many texts
 * @param tokens counted ones
 * @param bytes of their text in UTF-8, the tokens that end them not counted
 * @param lossPerToken mean negative logarithm of the probability, in nats
 */
public record Perplexity(int examples, long tokens, long bytes, double lossPerToken) {
    /** What a measurement is made of: examples at once, and the most tokens of one. */
    public record Settings(int batch, int maxLength) {}

    /**
     * What was measured.
     *
     * @param base the model alone
     * @param adapted through each adapter, by its folder, in the order given
     * @param cut examples that lost their ends because they were longer than allowed
     * @param dropped examples of which nothing to count was left
     */
    public record Report(Perplexity base, Map<Path, Perplexity> adapted, int cut, int dropped) {}

    /** The exponential of the loss a token: among how many equally likely tokens the model chooses, so to speak. */
    public double perToken() {
        return Math.exp(lossPerToken);
    }

    /** Bits a byte of text: comparable between models of different tokenizers. */
    public double bitsPerByte() {
        return lossPerToken * tokens / Math.log(2) / bytes;
    }

    /** The exponential of the loss a byte. */
    public double perByte() {
        return Math.exp(lossPerToken * tokens / bytes);
    }

    /**
     * Measures the base and each adapter on the same examples.
     *
     * @param adapters folders, possibly none
     * @throws dev.tandem.foundation.MendableException if the model, an adapter or the data cannot be used
     */
    public static Report measure(
            Path base, List<Path> adapters, Path data, Placement placement, Settings settings, Progress progress) {
        try (var scope = new PointerScope();
                var tokenizer = Tokenizer.open(base);
                var decoder = Decoder.open(base, placement, Decoder.Storage.PLAIN)) {
            var dataset = Dataset.read(
                    data,
                    tokenizer,
                    Math.min(settings.maxLength(), decoder.config().context()));
            long bytes = bytes(dataset, tokenizer);
            long steps = (long) dataset.examples().size() * (adapters.size() + 1);
            try (var task = progress.start("Measuring", steps, "examples")) {
                var alone = measured(decoder, Optional.empty(), dataset, bytes, settings, task);
                var adapted = new LinkedHashMap<Path, Perplexity>();
                for (var folder : adapters) {
                    try (var adapter = Adapter.attach(folder, folder.toString(), decoder)) {
                        adapted.put(folder, measured(decoder, Optional.of(adapter), dataset, bytes, settings, task));
                    }
                }
                return new Report(alone, adapted, dataset.cut(), dataset.dropped());
            }
        }
    }

    /**
     * Measures one model: the base, or the base through an adapter.
     *
     * @throws dev.tandem.foundation.MendableException as {@link #measure}
     */
    public static Perplexity of(
            Path base, Optional<Path> adapter, Path data, Placement placement, Settings settings, Progress progress) {
        try (var scope = new PointerScope();
                var tokenizer = Tokenizer.open(base);
                var decoder = Decoder.open(base, placement, Decoder.Storage.PLAIN)) {
            var dataset = Dataset.read(
                    data,
                    tokenizer,
                    Math.min(settings.maxLength(), decoder.config().context()));
            long bytes = bytes(dataset, tokenizer);
            try (var task = progress.start("Perplexity", dataset.examples().size(), "answers")) {
                if (adapter.isEmpty()) {
                    return measured(decoder, Optional.empty(), dataset, bytes, settings, task);
                }
                try (var attached = Adapter.attach(adapter.get(), adapter.get().toString(), decoder)) {
                    return measured(decoder, Optional.of(attached), dataset, bytes, settings, task);
                }
            }
        }
    }

    private static Perplexity measured(
            Decoder decoder,
            Optional<Adapter> adapter,
            Dataset dataset,
            long bytes,
            Settings settings,
            Progress.Task task) {
        var examples = dataset.examples();
        double loss = 0;
        for (int from = 0; from < examples.size(); from += settings.batch()) {
            var some = examples.subList(from, Math.min(examples.size(), from + settings.batch()));
            loss += HeldOutLoss.of(decoder, adapter, Batch.pack(some, settings.maxLength()));
            task.step(some.size());
        }
        return new Perplexity(examples.size(), dataset.learnedTokens(), bytes, loss / dataset.learnedTokens());
    }

    private static long bytes(Dataset dataset, Tokenizer tokenizer) {
        return dataset.examples().stream()
                .mapToLong(example -> countedText(example, tokenizer).getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /** The text of the tokens that count; several turns of a conversation one after the other. */
    private static String countedText(TokenExample example, Tokenizer tokenizer) {
        var counted = new ArrayList<Integer>();
        IntStream.range(1, example.length())
                .filter(i -> example.learned()[i])
                .forEach(i -> counted.add(example.ids()[i]));
        return tokenizer.decode(counted.stream().mapToInt(Integer::intValue).toArray());
    }
}
