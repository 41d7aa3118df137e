package dev.tandem.evaluation.score;

import dev.tandem.evaluation.metric.text.Rouge;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What predictions can be scored by. */
public enum ScoreMetric {
    BLEU("bleu"),
    CHRF("chrf"),
    CHRF_PLUS_PLUS("chrf++"),
    ROUGE_1(Rouge.Kind.ROUGE_1.label()),
    ROUGE_2(Rouge.Kind.ROUGE_2.label()),
    ROUGE_L(Rouge.Kind.ROUGE_L.label()),
    ROUGE_L_SUM(Rouge.Kind.ROUGE_L_SUM.label()),
    EXACT_MATCH("exact_match"),
    F1("f1"),
    /** By what a task asks for. */
    ACCURACY("accuracy"),
    /** By an embedding model. */
    SIMILARITY("similarity");

    private static final String ALL_ROUGE = "rouge";

    private final String label;

    ScoreMetric(String label) {
        this.label = label;
    }

    /** The name in options and results. */
    public String label() {
        return label;
    }

    /** Those of a name: {@code rouge} is all four kinds, any other name is one or none. */
    public static List<ScoreMetric> named(String name) {
        return Stream.of(values())
                .filter(metric -> name.equals(ALL_ROUGE) ? metric.rouge().isPresent() : name.equals(metric.label))
                .toList();
    }

    /** All names, for people. */
    public static String names() {
        return Arrays.stream(values()).map(ScoreMetric::label).collect(Collectors.joining(", ")) + "; " + ALL_ROUGE
                + " for all of its kinds";
    }

    Optional<Rouge.Kind> rouge() {
        return Stream.of(Rouge.Kind.values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }
}
