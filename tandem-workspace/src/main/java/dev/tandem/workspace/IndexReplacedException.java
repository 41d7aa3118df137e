package dev.tandem.workspace;

import dev.tandem.foundation.MendableException;

/** The index was made anew with another embedding model since a retriever was opened: open another one and ask again. */
public final class IndexReplacedException extends MendableException {
    private static final long serialVersionUID = 1L;

    IndexReplacedException(String encoder) {
        super("The index was made anew with the embedding model " + encoder + " just now: ask again.");
    }
}
