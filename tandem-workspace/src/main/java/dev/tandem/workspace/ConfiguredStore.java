package dev.tandem.workspace;

import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.database.DatabasePlace.PostgresPlace;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.stores.StoreConnection;
import dev.tandem.stores.StoreProvider;
import dev.tandem.stores.Stores;
import dev.tandem.stores.postgres.PostgresPassageIndex;
import java.util.Map;
import java.util.Optional;

/** The index where the settings have it kept. */
public final class ConfiguredStore {
    private ConfiguredStore() {}

    /** The workspace's own. */
    static PassageIndex open(Workspace workspace) {
        return open(workspace, workspace.settings().store().provider(), Optional.empty());
    }

    /**
     * The index that the workspace has, or would have, at a store.
     *
     * @param otherUrl where it is, in place of {@code store.url}
     * @throws MendableException if the settings do not say how that store is reached
     */
    public static PassageIndex open(Workspace workspace, StoreProvider provider, Optional<String> otherUrl) {
        return provider == StoreProvider.LUCENE
                ? LucenePassageIndex.open(workspace.indexFolder())
                : Stores.open(connection(workspace, provider, otherUrl, System.getenv()));
    }

    /**
     * Where the store keeps runs or feedback: a schema beside the index's.
     *
     * @param what is kept, in a word
     * @throws MendableException if the settings name no store that can
     */
    static PostgresPlace records(Workspace workspace, String what) {
        var provider = workspace.settings().store().provider();
        if (provider != StoreProvider.PGVECTOR) {
            throw new MendableException("store.records is store in "
                    + workspace.folder().resolve(Workspace.SETTINGS_FILE)
                    + ", but only PostgreSQL keeps runs and feedback: set store.provider to pgvector, or"
                    + " store.records to folder.");
        }
        var connection = connection(workspace, provider, Optional.empty(), System.getenv());
        PostgresPassageIndex.requireAddress(connection.url(), connection.name());
        return new PostgresPlace(
                connection.url(), connection.user(), connection.secret(), connection.name() + "_" + what);
    }

    static StoreConnection connection(
            Workspace workspace, StoreProvider provider, Optional<String> otherUrl, Map<String, String> environment) {
        var settings = workspace.settings().store();
        var url = otherUrl.or(settings::url)
                .orElseThrow(() -> new MendableException("store.url is missing in "
                        + workspace.folder().resolve(Workspace.SETTINGS_FILE) + ": write where " + provider.title()
                        + " is, like " + provider.exampleUrl().orElseThrow() + "."));
        var secret = settings.apiKeyVariable()
                .map(variable -> ApiKey.read("store.api_key_variable", variable))
                .or(() -> provider.keyVariable()
                        .map(variable -> environment.getOrDefault(variable, ""))
                        .filter(value -> !value.isBlank()));
        return new StoreConnection(provider, url, settings.user(), secret, settings.name());
    }
}
