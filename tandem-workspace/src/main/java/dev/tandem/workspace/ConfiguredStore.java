package dev.tandem.workspace;

import dev.tandem.foundation.MendableException;
import dev.tandem.knowledge.index.LucenePassageIndex;
import dev.tandem.knowledge.index.PassageIndex;
import dev.tandem.stores.StoreConnection;
import dev.tandem.stores.StoreProvider;
import dev.tandem.stores.Stores;
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
