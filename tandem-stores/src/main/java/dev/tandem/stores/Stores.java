package dev.tandem.stores;

import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.stores.postgres.PostgresPassageIndex;
import dev.tandem.stores.remote.RemoteStores;

/** Opens indexes that servers keep. Only the driver of the one that is opened is loaded. */
public final class Stores {
    private Stores() {}

    /**
     * An index; nothing is connected before it is used.
     *
     * @throws dev.tandem.foundation.MendableException if its address or name cannot be one
     */
    public static PassageIndex open(StoreConnection connection) {
        return switch (connection.provider()) {
            case LUCENE -> throw new IllegalArgumentException("A folder is opened as LucenePassageIndex");
            case PGVECTOR ->
                PostgresPassageIndex.open(connection.url(), connection.user(), connection.secret(), connection.name());
            case QDRANT -> RemoteStores.qdrant(connection.url(), connection.secret(), connection.name());
            case WEAVIATE -> RemoteStores.weaviate(connection.url(), connection.secret(), connection.name());
            case PINECONE -> RemoteStores.pinecone(connection.url(), connection.secret(), connection.name());
        };
    }
}
