package dev.tandem.workspace.compare;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What happened when one fact of a document was changed, in a copy of the documents.
 *
 * @param caseId of the test case that asks for it
 * @param document by its path in the workspace
 * @param before the answer as the document had it
 * @param after the answer as it was changed
 * @param ingestSeconds it took to ingest the whole copy the first time
 * @param updateSeconds it took to ingest it again after the change
 * @param findings one for each approach that was measured
 */
public record FreshFact(
        String caseId,
        String question,
        String document,
        String before,
        String after,
        double ingestSeconds,
        double updateSeconds,
        List<Finding> findings) {
    public FreshFact {
        findings = List.copyOf(findings);
    }

    /**
     * What an approach needs to know the new fact.
     *
     * @param knows whether it answered with the new fact, as was tried
     * @param seconds from the change of the file to the right answer; for a tuned model what its last tuning took; empty if it
     *     never knows or that is not known
     * @param tried whether it was asked; else the sentence is about what would have to be done
     * @param answer what it said, empty if it was not asked
     */
    public record Finding(
            String approach, boolean knows, OptionalDouble seconds, boolean tried, String answer, String sentence) {}
}
