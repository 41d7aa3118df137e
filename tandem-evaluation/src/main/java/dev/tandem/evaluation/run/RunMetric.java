package dev.tandem.evaluation.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What is known of a run's metric by its name: on which scale it lies, which end is the better one, how it is written.
 * Immutable.
 *
 * @param name as in {@link EvaluationRun.MetricSummary#metric()}
 * @param higherIsBetter whether a rise is an improvement
 */
public record RunMetric(String name, Scale scale, boolean higherIsBetter) {
    private static final Pattern AT_DEPTH =
            Pattern.compile("(?:precision|passage_precision|recall|hit_rate|mrr|ndcg|map)@[1-9]\\d{0,3}|mrr|map");
    private static final Pattern LATENCY = Pattern.compile("latency(?:_mean|_p[1-9]\\d?)?_ms");

    private static final Map<String, RunMetric> FIXED = Map.ofEntries(
            share("context_relevancy"),
            share("context_precision"),
            share("context_recall"),
            share("exact_match"),
            share("f1"),
            share("contained"),
            share("bleu"),
            share("chrf"),
            share("chrf++"),
            share("rouge1"),
            share("rouge2"),
            share("rougeL"),
            share("rougeLsum"),
            entry("similarity", Scale.COSINE, true),
            share("faithfulness"),
            share("answer_relevancy"),
            entry("hallucination_rate", Scale.SHARE, false),
            share("citation_precision"),
            share("citation_recall"),
            share("abstention_precision"),
            share("abstention_recall"),
            share("consistency"),
            share("consistency_exact"),
            share("accuracy"),
            share("task_accuracy"),
            entry("perplexity", Scale.PERPLEXITY, false),
            entry("perplexity_per_byte", Scale.PERPLEXITY, false),
            entry("prompt_tokens", Scale.TOKENS, false),
            entry("answer_tokens", Scale.TOKENS, false),
            entry("cost", Scale.COST, false));

    /** The values that a metric can have. */
    public enum Scale {
        /** From 0 to 1; BLEU and chrF, too, which sacrebleu writes times 100. */
        SHARE(0, 1),
        /** From -1 to 1. */
        COSINE(-1, 1),
        MILLISECONDS(0, Double.MAX_VALUE),
        TOKENS(0, Double.MAX_VALUE),
        /** From 1, which is to know every token beforehand. */
        PERPLEXITY(1, Double.MAX_VALUE),
        /** Money, in the currency of the prices that were given. */
        COST(0, Double.MAX_VALUE);

        private final double least;
        private final double most;

        Scale(double least, double most) {
            this.least = least;
            this.most = most;
        }

        public double least() {
            return least;
        }

        public double most() {
            return most;
        }

        /** Whether it says how good answers are, and not what they take. */
        public boolean isQuality() {
            return this == SHARE || this == COSINE;
        }
    }

    /** The metric of a name, if it is one. */
    public static Optional<RunMetric> of(String name) {
        if (AT_DEPTH.matcher(name).matches()) {
            return Optional.of(new RunMetric(name, Scale.SHARE, true));
        }
        if (LATENCY.matcher(name).matches()) {
            return Optional.of(new RunMetric(name, Scale.MILLISECONDS, false));
        }
        return Optional.ofNullable(FIXED.get(name));
    }

    /** Every metric's name, with 5 for the depth, for suggestions. */
    public static List<String> examples() {
        var names = new TreeSet<>(FIXED.keySet());
        names.addAll(List.of("precision@5", "recall@5", "hit_rate@5", "ndcg@10", "mrr"));
        names.addAll(List.of("latency_ms", "latency_p50_ms", "latency_p95_ms", "latency_p99_ms"));
        return List.copyOf(names);
    }

    /** A value as people read it, in the metric's unit. */
    public String shown(double value) {
        return switch (scale) {
            case SHARE, COSINE -> String.format(Locale.ROOT, "%.3f", value);
            case PERPLEXITY -> String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
            case MILLISECONDS -> String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.1f ms" : "%,.0f ms", value);
            case TOKENS -> String.format(Locale.ROOT, "%,.0f", value);
            case COST -> String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.5f" : "%,.2f", value);
        };
    }

    /** The value as people read it, for any name: three decimals where nothing is known of it. */
    public static String shown(String name, double value) {
        return of(name).map(metric -> metric.shown(value)).orElseGet(() -> String.format(Locale.ROOT, "%.3f", value));
    }

    private static Map.Entry<String, RunMetric> share(String name) {
        return entry(name, Scale.SHARE, true);
    }

    private static Map.Entry<String, RunMetric> entry(String name, Scale scale, boolean higherIsBetter) {
        return Map.entry(name, new RunMetric(name, scale, higherIsBetter));
    }
}
