package dev.tandem.workspace.testset;

import java.nio.file.Path;
import java.util.List;

/**
 * What a check found.
 *
 * @param hash the test set's version
 * @param reviewed questions that a person accepted
 * @param training training files that were compared
 * @param detectable see {@link DetectableDifference}
 */
public record TestSetReport(
        Path file,
        String hash,
        int questions,
        int reviewed,
        List<TestSetFinding> findings,
        Coverage coverage,
        List<Path> training,
        double detectable) {
    public TestSetReport {
        findings = List.copyOf(findings);
        training = List.copyOf(training);
    }

    /** Whether something is wrong that should be mended before anything is measured. */
    public boolean serious() {
        return findings.stream().anyMatch(finding -> finding.kind().serious());
    }
}
