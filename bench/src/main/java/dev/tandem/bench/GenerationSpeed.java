package dev.tandem.bench;

import dev.tandem.decoder.generation.Generator;
import dev.tandem.decoder.generation.Sampling;
import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.models.prompt.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;

/**
 * New tokens a second at batch 1, greedy, on SmolLM2-135M's shape with random weights; {@code
 * reference/tuning/generation_speed.py} does the same with transformers.
 *
 * <p>Arguments: a folder with any tokenizer, layers, prompt tokens, new tokens, rounds, precision (FLOAT32, BFLOAT16).
 */
public final class GenerationSpeed {
    private GenerationSpeed() {}

    public static void main(String[] arguments) {
        int layers = Integer.parseInt(arguments[1]);
        int prompt = Integer.parseInt(arguments[2]);
        int fresh = Integer.parseInt(arguments[3]);
        int rounds = Integer.parseInt(arguments[4]);
        var placement = Placement.best(Precision.valueOf(arguments[5]));
        try (var scope = new PointerScope();
                var tokenizer = Tokenizer.open(Path.of(arguments[0]));
                var decoder = Decoder.random(TuningSpeed.smol(layers), placement, Decoder.Storage.PLAIN, 1)) {
            var generator = new Generator(decoder, tokenizer, Map.of());
            // Tokens that the small tokenizer does not know; random weights never choose the one that ends.
            var ids = IntStream.range(0, prompt).map(i -> 1_000 + i * 37).toArray();
            var request =
                    new Generator.Request(ids, Optional.empty(), new Sampling(0, 0, 1, 0, 1, fresh, List.of(), 1));
            var rates = new ArrayList<Double>();
            for (int round = -1; round < rounds; round++) {
                long began = System.nanoTime();
                var made = generator.generate(List.of(request), (number, more) -> {}, () -> false);
                if (round >= 0) {
                    rates.add(made.getFirst().tokens() / ((System.nanoTime() - began) / 1e9));
                }
            }
            Collections.sort(rates);
            System.out.printf(
                    "tandem: median %.2f tokens/s (%.2f to %.2f), %d new tokens%n",
                    rates.get(rates.size() / 2), rates.getFirst(), rates.getLast(), fresh);
        }
    }
}
