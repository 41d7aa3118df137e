package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.Evidence.Figure;
import dev.tandem.evaluation.compare.statistics.SampleSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Comparisons of quality as sentences with their numbers. */
final class QualityEvidence {
    private final Measurements measurements;

    QualityEvidence(Measurements measurements) {
        this.measurements = measurements;
    }

    /** The best guess against an approach that the data tell from it. */
    Evidence worse(PairComparison pair) {
        return new Evidence(
                "%s is better than %s by %s (%s after correction)."
                        .formatted(
                                pair.first(),
                                pair.second(),
                                Wording.points(pair.difference(), pair.interval()),
                                Wording.pValue(pair.adjustedPValue())),
                figures(pair));
    }

    /** The best guess against an approach that the data do not tell from it. */
    Evidence open(PairComparison pair) {
        return new Evidence(
                "The data cannot tell %s and %s apart on quality: %s is ahead by %s, which can be chance (%s after correction)."
                        .formatted(
                                pair.first(),
                                pair.second(),
                                pair.first(),
                                Wording.points(pair.difference(), pair.interval()),
                                Wording.pValue(pair.adjustedPValue())),
                figures(pair));
    }

    Evidence examplesNeeded(ExamplesNeeded needed, LeadingGroup leading, double margin) {
        String source = "computed: power of the %s test at the measured disagreement"
                .formatted(leading.open().getFirst().test().label());
        List<Figure> figures = new ArrayList<>();
        needed.examples().ifPresent(all -> figures.add(Figure.of("examples needed", all, source)));
        needed.more().ifPresent(more -> figures.add(Figure.of("more examples needed", more, source)));
        needed.atLeast()
                .ifPresent(least ->
                        figures.add(Figure.of("examples needed at the largest gap of the interval", least, source)));
        needed.atMargin()
                .ifPresent(examples ->
                        figures.add(Figure.of("examples needed at the margin of quality", examples, source)));
        figures.add(Figure.of("power", ExamplesNeeded.POWER, "stated rule"));
        figures.add(Figure.of("margin of quality", margin, "constraint"));
        String others = Wording.list(leading.names().stream().skip(1).toList());
        String claim = "that %s is better than %s".formatted(leading.best().approach(), others);
        String measured = needed.examples()
                .map(all -> count(all) + " examples (" + count(needed.more().orElseThrow()) + " more) would show")
                .orElse("even " + count(SampleSize.LARGEST) + " examples would not show");
        // A gap that may be none has no largest number, so the least is what can be promised.
        String atLeast = needed.atLeast()
                .map(least -> "; at least " + count(least)
                        + " are needed, as many as the largest gap of the interval takes, and no most can be told from"
                        + " these data")
                .orElse("");
        String atMargin = needed.atMargin()
                .map(examples -> "; were it %s, %s would".formatted(Wording.points(margin), count(examples)))
                .orElse("");
        return new Evidence(
                "If the gap is as measured, %s %s, four times in five%s%s."
                        .formatted(measured, claim, atMargin, atLeast),
                figures);
    }

    private static String count(int examples) {
        return String.format(Locale.ROOT, "%,d", examples);
    }

    /**
     * That the winner would not be ahead if the answers that it lacks were wrong; empty if it would, or lacks none.
     */
    Optional<Evidence> restsOnMissing(Measured winner, List<Measured> rivals) {
        List<ComparedCase> reached = measurements.reached(ScoreSummary.types(Optional.empty()));
        int missing = (int) reached.stream()
                .filter(testCase -> !winner.quality().containsKey(testCase.id()))
                .count();
        for (Measured rival : missing == 0 ? List.<Measured>of() : rivals) {
            List<ComparedCase> cases = reached.stream()
                    .filter(testCase -> rival.quality().containsKey(testCase.id()))
                    .toList();
            double own = mean(winner, cases);
            double others = mean(rival, cases);
            if (own <= others) {
                return Optional.of(Evidence.of(
                        "%s lacks %d answers; if they count as wrong, %s is not behind it. So it is not declared the winner."
                                .formatted(winner.approach(), missing, rival.approach()),
                        Figure.of(winner.approach() + ": missing answers", missing, "measured"),
                        Figure.of(
                                winner.approach() + ": score with missing answers as wrong", own, scores(cases.size())),
                        Figure.of(rival.approach() + ": score on the same cases", others, scores(cases.size()))));
            }
        }
        return Optional.empty();
    }

    private static double mean(Measured measured, List<ComparedCase> cases) {
        return cases.stream()
                .mapToDouble(
                        testCase -> Objects.requireNonNull(measured.quality().getOrDefault(testCase.id(), 0.0)))
                .average()
                .orElse(0);
    }

    Evidence score(ScoreSummary summary) {
        String missing = summary.missing() == 0 ? "" : "; %d more have no score".formatted(summary.missing());
        return Evidence.of(
                "%s: %s %s [%s, %s] over %d cases%s."
                        .formatted(
                                summary.approach(),
                                measurements.metric(),
                                Wording.score(summary.mean()),
                                Wording.score(summary.interval().low()),
                                Wording.score(summary.interval().high()),
                                summary.cases(),
                                missing),
                figure(summary));
    }

    Figure figure(ScoreSummary summary) {
        String of = summary.type().map(type -> " on " + type.key()).orElse("");
        return new Figure(
                "%s: %s%s".formatted(summary.approach(), measurements.metric(), of),
                summary.mean(),
                Optional.of(summary.interval()),
                scores(summary.cases()));
    }

    List<Figure> figures(PairComparison pair) {
        String name = "%s - %s%s"
                .formatted(
                        pair.first(),
                        pair.second(),
                        pair.type().map(type -> " on " + type.key()).orElse(""));
        String cases = pair.cases() == pair.units() ? "" : " in %d clusters".formatted(pair.units());
        String source = "measured: %d cases of both%s".formatted(pair.cases(), cases);
        String test = "computed: %s".formatted(pair.test().label());
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(name + ": difference", pair.difference(), Optional.of(pair.interval()), source));
        figures.add(Figure.of(name + ": cases ahead", pair.firstAhead(), source));
        figures.add(Figure.of(name + ": cases behind", pair.secondAhead(), source));
        figures.add(Figure.of(name + ": p-value", pair.pValue(), test));
        figures.add(Figure.of(name + ": p-value after Holm's correction", pair.adjustedPValue(), test));
        return figures;
    }

    private static String scores(int cases) {
        return "measured: %d cases".formatted(cases);
    }
}
