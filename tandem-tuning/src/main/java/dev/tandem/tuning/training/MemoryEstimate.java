package dev.tandem.tuning.training;

import dev.tandem.decoder.model.DecoderConfig;

/**
 * About how much memory a tuning takes: the weights, what the optimizer keeps, what goes into each block, one block's
 * activations, one chunk of logits, and 300 MB of process and libraries. A rule of thumb, not a promise.
 */
public final class MemoryEstimate {
    private static final long PROCESS = 300_000_000;
    private static final int CHUNK = 128;

    private MemoryEstimate() {}

    /**
     * Bytes at the peak.
     *
     * @param bytes of a number in the base's precision
     * @param tokens in work at once
     */
    public static long bytes(DecoderConfig config, TuningSettings.Method method, int bytes, long tokens) {
        long all = config.parameters();
        long outside = (long) config.vocabulary() * config.hidden() * (config.tied() ? 1 : 2);
        long inBlocks = all - outside;
        long weights = method == TuningSettings.Method.QLORA
                ? outside * bytes
                        + (long) (inBlocks * 0.52)
                        + inBlocks / config.layers().size() * bytes
                : all * bytes;
        // Two moments and a gradient in 32 bits each; a master copy where the weights are smaller.
        long trained = switch (method) {
            case FULL -> all * (8L + bytes + (bytes < 4 ? 4 : 0));
            case LORA, QLORA -> inBlocks / 20 * 16;
            case PROMPT -> 20L * config.hidden() * 16;
        };
        long inputs = (config.layers().size() + 2L) * tokens * config.hidden() * bytes;
        long block = tokens * bytes * (12L * config.hidden() + 6L * config.intermediate())
                + 4L * config.heads() * tokens * Math.min(tokens, 512) * bytes;
        long logits = 4L * CHUNK * config.vocabulary() * Float.BYTES;
        return PROCESS + weights + trained + inputs + block + logits;
    }
}
