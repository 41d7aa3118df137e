package dev.tandem.decoder.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One thread's share of a token's way through the decoder: its rows of every matrix, its heads of every attention. What is
 * cheap, norms and sums, every thread does for itself, so that they wait for each other five times a block and no more. The
 * same computation as {@link Block}, for one position.
 */
final class TokenShare {
    private final DecoderConfig config;
    private final List<Part> parts;
    private final Gain finalNorm;
    private final LinearShare head;
    private final Shared shared;
    private final SpinBarrier barrier;
    private final int share;
    private final int shares;

    private final float[] x;
    private final float[] normalised;
    private final float[] scores;
    private final NativeVector hiddenInput;
    private final NativeVector attendedInput;
    private final NativeVector openedInput;

    /** What all threads see. */
    static final class Shared {
        /** The token's embedding. */
        final float[] input;

        final float[] queries;
        final float[] keys;
        final float[] values;
        final float[] attended;
        final float[] added;
        final float[] gate;
        final float[] opened;
        final float[] logits;
        final List<AttentionMemory> memories;
        final Turns full;
        final Turns sliding;

        /** Where the token stands in its text. */
        int place;

        Shared(DecoderConfig config, List<AttentionMemory> memories) {
            input = new float[config.hidden()];
            queries = new float[config.heads() * config.headSize()];
            keys = new float[config.keyValueHeads() * config.headSize()];
            values = new float[keys.length];
            attended = new float[queries.length];
            added = new float[config.hidden()];
            gate = new float[config.intermediate()];
            opened = new float[config.intermediate()];
            logits = new float[config.vocabulary()];
            this.memories = memories;
            full = new Turns(config.rope(), config.headSize());
            sliding = config.window().isEmpty() ? full : new Turns(config.slidingRope(), config.headSize());
        }

        /** Goes to a place, before the threads begin. */
        void turnTo(int next) {
            place = next;
            full.turnTo(next);
            if (sliding != full) {
                sliding.turnTo(next);
            }
        }
    }

    /** This thread's part of one block. */
    private record Part(
            DecoderConfig.Layer layer,
            Gain attentionNorm,
            LinearShare query,
            LinearShare key,
            LinearShare value,
            LinearShare output,
            Optional<Gain> queryNorm,
            Optional<Gain> keyNorm,
            Optional<Gain> attentionAfterNorm,
            Gain feedForwardNorm,
            LinearShare gate,
            LinearShare up,
            LinearShare down,
            Optional<Gain> feedForwardAfterNorm) {}

    /**
     * Takes a share of a decoder. Its tensors belong to the PointerScope in which it is made.
     *
     * @param share which, from 0
     * @param capacity positions of the longest text
     */
    TokenShare(
            Decoder decoder,
            Optional<String> adapter,
            Shared shared,
            SpinBarrier barrier,
            int share,
            int shares,
            int capacity) {
        this.config = decoder.config();
        this.shared = shared;
        this.barrier = barrier;
        this.share = share;
        this.shares = shares;
        var placement = decoder.placement();
        java.util.function.Function<Linear, LinearShare> part =
                linear -> new LinearShare(linear, adapter.flatMap(linear::update), placement, share, shares);
        parts = decoder.blockList().stream().map(block -> part(block, part)).toList();
        finalNorm = Gain.of(decoder.norm());
        head = part.apply(decoder.head());
        x = new float[config.hidden()];
        normalised = new float[config.hidden()];
        scores = new float[capacity];
        hiddenInput = NativeVector.zeros(placement, config.hidden());
        attendedInput = NativeVector.zeros(placement, config.heads() * config.headSize());
        openedInput = NativeVector.zeros(placement, config.intermediate());
    }

    private static Part part(Block block, java.util.function.Function<Linear, LinearShare> share) {
        var weights = block.weights();
        return new Part(
                block.config().layers().get(block.index()),
                Gain.of(weights.attentionNorm()),
                share.apply(weights.query()),
                share.apply(weights.key()),
                share.apply(weights.value()),
                share.apply(weights.output()),
                weights.queryNorm().map(Gain::of),
                weights.keyNorm().map(Gain::of),
                weights.attentionAfterNorm().map(Gain::of),
                Gain.of(weights.feedForwardNorm()),
                share.apply(weights.gate()),
                share.apply(weights.up()),
                share.apply(weights.down()),
                weights.feedForwardAfterNorm().map(Gain::of));
    }

