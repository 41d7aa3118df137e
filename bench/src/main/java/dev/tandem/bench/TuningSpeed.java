package dev.tandem.bench;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.model.DecoderConfig;
import dev.tandem.decoder.model.Family;
import dev.tandem.decoder.model.Rope;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.tuning.dataset.Batch;
import dev.tandem.tuning.dataset.TokenExample;
import dev.tandem.tuning.method.AdamW;
import dev.tandem.tuning.method.LoraSettings;
import dev.tandem.tuning.method.LoraTuning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.bytedeco.javacpp.PointerScope;

/**
 * LoRA examples a second on SmolLM2-135M's shape with random weights, rank 16 on all linear layers, and the process's peak
 * memory; {@code reference/tuning/tuning_speed.py} does the same with Hugging Face PEFT.
 *
 * <p>Arguments: layers (or 1.5b, Qwen2.5-1.5B's shape), steps, batch, precision (FLOAT32, BFLOAT16), storage (PLAIN, NF4), whether
 * activations are remembered (true, false), then the examples' lengths.
 */
public final class TuningSpeed {
    private TuningSpeed() {}

    public static void main(String[] arguments) throws Exception {
        var shape = arguments[0].equals("1.5b") ? billions() : smol(Integer.parseInt(arguments[0]));
        int steps = Integer.parseInt(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        var placement = Placement.best(Precision.valueOf(arguments[3]));
        var storage = Decoder.Storage.valueOf(arguments[4]);
        var lengths =
                Arrays.stream(arguments).skip(6).mapToInt(Integer::parseInt).toArray();
        var batch = Batch.pack(
                examples(count, lengths), Arrays.stream(lengths).max().orElseThrow());
        try (var scope = new PointerScope();
                var decoder = Decoder.random(shape, placement, storage, 1);
                var tuning = new LoraTuning(decoder, LoraSettings.DEFAULTS, 1, Boolean.parseBoolean(arguments[5]));
                var optimizer = new AdamW(tuning.trained(), 0)) {
            var seconds = new ArrayList<Double>();
            for (int step = 0; step < steps; step++) {
                long began = System.nanoTime();
                double loss = tuning.step(batch, 1.0 / batch.learnedTokens(), step);
                optimizer.clip(1);
                optimizer.step(2e-4);
                seconds.add((System.nanoTime() - began) / 1e9);
                System.out.printf("step %d loss %.4f %.2f s%n", step, loss, seconds.getLast());
            }
            var counted = new ArrayList<>(seconds.subList(Math.min(1, steps - 1), steps));
            Collections.sort(counted);
            System.out.printf(
                    "tandem: %.3f examples/s, peak %s%n",
                    count / counted.get(counted.size() / 2),
                    Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .filter(line -> line.startsWith("VmHWM"))
                            .findFirst()
                            .orElse("unknown"));
        }
    }

    /** The first half of each is a prompt, which is not learned. */
    static List<TokenExample> examples(int count, int[] lengths) {
        var examples = new ArrayList<TokenExample>();
        for (int i = 0; i < count; i++) {
            int length = lengths[i % lengths.length];
            var ids = new int[length];
            var learned = new boolean[length];
            for (int j = 0; j < length; j++) {
                ids[j] = (j * 37 + i) % 49_152;
                learned[j] = j >= length / 2;
            }
            examples.add(new TokenExample(ids, learned));
        }
        return examples;
    }

    /** SmolLM2-135M's shape, with as many layers as wanted. */
    static DecoderConfig smol(int layers) {
        var rope = new Rope(10_000, new Rope.Scaling.Linear(1));
        return new DecoderConfig(
                Family.LLAMA,
                49_152,
                576,
                1_536,
                9,
                3,
                64,
                2_048,
                1e-6,
                "silu",
                true,
                new DecoderConfig.Biases(false, false, false),
                1 / Math.sqrt(64),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                Collections.nCopies(layers, new DecoderConfig.Layer(false, true)),
                rope,
                rope);
    }

    private static DecoderConfig billions() {
        var rope = new Rope(1_000_000, new Rope.Scaling.Linear(1));
        return new DecoderConfig(
                Family.QWEN2,
                151_936,
                1_536,
                8_960,
                12,
                2,
                128,
                32_768,
                1e-6,
                "silu",
                true,
                new DecoderConfig.Biases(true, false, false),
                1 / Math.sqrt(128),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                Collections.nCopies(28, new DecoderConfig.Layer(false, true)),
                rope,
                rope);
    }
}
