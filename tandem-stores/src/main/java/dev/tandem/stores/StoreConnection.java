package dev.tandem.stores;

import java.util.Optional;

/**
 * How a store is reached.
 *
 * @param provider which, not {@link StoreProvider#LUCENE}
 * @param url its address
 * @param user who signs in; empty where the address says so or nobody need
 * @param secret the password or key; never printed
 * @param name what the index is called there
 */
public record StoreConnection(
        StoreProvider provider, String url, Optional<String> user, Optional<String> secret, String name) {
    /** Without the secret. */
    @Override
    public String toString() {
        return provider.key() + " " + url + " " + name;
    }
}