    /** From the embedding to the logits, together with the other threads. */
    void run() {
        System.arraycopy(shared.input, 0, x, 0, x.length);
        for (int i = 0; i < parts.size(); i++) {
            attention(parts.get(i), shared.memories.get(i));
            add(parts.get(i).attentionAfterNorm);
            feedForward(parts.get(i));
            add(parts.get(i).feedForwardAfterNorm);
        }
        normalise(finalNorm);
        head.apply(hiddenInput, shared.logits, 0);
        cap(config.logitCap());
        barrier.await();
    }

    private void attention(Part part, AttentionMemory memory) {
        int size = config.headSize();
        normalise(part.attentionNorm);
        part.query.apply(hiddenInput, shared.queries, 0);
        part.key.apply(hiddenInput, shared.keys, 0);
        part.value.apply(hiddenInput, shared.values, 0);
        barrier.await();
        for (int head = share; head < config.keyValueHeads(); head += shares) {
            turn(part, part.keyNorm, shared.keys, head * size);
            memory.put(head, shared.place, shared.keys, head * size, shared.values, head * size);
        }
        barrier.await();
        int first = part.layer.sliding()
                ? Math.max(0, shared.place - config.window().orElseThrow() + 1)
                : 0;
        for (int head = share; head < config.heads(); head += shares) {
            turn(part, part.queryNorm, shared.queries, head * size);
            memory.attend(
                    head / (config.heads() / config.keyValueHeads()),
                    shared.queries,
                    head * size,
                    config.queryScale(),
                    config.attentionCap(),
                    first,
                    shared.place,
                    scores,
                    shared.attended,
                    head * size);
        }
        barrier.await();
        attendedInput.put(shared.attended);
        part.output.apply(attendedInput, shared.added, 0);
        barrier.await();
    }

    private void turn(Part part, Optional<Gain> norm, float[] vectors, int at) {
        if (norm.isPresent()) {
            norm.get().apply(vectors, at, vectors);
        }
        if (part.layer.rotated()) {
            (part.layer.sliding() ? shared.sliding : shared.full).rotate(vectors, at);
        }
    }

    private void feedForward(Part part) {
        normalise(part.feedForwardNorm);
        part.gate.apply(hiddenInput, shared.gate, 0);
        part.up.apply(hiddenInput, shared.opened, 0);
        boolean silu = config.activation().equals("silu");
        for (int i = part.gate.from(); i < part.gate.to(); i++) {
            shared.opened[i] *= silu ? silu(shared.gate[i]) : gelu(shared.gate[i]);
        }
        barrier.await();
        openedInput.put(shared.opened);
        part.down.apply(openedInput, shared.added, 0);
        barrier.await();
    }

    private static float silu(float x) {
        return (float) (x / (1 + Math.exp(-x)));
    }

    /** Approximated by tanh, as the families that use it were trained with (Hendrycks and Gimpel 2016). */
    private static float gelu(float x) {
        return (float) (0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))));
    }

    private void normalise(Gain norm) {
        norm.apply(x, 0, normalised);
        hiddenInput.put(normalised);
    }

    /** What attention or the feed-forward network gave, to what came in. */
    private void add(Optional<Gain> norm) {
        var added = shared.added;
        if (norm.isPresent()) {
            norm.get().apply(added, 0, normalised);
            added = normalised;
        }
        for (int i = 0; i < x.length; i++) {
            x[i] += added[i];
        }
    }

    private void cap(OptionalDouble cap) {
        if (cap.isPresent()) {
            for (int i = head.from(); i < head.to(); i++) {
                shared.logits[i] = (float) (Math.tanh(shared.logits[i] / cap.getAsDouble()) * cap.getAsDouble());
            }
        }
    }
}
