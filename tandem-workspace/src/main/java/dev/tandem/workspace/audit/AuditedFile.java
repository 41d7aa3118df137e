package dev.tandem.workspace.audit;

import java.util.Map;
import java.util.Optional;

/**
 * What is known of a file.
 *
 * @param path relative to the folder, with {@code /} between parts
 * @param format as filters name it; for files that are not read, their ending
 * @param modifiedMillis the time of its last change, milliseconds since 1970
 * @param problem why it is not read, as the end of a sentence that begins with the file's name; empty if it is
 * @param language ISO 639-3, where it can be told
 * @param words how many it has
 * @param passages how many would be made of it
 * @param tokens of those, by the embedding model
 * @param personal how often each kind of personal data stands in it, by name
 */
public record AuditedFile(
        String path,
        String format,
        long bytes,
        long modifiedMillis,
        Optional<String> problem,
        Optional<String> language,
        long words,
        int passages,
        long tokens,
        Map<String, Integer> personal) {
    public AuditedFile {
        personal = Map.copyOf(personal);
    }

    /** Whether it would be in an index. */
    public boolean isRead() {
        return problem.isEmpty();
    }
}
