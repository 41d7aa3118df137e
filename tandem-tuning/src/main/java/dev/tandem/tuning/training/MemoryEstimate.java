package dev.tandem.tuning.training;

import dev.tandem.decoder.model.DecoderConfig;
import dev.tandem.tuning.method.LoraSettings;

/**
 * About how much memory a tuning takes: the weights, what the optimizer keeps, what goes into each block, one block's
 * activations, one chunk of logits, and 300 MB of process and libraries. A rule of thumb, not a promise.
 */
public final class MemoryEstimate {
    private static final long PROCESS = 300_000_000;
    private static final int CHUNK = 128;
    private static final int USUAL_ROW = 512;

    private MemoryEstimate() {}

    /**
     * Bytes at the peak, with the method's defaults.
     *
     * @param bytes of a number in the base's precision
     * @param tokens in work at once
     */
    public static long bytes(DecoderConfig config, TuningSettings.Method method, int bytes, long tokens) {
        return bytes(config, TuningSettings.of(method), bytes, tokens, Math.min(tokens, USUAL_ROW));
    }

    /**
     * Bytes at the peak.
     *
     * @param bytes of a number in the base's precision
     * @param tokens in work at once
     * @param row of those that are in one row, which may see each other
     */
    public static long bytes(DecoderConfig config, TuningSettings settings, int bytes, long tokens, long row) {
        long all = config.parameters();
        long outside = (long) config.vocabulary() * config.hidden() * (config.tied() ? 1 : 2);
        long inBlocks = all - outside;
        int layers = config.layers().size();
        long weights = settings.method() == TuningSettings.Method.QLORA
                ? outside * bytes + (long) (inBlocks * 0.52) + inBlocks / layers * bytes
                : all * bytes;
        // Two moments and a gradient in 32 bits each; a master copy where the weights are smaller.
        long trained = switch (settings.method()) {
            case FULL -> all * (8L + bytes + (bytes < 4 ? 4 : 0));
            case LORA, QLORA -> lowRank(config, settings.lora()) * 16;
            case PROMPT -> (long) settings.virtualTokens() * config.hidden() * 16;
        };
        long inputs = (layers + 2L) * tokens * config.hidden() * bytes;
        long block = tokens * bytes * (12L * config.hidden() + 6L * config.intermediate())
                + 4L * config.heads() * tokens * row * bytes;
        long logits = 4L * CHUNK * config.vocabulary() * Float.BYTES;
        return PROCESS + weights + trained + inputs + block * (settings.remember() ? layers : 1) + logits;
    }

    private static long lowRank(DecoderConfig config, LoraSettings lora) {
        long hidden = config.hidden();
        long query = (long) config.heads() * config.headSize();
        long keyValue = (long) config.keyValueHeads() * config.headSize();
        long feedForward = config.intermediate();
        return (long) lora.rank()
                * config.layers().size()
                * (size(lora, "q_proj", hidden, query)
                        + size(lora, "k_proj", hidden, keyValue)
                        + size(lora, "v_proj", hidden, keyValue)
                        + size(lora, "o_proj", query, hidden)
                        + size(lora, "gate_proj", hidden, feedForward)
                        + size(lora, "up_proj", hidden, feedForward)
                        + size(lora, "down_proj", feedForward, hidden));
    }

    private static long size(LoraSettings lora, String layer, long in, long out) {
        return lora.targets(layer) ? in + out : 0;
    }
}
