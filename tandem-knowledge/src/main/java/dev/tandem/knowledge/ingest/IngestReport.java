package dev.tandem.knowledge.ingest;

import java.time.Duration;
import java.util.List;

/**
 * What an ingest did.
 *
 * @param added documents that were not in the index before
 * @param updated documents whose content changed
 * @param unchanged documents left as they were
 * @param deleted documents that are gone from their source
 * @param skipped files that could not be read, with the reason
 * @param flagged files with text that seems to be meant for a language model, of those that were read now
 * @param passagesEmbedded passages that went through the embedding model
 * @param passagesReused passages whose vectors were known already
 * @param passages passages in the index now
 * @param contextLines what was asked of a language model for the lines above passages
 * @param elapsed how long it took
 */
public record IngestReport(
        int added,
        int updated,
        int unchanged,
        int deleted,
        List<SkippedFile> skipped,
        List<FlaggedFile> flagged,
        int passagesEmbedded,
        int passagesReused,
        int passages,
        ContextLines.Done contextLines,
        Duration elapsed) {
    public IngestReport {
        skipped = List.copyOf(skipped);
        flagged = List.copyOf(flagged);
    }

    /**
     * A file in which something seems to instruct a language model.
     *
     * @param found sentences that its readers see
     * @param hidden sentences that they do not
     */
    public record FlaggedFile(String path, List<String> found, List<String> hidden) {
        public FlaggedFile {
            found = List.copyOf(found);
            hidden = List.copyOf(hidden);
        }
    }

    /** A file that was left out, and why, in one sentence. */
    public record SkippedFile(String path, String reason) {}
}
