package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.PairComparison.Test;
import dev.tandem.evaluation.compare.statistics.Holm;
import dev.tandem.evaluation.compare.statistics.McNemar;
import dev.tandem.evaluation.compare.statistics.MeanIntervals;
import dev.tandem.evaluation.compare.statistics.Sample;
import dev.tandem.evaluation.compare.statistics.SignFlip;
import dev.tandem.evaluation.testset.QuestionType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Every two approaches compared, over all cases and by question type, with one correction over all of it.
 *
 * <p>The comparisons over all cases decide and share four fifths of the level; those by question type explain and share the rest
 * (Holm's correction with weights), so that a report that shows more types does not need more examples for its verdict.
 */
public record Comparisons(List<PairComparison> pairs) {
    /** Fewer independent cases of a type are shown but not tested: hardly anything could be found, and the others would pay. */
    public static final int FEWEST_OF_A_TYPE = 10;

    private static final double SHARE_OF_ALL_CASES = 0.8;

    public Comparisons {
        pairs = List.copyOf(pairs);
    }

    /** Compares; pairs that have no case in common are left out. */
    public static Comparisons of(Measurements measurements) {
        List<PairComparison> pairs = new ArrayList<>();
        addPairs(measurements, Optional.empty(), pairs);
        List<QuestionType> types = typesShown(measurements);
        // A single type is the same as all.
        if (types.size() > 1) {
            types.forEach(type -> addPairs(measurements, Optional.of(type), pairs));
        }
        return new Comparisons(corrected(pairs));
    }

    /** The question types that at least one approach has a score for. */
    static List<QuestionType> typesShown(Measurements measurements) {
        return Arrays.stream(QuestionType.values())
                .filter(type -> !measurements
                        .reached(ScoreSummary.types(Optional.of(type)))
                        .isEmpty())
                .toList();
    }

    private static void addPairs(Measurements measurements, Optional<QuestionType> type, List<PairComparison> pairs) {
        List<Measured> approaches = measurements.approaches();
        List<ComparedCase> reached = measurements.reached(ScoreSummary.types(type));
        boolean binary = measurements.binary();
        for (int first = 0; first < approaches.size(); first++) {
            for (int second = first + 1; second < approaches.size(); second++) {
                // Each comparison draws for itself; neighbouring seeds are mixed until they have nothing in common.
                long seed = new SplittableRandom(measurements.seed() + pairs.size()).nextLong();
                compared(reached, binary, approaches.get(first), approaches.get(second), type, seed)
                        .filter(pair -> type.isEmpty() || pair.units() >= FEWEST_OF_A_TYPE)
                        .ifPresent(pairs::add);
            }
        }
    }

    private static Optional<PairComparison> compared(
            List<ComparedCase> reached,
            boolean binary,
            Measured first,
            Measured second,
            Optional<QuestionType> type,
            long seed) {
        List<ComparedCase> cases = reached.stream()
                .filter(testCase -> first.quality().containsKey(testCase.id())
                        && second.quality().containsKey(testCase.id()))
                .toList();
        if (cases.isEmpty()) {
            return Optional.empty();
        }
        double[] differences = cases.stream()
                .mapToDouble(testCase -> CaseSample.score(first, testCase) - CaseSample.score(second, testCase))
                .toArray();
        int firstAhead =
                (int) Arrays.stream(differences).filter(value -> value > 0).count();
        int secondAhead =
                (int) Arrays.stream(differences).filter(value -> value < 0).count();
        Sample sample = CaseSample.of(
                cases, testCase -> CaseSample.score(first, testCase) - CaseSample.score(second, testCase));
        Test test = binary && sample.isIndependent() ? Test.MCNEMAR : Test.SIGN_FLIP;
        double pValue = test == Test.MCNEMAR ? McNemar.pValue(firstAhead, secondAhead) : SignFlip.pValue(sample, seed);
        return Optional.of(new PairComparison(
                first.approach(),
                second.approach(),
                type,
                cases.size(),
                sample.units(),
                sample.mean(),
                MeanIntervals.ofDifferences(sample, binary, seed),
                sample.standardError() * Math.sqrt(cases.size()),
                firstAhead,
                secondAhead,
                test,
                pValue,
                1,
                PairComparison.LEVEL));
    }

    private static List<PairComparison> corrected(List<PairComparison> pairs) {
        long ofTypes = pairs.stream().filter(pair -> pair.type().isPresent()).count();
        long ofAll = pairs.size() - ofTypes;
        double[] pValues = pairs.stream().mapToDouble(PairComparison::pValue).toArray();
        double[] weights = pairs.stream()
                .mapToDouble(pair ->
                        pair.type().isPresent() ? (1 - SHARE_OF_ALL_CASES) / ofTypes : SHARE_OF_ALL_CASES / ofAll)
                .toArray();
        double[] adjusted = Holm.adjusted(pValues, weights);
        double remaining = 0;
        for (int i = 0; i < adjusted.length; i++) {
            remaining += adjusted[i] <= PairComparison.LEVEL ? 0 : weights[i];
        }
        List<PairComparison> corrected = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            double share = adjusted[i] <= PairComparison.LEVEL ? 1 : weights[i] / remaining;
            corrected.add(pairs.get(i).corrected(adjusted[i], PairComparison.LEVEL * share));
        }
        return corrected;
    }

    /** Two approaches, seen from the first; empty if they have no case in common or too few of that type. */
    public Optional<PairComparison> between(String first, String second, Optional<QuestionType> type) {
        return pairs.stream()
                .filter(pair -> pair.type().equals(type))
                .filter(pair -> pair.first().equals(first) && pair.second().equals(second)
                        || pair.first().equals(second) && pair.second().equals(first))
                .findFirst()
                .map(pair -> pair.seenFrom(first));
    }
}
