package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.Evidence.Figure;
import dev.tandem.evaluation.testset.QuestionType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where each approach is better than which other: a sentence for each question type, in their order. */
final class TypeFindings {
    private final QualityEvidence wording;
    private final List<ScoreSummary> scores;
    private final Comparisons comparisons;

    /** @param scores of all approaches by type */
    TypeFindings(QualityEvidence wording, List<ScoreSummary> scores, Comparisons comparisons) {
        this.wording = wording;
        this.scores = scores;
        this.comparisons = comparisons;
    }

    Evidence of(QuestionType type) {
        List<ScoreSummary> ranked = scores.stream()
                .filter(summary -> summary.type().equals(Optional.of(type)))
                .sorted(Comparator.comparingDouble(ScoreSummary::mean).reversed())
                .toList();
        List<Figure> figures = new ArrayList<>();
        ranked.forEach(summary -> figures.add(wording.figure(summary)));
        List<String> findings = new ArrayList<>();
        boolean tested = false;
        for (ScoreSummary better : ranked) {
            List<String> worse = new ArrayList<>();
            for (ScoreSummary other : ranked) {
                Optional<PairComparison> pair =
                        comparisons.between(better.approach(), other.approach(), Optional.of(type));
                tested |= pair.isPresent();
                if (pair.isPresent() && pair.get().significant() && pair.get().difference() > 0) {
                    figures.addAll(wording.figures(pair.get()));
                    worse.add("%s by %s"
                            .formatted(
                                    other.approach(),
                                    Wording.points(
                                            pair.get().difference(), pair.get().interval())));
                }
            }
            if (!worse.isEmpty()) {
                findings.add("%s (%s) is better than %s"
                        .formatted(better.approach(), Wording.score(better.mean()), Wording.list(worse)));
            }
        }
        return new Evidence(sentence(type, ranked, findings, tested), figures);
    }

    private static String sentence(
            QuestionType type, List<ScoreSummary> ranked, List<String> findings, boolean tested) {
        if (!findings.isEmpty()) {
            return "On %s, %s.".formatted(Wording.questions(type), String.join("; ", findings));
        }
        ScoreSummary best = ranked.getFirst();
        String measured = "%s measured best (%s)".formatted(best.approach(), Wording.score(best.mean()));
        if (!tested) {
            return "On %s, %s; %d cases are too few to test."
                    .formatted(Wording.questions(type), measured, best.cases());
        }
        return "On %s, the data cannot tell the approaches apart; %s.".formatted(Wording.questions(type), measured);
    }
}
