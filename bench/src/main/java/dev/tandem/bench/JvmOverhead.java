package dev.tandem.bench;

import dev.tandem.decoder.model.Decoder;
import dev.tandem.decoder.torch.Placement;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.tuning.dataset.Batch;
import dev.tandem.tuning.method.AdamW;
import dev.tandem.tuning.method.LoraSettings;
import dev.tandem.tuning.method.LoraTuning;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.PointerScope;

/**
 * The share of a training step in which its thread is not inside an operator of libtorch: Java, and the way in and out. The
 * step's thread is looked at every millisecond; it is inside where the method on top of its stack is a native one. As in
 * TuningSpeed: LoRA of rank 16 on all linear layers, SmolLM2-135M's shape, random weights, float32.
 *
 * <p>Arguments: layers, steps, examples in a batch, tokens of each.
 */
public final class JvmOverhead {
    private JvmOverhead() {}

    public static void main(String[] arguments) throws InterruptedException {
        int layers = Integer.parseInt(arguments[0]);
        int steps = Integer.parseInt(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        int length = Integer.parseInt(arguments[3]);
        var batch = Batch.pack(TuningSpeed.examples(count, new int[] {length}), length);
        try (var scope = new PointerScope();
                var decoder = Decoder.random(
                        TuningSpeed.smol(layers), Placement.cpu(Precision.FLOAT32), Decoder.Storage.PLAIN, 1);
                var tuning = new LoraTuning(decoder, LoraSettings.DEFAULTS, 1, false);
                var optimizer = new AdamW(tuning.trained(), 0)) {
            step(tuning, optimizer, batch, 0); // loads classes and warms up
            var watch = new Watch(Thread.currentThread());
            long began = System.nanoTime();
            for (int step = 1; step <= steps; step++) {
                step(tuning, optimizer, batch, step);
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            watch.end();
            System.out.printf(
                    "%d steps of %.2f s; outside of libtorch in %d of %d looks: %.2f%%%n",
                    steps, seconds / steps, watch.outside, watch.looks, 100.0 * watch.outside / watch.looks);
        }
    }

    private static void step(LoraTuning tuning, AdamW optimizer, Batch batch, int number) {
        tuning.step(batch, 1.0 / batch.learnedTokens(), number);
        optimizer.clip(1);
        optimizer.step(2e-4);
    }

    /** Looks at a thread until it is ended. */
    private static final class Watch {
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Thread watching;
        private long looks;
        private long outside;

        Watch(Thread watched) {
            watching = Thread.ofPlatform().daemon().start(() -> {
                while (!ended.get()) {
                    var stack = watched.getStackTrace();
                    looks++;
                    outside += stack.length > 0 && stack[0].isNativeMethod() ? 0 : 1;
                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                }
            });
        }

        void end() throws InterruptedException {
            ended.set(true);
            watching.join();
        }
    }
}
