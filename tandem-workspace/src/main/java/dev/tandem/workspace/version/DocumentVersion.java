package dev.tandem.workspace.version;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A document as it once came.
 *
 * @param number counted from 1 for each document, never given twice
 * @param time when it came
 * @param who brought it; empty where nobody knows, as of a file that was put into the folder by hand
 * @param bytes how long its file is
 * @param hash SHA-256 of its file
 * @param restored the version whose content this is again, where it is that
 * @param access whom its own access list names; no names where everybody may see it; empty where it is not known, as of a file that
 *     cannot be read, and of the newest version, whose list is the document's
 */
public record DocumentVersion(
        int number,
        Instant time,
        Optional<String> who,
        long bytes,
        String hash,
        Optional<Integer> restored,
        Optional<List<String>> access) {
    public DocumentVersion {
        access = access.map(List::copyOf);
    }

    /** The same with an access list that is known by now. */
    public DocumentVersion with(Optional<List<String>> names) {
        return new DocumentVersion(number, time, who, bytes, hash, restored, names);
    }

    DocumentVersion withoutWho() {
        return new DocumentVersion(number, time, Optional.empty(), bytes, hash, restored, access);
    }

    boolean isOf(String name) {
        return who.filter(name::equals).isPresent();
    }
}
