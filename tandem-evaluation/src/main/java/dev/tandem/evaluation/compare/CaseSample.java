package dev.tandem.evaluation.compare;

import dev.tandem.evaluation.compare.statistics.Sample;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Samples of values that cases have, in the clusters of the cases. */
final class CaseSample {
    private CaseSample() {}

    static Sample of(List<ComparedCase> cases, ToDoubleFunction<ComparedCase> value) {
        double[] values = cases.stream().mapToDouble(value).toArray();
        if (cases.stream().allMatch(testCase -> testCase.cluster().isEmpty())) {
            return Sample.independent(values);
        }
        // A case that stands alone is a cluster of its own; the prefixes keep the two kinds of names apart.
        List<String> clusters = cases.stream()
                .map(testCase ->
                        testCase.cluster().map(name -> "cluster " + name).orElse("case " + testCase.id()))
                .toList();
        return Sample.clustered(values, clusters);
    }

    static double score(Measured measured, ComparedCase testCase) {
        return Objects.requireNonNull(measured.quality().get(testCase.id()));
    }
}
