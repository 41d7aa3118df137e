package dev.tandem.decoder.model;

import dev.tandem.decoder.torch.Device;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.decoder.torch.SmallWork;
import dev.tandem.decoder.weights.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Token by token through a decoder on a CPU: one text, one position at a time. As operators on tensors, a token is hundreds
 * of tiny ones, and calling them takes longer than their work; here libtorch multiplies matrices, which is waiting for
 * memory, with a core for its share of every matrix, and Java does the rest between. {@link TokenShare} is the computation.
 *
 * <p>To be made, used and closed on one platform thread in inference mode, within a PointerScope, to which its tensors
 * belong. A token through it gives the same logits on every run.
 */
public final class TokenPass implements AutoCloseable {
    /** A thread more for so many weights: with fewer, threads wait for each other longer than they work. */
    private static final long WEIGHTS_A_THREAD = 20_000_000;

    private static final int MOST_THREADS = 8;

    private final Decoder decoder;
    private final TokenShare.Shared shared;
    private final SpinBarrier barrier;
    private final TokenShare own;
    private final List<Thread> others;
    private final SmallWork smallWork;
    private int place;
    private volatile boolean closed;
    private volatile Optional<Throwable> failure = Optional.empty();

    /** @param threads that share the work, the caller's among them */
    TokenPass(
            Decoder decoder,
            Optional<String> adapter,
            List<AttentionMemory> memories,
            int read,
            int capacity,
            int threads) {
        this.decoder = decoder;
        this.place = read;
        shared = new TokenShare.Shared(decoder.config(), memories);
        barrier = new SpinBarrier(threads);
        IntFunction<TokenShare> share =
                index -> new TokenShare(decoder, adapter, shared, barrier, index, threads, capacity);
        own = share.apply(0);
        var shares = IntStream.range(1, threads).mapToObj(share).toList();
        smallWork = new SmallWork();
        others = shares.stream()
                .map(each -> Thread.ofPlatform().daemon().name("token-share").start(() -> work(each)))
                .toList();
    }

    /**
     * Goes on behind what was read of a text.
     *
     * @param cache keys and values of the text so far, of each block, {@code [1, heads, positions, size]}
     * @param read how many positions those are
     * @param capacity how long the text becomes at most, in positions
     * @return nothing where this way does not lead: on a GPU, in float16, with weights in four bits, several adapters or
     *     DoRA's magnitudes, or where keys and values would fill more than a quarter of Java's memory
     */
    public static Optional<TokenPass> after(
            Decoder decoder, Routing routing, IntFunction<KeyValues.Pair> cache, int read, int capacity) {
        var config = decoder.config();
        boolean plain = decoder.placement().device() == Device.CPU
                && decoder.placement().precision() != Precision.FLOAT16
                && decoder.linears().values().stream().allMatch(each -> each.matrix() instanceof Matrix.Dense)
                && AttentionMemory.bytes(config, capacity)
                        < Runtime.getRuntime().maxMemory() / 4;
        if (!plain) {
            return Optional.empty();
        }
        Optional<String> adapter = switch (routing) {
            case Routing.Base() -> Optional.empty();
            case Routing.One(String name, var seed) -> Optional.of(name);
            case Routing.PerRow(List<Optional<String>> names) -> names.getFirst();
        };
        boolean magnitudes = adapter.isPresent()
                && decoder.linears().values().stream()
                        .flatMap(each -> each.update(adapter.get()).stream())
                        .anyMatch(update -> update.magnitude().isPresent());
        if (magnitudes) {
            return Optional.empty();
        }
        int threads = Math.clamp(config.parameters() / WEIGHTS_A_THREAD, 1, Math.min(MOST_THREADS, SmallWork.cores()));
        return Optional.of(
                new TokenPass(decoder, adapter, memories(decoder, cache, capacity), read, capacity, threads));
    }

    /** What was read, as the attention here holds it. */
    static List<AttentionMemory> memories(Decoder decoder, IntFunction<KeyValues.Pair> cache, int capacity) {
        var memories = new ArrayList<AttentionMemory>();
        for (int i = 0; i < decoder.blocks(); i++) {
            var pair = cache.apply(i);
            memories.add(new AttentionMemory(
                    heads(pair.keys(), decoder.config()),
                    heads(pair.values(), decoder.config()),
                    decoder.config().headSize(),
                    capacity));
        }
        return memories;
    }

    private static float[][] heads(Tensor tensor, DecoderConfig config) {
        try (var scope = new PointerScope()) {
            var heads = new float[config.keyValueHeads()][];
            for (int head = 0; head < heads.length; head++) {
                heads[head] = LinearShare.floats(tensor.select(0, 0).select(0, head));
            }
            return heads;
        }
    }

    /**
     * Takes in the next token.
     *
     * @return the logits behind it, one a token of the vocabulary; the caller's to change until the next call
     */
    public float[] next(long token) {
        try (var scope = new PointerScope()) {
            var embedded = decoder.embed(Tensor.create(new long[] {token}, 1, 1).to(ScalarType.Long));
            System.arraycopy(LinearShare.floats(embedded), 0, shared.input, 0, shared.input.length);
            shared.turnTo(place++);
            barrier.await();
            own.run();
        } catch (RuntimeException | Error e) {
            barrier.fail();
            failure.ifPresent(e::addSuppressed);
            throw e;
        }
        return shared.logits;
    }

    /** What the other threads do until the pass is closed. */
    private void work(TokenShare share) {
        try (var alone = new SmallWork();
                var inference = new InferenceMode(true)) {
            while (true) {
                barrier.await();
                if (closed) {
                    return;
                }
                try (var scope = new PointerScope()) {
                    share.run();
                }
            }
        } catch (RuntimeException | Error e) {
            failure = Optional.of(e);
            barrier.fail();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (!barrier.broken()) {
                barrier.await();
            }
            for (var other : others) {
                joined(other);
            }
        } finally {
            smallWork.close();
        }
    }

    /** Its tensors must not go while it runs, whoever interrupts. */
    private static void joined(Thread other) {
        boolean interrupted = false;
        while (true) {
            try {
                other.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
