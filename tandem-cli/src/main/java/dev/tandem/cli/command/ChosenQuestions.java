package dev.tandem.cli.command;

import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.evaluation.testset.TestSetFile;
import dev.tandem.foundation.MendableException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which questions of a test set a command is about: those named, or all that nobody has reviewed. */
final class ChosenQuestions {
    @Parameters(paramLabel = "ID", arity = "0..*", description = "The questions.")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "All that are not reviewed yet.")
    private boolean all;

    /**
     * Their ids, in the order of the file or of the command line.
     *
     * @throws MendableException if none were named, or some and all
     */
    Set<String> of(TestSetFile file) {
        if (all != ids.isEmpty()) {
            throw new MendableException("Name questions by their ids, or give --all; not both, and not none.");
        }
        return all
                ? file.cases().stream()
                        .filter(testCase -> !testCase.reviewed())
                        .map(TestCase::id)
                        .collect(Collectors.toCollection(LinkedHashSet::new))
                : new LinkedHashSet<>(ids);
    }
}
