package dev.tandem.stores;

import dev.tandem.knowledge.index.PassageIndex;

/** Opens indexes that servers keep. Only the driver of the one that is opened is loaded. */
public final class Stores {
    private Stores() {}

    /**
     * An index; nothing is connected before it is used.
     *
     * @throws dev.tandem.foundation.MendableException if its address or name cannot be one
     */
    public static PassageIndex open(StoreConnection connection) {
        // One case a server's store: case QDRANT -> QdrantPassageIndex.open(...).
        throw new IllegalArgumentException("No server keeps " + connection.provider().key());
    }
}
