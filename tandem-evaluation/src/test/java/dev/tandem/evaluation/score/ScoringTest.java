package dev.tandem.evaluation.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.evaluation.metric.SemanticSimilarity;
import dev.tandem.evaluation.metric.task.LabelCheck;
import dev.tandem.evaluation.metric.task.NumericCheck;
import dev.tandem.evaluation.metric.task.RegexCheck;
import dev.tandem.evaluation.metric.task.TaskCheck;
import dev.tandem.evaluation.metric.text.BleuTokenizer;
import dev.tandem.evaluation.testset.AnswerPair;
import dev.tandem.evaluation.testset.AnswerPairs;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.models.embedding.OnnxTextEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoringTest {
    private static final List<ScoreMetric> TEXT_METRICS = Arrays.stream(ScoreMetric.values())
            .filter(metric -> metric != ScoreMetric.ACCURACY && metric != ScoreMetric.SIMILARITY)
            .toList();

    @Test
    void equalTextsArePerfectAndCertain() {
        var report = score(ScoreSettings.defaults(TEXT_METRICS), pair("one two three four", "one two three four"));
        assertThat(report.scores()).extracting(MetricScore::metric).isEqualTo(TEXT_METRICS);
        assertThat(report.scores()).allSatisfy(score -> {
            assertThat(score.value().orElseThrow()).isCloseTo(score.maximum(), within(1e-9));
            assertThat(score.interval().orElseThrow().low()).isCloseTo(score.maximum(), within(1e-9));
            assertThat(score.examples().getFirst().orElseThrow()).isCloseTo(score.maximum(), within(1e-9));
        });
        assertThat(report.isComplete()).isTrue();
    }

    @Test
    void theSamePairsGiveTheSameReportToTheBit() {
        var pairs = IntStream.range(0, 300)
                .mapToObj(i ->
                        pair("the " + i % 7 + " cats sat on " + i + " mats", "the cats sat on " + i % 11 + " mats"))
                .toArray(AnswerPair[]::new);
        var first = score(ScoreSettings.defaults(TEXT_METRICS), pairs);
        assertThat(score(ScoreSettings.defaults(TEXT_METRICS), pairs)).isEqualTo(first);
        assertThat(first.scores()).allSatisfy(score -> {
            var interval = score.interval().orElseThrow();
            assertThat(score.value().orElseThrow()).isBetween(interval.low(), interval.high());
        });
    }

    @Test
    void whatCannotBeToldIsMissingAndNotZero() {
        var report = score(
                accuracy(new RegexCheck()),
                pair("yes", "^yes"),
                pair("no", "^yes"),
                pair("a".repeat(500), "^(.*)(.*)(.*)(.*)(.*)(.*)(.*)x"));
        var accuracy = report.scores().getFirst();
        assertThat(accuracy.value()).hasValue(0.5);
        assertThat(accuracy.missing()).isOne();
        assertThat(accuracy.examples())
                .containsExactly(OptionalDouble.of(1), OptionalDouble.of(0), OptionalDouble.empty());
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void aReferenceThatTheTaskCannotUseIsNamedByItsLine() {
        assertThatThrownBy(() -> score(accuracy(new NumericCheck(0)), pair("7", "seven")))
                .isInstanceOf(MendableException.class)
                .hasMessage("r.jsonl, line 1: the reference 'seven' has no number; mend it, or choose another --task.");
    }

    @Test
    void blankReferencesAreCounted() {
        var report = score(accuracy(new LabelCheck()), pair("a", "a"));
        assertThat(report.blankReferences()).isZero();
        var blank = score(ScoreSettings.defaults(List.of(ScoreMetric.EXACT_MATCH)), pair("", " "), pair("x", ""));
        assertThat(blank.blankReferences()).isEqualTo(2);
        assertThat(blank.scores().getFirst().value()).hasValue(0.5);
    }

    @Test
    void meaningIsNearerThanOtherMeaning() {
        try (var encoder = OnnxTextEncoder.bundled()) {
            var settings = new ScoreSettings(
                    List.of(ScoreMetric.SIMILARITY),
                    BleuTokenizer.V13A,
                    false,
                    false,
                    Optional.empty(),
                    Optional.of(new SemanticSimilarity(encoder)),
                    1);
            var examples = score(
                            settings,
                            pair("The cat sleeps.", "The cat sleeps."),
                            pair("The cat sleeps.", "A kitten is napping."),
                            pair("The cat sleeps.", "Interest rates rose by 2%."),
                            pair("", "The cat sleeps."),
                            pair("", " "))
                    .scores()
                    .getFirst()
                    .examples()
                    .stream()
                    .mapToDouble(OptionalDouble::orElseThrow)
                    .toArray();
            assertThat(examples[0]).isCloseTo(1, within(1e-5));
            assertThat(examples[1]).isBetween(examples[2] + 0.1, examples[0] - 0.01);
            assertThat(examples[3]).isZero();
            assertThat(examples[4]).isOne();
        }
    }

    private static ScoreSettings accuracy(TaskCheck task) {
        return new ScoreSettings(
                List.of(ScoreMetric.ACCURACY),
                BleuTokenizer.V13A,
                false,
                false,
                Optional.of(task),
                Optional.empty(),
                1);
    }

    private static AnswerPair pair(String prediction, String... references) {
        return new AnswerPair("id", prediction, List.of(references), "r.jsonl, line 1");
    }

    private static ScoreReport score(ScoreSettings settings, AnswerPair... pairs) {
        return Scoring.of(new AnswerPairs(List.of(pairs), List.of(), List.of()), settings, Progress.silent());
    }
}
