package dev.tandem.bench.products;

import dev.tandem.decoder.adapter.Adapter;
import dev.tandem.decoder.generation.Generator;
import dev.tandem.decoder.generation.Sampling;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.foundation.Progress;
import dev.tandem.models.prompt.Tokenizer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;

/**
 * What a model says to many prompts, a batch at a time.
 *
 * @param base the model's folder
 * @param adapter of it; none for the untouched model
 */
public record Answers(Path base, Optional<Path> adapter) {
    private static final String TUNED = "tuned";
    private static final int MOST_NEW = 120;
    private static final int ROWS = 48;

    /** The likeliest tokens. */
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 0, 1, MOST_NEW, List.of(), 0);

    /** Drawn ones. */
    public static Sampling drawn(double temperature, long seed) {
        return new Sampling(temperature, 0, 1, 0, 1, MOST_NEW, List.of(), seed);
    }

    /** The answers, in the order of the prompts. */
    public List<String> to(List<String> prompts, Sampling sampling, String label, Progress progress) {
        // Alike in length, so that a batch is little padded.
        var order = IntStream.range(0, prompts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> prompts.get(i).length()))
                .toList();
        var answers = new String[prompts.size()];
        try (var scope = new PointerScope();
                var task = progress.start(label, prompts.size(), "prompts");
                var tokenizer = Tokenizer.open(base);
                var decoder = Decoder.open(base, Placement.best(Precision.BFLOAT16), Decoder.Storage.PLAIN)) {
            Consumer<Generator> answering = generator -> {
                for (int from = 0; from < order.size(); from += ROWS) {
                    var rows = order.subList(from, Math.min(order.size(), from + ROWS));
                    var requests = rows.stream()
                            .map(i -> request(tokenizer, prompts.get(i), sampling))
                            .toList();
                    var made = generator.generate(requests, (number, more) -> {}, () -> false);
                    for (int i = 0; i < rows.size(); i++) {
                        answers[rows.get(i)] = made.get(i).text().strip();
                    }
                    task.step(rows.size());
                }
            };
            if (adapter.isEmpty()) {
                answering.accept(new Generator(decoder, tokenizer, Map.of()));
            } else {
                try (var attached = Adapter.attach(adapter.get(), TUNED, decoder)) {
                    answering.accept(new Generator(decoder, tokenizer, Map.of(TUNED, attached)));
                }
            }
        }
        return List.of(answers);
    }

    private Generator.Request request(Tokenizer tokenizer, String prompt, Sampling sampling) {
        var chat = tokenizer.chat(List.of(Map.of("role", "user", "content", prompt)), true);
        return new Generator.Request(tokenizer.encode(chat, false), adapter.map(folder -> TUNED), sampling);
    }
}
