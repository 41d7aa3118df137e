package dev.tandem.workspace.testset;

import dev.tandem.evaluation.testset.TestCase;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was drafted.
 *
 * @param found questions that the rules found in all, before any were chosen
 * @param total questions in the file now
 * @param unreadable replies of the model that were no JSON; none without a model
 * @param refused the model's questions that were left out; none without a model
 */
public record DraftingReport(
        Path file,
        List<TestCase> cases,
        int found,
        int total,
        Optional<Integer> unreadable,
        Optional<Integer> refused) {
    public DraftingReport {
        cases = List.copyOf(cases);
    }
}
