package dev.tandem.workspace.settings;

import dev.tandem.stores.StoreProvider;
import java.util.Optional;

/** Where the index is kept; each component is documented by its {@link Key}. */
public record StoreSettings(
        @Key(
                "`lucene` keeps the index in this workspace's folder; the others are servers (see docs/stores.md). A change needs `tandem store migrate`, or `tandem ingest --rebuild`.")
        StoreProvider provider,

        @Key("The server's address, like `jdbc:postgresql://localhost:5432/tandem`; not used by `lucene`.")
        Optional<String> url,

        @Key("Who signs in at the server, where it asks for a name.")
        Optional<String> user,

        @Key(
                "The environment variable that holds the server's password or key; each has one by its name, like PGPASSWORD. The secret itself never stands in this file.")
        Optional<String> apiKeyVariable,

        @Key("What the index is called at the server: workspaces that share a server need names of their own.")
        String name,

        @Key(
                "Where evaluation runs, answers and feedback are kept: `folder`, in files of this workspace, or `store`, in the same PostgreSQL as the index, in schemas beside it. Nothing is moved by a change.")
        RecordsPlace records) {

    public static final StoreSettings DEFAULTS = new StoreSettings(
            StoreProvider.LUCENE, Optional.empty(), Optional.empty(), Optional.empty(), "tandem", RecordsPlace.FOLDER);

    /** Where runs and feedback are kept. */
    public enum RecordsPlace {
        FOLDER,
        STORE
    }
}
