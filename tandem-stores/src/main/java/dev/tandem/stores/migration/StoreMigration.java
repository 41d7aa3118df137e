package dev.tandem.stores.migration;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.Progress;
import dev.tandem.knowledge.index.IndexDescription;
import dev.tandem.knowledge.index.IndexedDocument;
import dev.tandem.knowledge.index.PassageIndex;
import java.util.HashMap;
import java.util.Map;

/**
 * Moves documents, passages, vectors and token vectors from one index to another; nothing is embedded. It commits as it goes under a
 * description that no embedding model has, so that a half-filled index answers nothing and, when the move is begun again, only what is
 * missing is copied.
 */
public final class StoreMigration {
    private static final String UNFINISHED = "unfinished migration of ";

    /** So many passages go into a commit. */
    private static final int BATCH = 5_000;

    private final PassageIndex from;
    private final PassageIndex to;

    /**
     * What was moved.
     *
     * @param documents how many the index holds now
     * @param passages how many passages
     * @param copied documents copied by this run
     * @param there documents that were there already
     * @param removed documents that the source does not have
     */
    public record Moved(int documents, int passages, int copied, int there, int removed) {}

    public StoreMigration(PassageIndex from, PassageIndex to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Moves.
     *
     * @param replace whether an index made with another embedding model may be replaced
     * @throws MendableException if there is nothing to move, or something else is in the way
     */
    public Moved run(boolean replace, Progress progress) {
        try (var source = from.snapshot()) {
            if (source.description().isNew()) {
                throw new MendableException(
                        "There is no index to move: ingest documents first, or name another --from.");
            }
            boolean anew = mustBeMadeAnew(source.description(), replace);
            try (var writing = anew ? to.writeAnew() : to.write()) {
                return copy(source, writing, anew ? Map.of() : present(), progress);
            }
        }
    }

    private boolean mustBeMadeAnew(IndexDescription wanted, boolean replace) {
        try (var target = to.snapshot()) {
            var there = target.description();
            boolean goesOn = there.isNew()
                    || there.dimension() == wanted.dimension()
                            && (there.encoder().equals(wanted.encoder())
                                    || there.encoder().equals(UNFINISHED + wanted.encoder()));
            if (!goesOn && !replace) {
                throw new MendableException("The index that is to be filled holds something else, made with "
                        + there.encoder() + ": give it another store.name, or replace it with --replace.");
            }
            return !goesOn;
        }
    }

    private Map<String, IndexedDocument> present() {
        try (var target = to.snapshot()) {
            var present = new HashMap<String, IndexedDocument>();
            target.documents().forEach(document -> present.put(document.path(), document));
            return present;
        }
    }

    private static Moved copy(
            PassageIndex.Snapshot source,
            PassageIndex.Writing writing,
            Map<String, IndexedDocument> present,
            Progress progress) {
        var made = source.description();
        var unfinished = new IndexDescription(UNFINISHED + made.encoder(), made.dimension(), made.splitting());
        var superfluous = new HashMap<>(present);
        int copied = 0;
        int uncommitted = 0;
        var documents = source.documents();
        try (var task = progress.start("Moving", source.passageCount(), "passages")) {
            for (var document : documents) {
                superfluous.remove(document.path());
                if (document.equals(present.get(document.path()))) {
                    task.step(document.passages());
                    continue;
                }
                writing.replace(document, source.passages(document.path()));
                task.step(document.passages());
                copied++;
                uncommitted += document.passages();
                if (uncommitted >= BATCH) {
                    writing.commit(unfinished);
                    uncommitted = 0;
                }
            }
        }
        superfluous.keySet().forEach(writing::delete);
        writing.commit(made);
        return new Moved(
                documents.size(), source.passageCount(), copied, documents.size() - copied, superfluous.size());
    }
}
