package dev.tandem.knowledge.retrieval;

import dev.tandem.foundation.MendableException;

/**
 * The cause of a {@link MendableException} that says that the index was made anew with another embedding model since a retriever was
 * opened: open another one and ask again.
 */
public final class IndexReplacedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private IndexReplacedException(String encoder) {
        super("The index is of " + encoder + " now");
    }

    static MendableException by(String encoder) {
        return new MendableException(
                "The index was made anew with the embedding model " + encoder + " just now: ask again.",
                new IndexReplacedException(encoder));
    }

    /** Whether this is what a failure comes from. */
    public static boolean isCauseOf(MendableException failure) {
        return failure.getCause() instanceof IndexReplacedException;
    }
}
