package dev.tandem.tuning.training;

import dev.tandem.decoder.model.DecoderConfig;
import dev.tandem.decoder.torch.Precision;
import dev.tandem.tuning.dataset.TokenExample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What memory a run needs by the estimate, and what would need less.
 *
 * @param lengths of the examples in tokens, longest first
 */
record MemoryNeed(DecoderConfig config, TuningSettings settings, Precision precision, List<Integer> lengths) {
    /** Lengths below which cutting examples is no advice. */
    private static final int SHORTEST = 128;

    static MemoryNeed of(DecoderConfig config, TuningSettings settings, Precision precision, TrainingRun.Data data) {
        var lengths = data.training().examples().stream()
                .map(TokenExample::length)
                .sorted(Comparator.reverseOrder())
                .toList();
        return new MemoryNeed(config, settings, precision, lengths);
    }

    /** At the peak, in bytes. */
    long bytes() {
        return bytes(settings, precision);
    }

    private long bytes(TuningSettings changed, Precision numbers) {
        long virtual = changed.method() == TuningSettings.Method.PROMPT ? changed.virtualTokens() : 0;
        long tokens = lengths.stream()
                .limit(changed.batch())
                .mapToLong(length -> Math.min(length, changed.maxLength()) + virtual)
                .sum();
        int size = numbers == Precision.FLOAT32 ? Float.BYTES : Short.BYTES;
        return MemoryEstimate.bytes(config, changed, size, tokens, Math.min(tokens, changed.maxLength() + virtual));
    }

    /** What would fit into so many bytes, each change by itself or, where none is enough, all of them; in one sentence. */
    String advice(long most) {
        var fitting = new ArrayList<String>();
        var changed = settings;
        var numbers = precision;
        if (settings.remember()) {
            changed = changed.withRemember(false);
            add(fitting, "--no-remember", bytes(settings.withRemember(false), precision), most);
        }
        if (precision == Precision.FLOAT32) {
            numbers = Precision.BFLOAT16;
            add(fitting, "--precision bfloat16", bytes(settings, numbers), most);
        }
        if (settings.method() == TuningSettings.Method.FULL || settings.method() == TuningSettings.Method.LORA) {
            changed = changed.withMethod(TuningSettings.Method.QLORA);
            add(fitting, "--method qlora", bytes(settings.withMethod(TuningSettings.Method.QLORA), precision), most);
        }
        for (int batch = settings.batch() / 2; batch >= 1; batch /= 2) {
            changed = changed.withBatch(batch);
            if (add(fitting, "--batch " + batch, bytes(settings.withBatch(batch), precision), most)) {
                break;
            }
        }
        for (int length = lengths.getFirst() / 2; length >= SHORTEST; length /= 2) {
            changed = changed.withMaxLength(length);
            if (add(fitting, "--max-length " + length, bytes(settings.withMaxLength(length), precision), most)) {
                break;
            }
        }
        if (!fitting.isEmpty()) {
            return "What would fit: " + String.join(", or ", fitting) + ".";
        }
        long least = bytes(changed, numbers);
        return least <= most
                ? "What would fit (" + gigabytes(least) + "): " + changes(changed, numbers) + " together."
                : "Nothing less would fit either (" + gigabytes(least) + " at the least): take a smaller model.";
    }

    private static boolean add(List<String> fitting, String change, long bytes, long most) {
        if (bytes <= most) {
            fitting.add(change + " (" + gigabytes(bytes) + ")");
        }
        return bytes <= most;
    }

    private String changes(TuningSettings changed, Precision numbers) {
        var changes = new ArrayList<String>();
        if (changed.remember() != settings.remember()) {
            changes.add("--no-remember");
        }
        if (numbers != precision) {
            changes.add("--precision " + numbers.name().toLowerCase(Locale.ROOT));
        }
        if (changed.method() != settings.method()) {
            changes.add("--method qlora");
        }
        if (changed.batch() != settings.batch()) {
            changes.add("--batch " + changed.batch());
        }
        if (changed.maxLength() != settings.maxLength()) {
            changes.add("--max-length " + changed.maxLength());
        }
        return String.join(" ", changes);
    }

    static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
