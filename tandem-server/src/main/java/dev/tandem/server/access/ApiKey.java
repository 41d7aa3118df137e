package dev.tandem.server.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A key as it is kept: its secret is known to its holder alone.
 *
 * @param id stands in the key itself: {@code tdm_ID_SECRET}
 * @param name of the person or program that holds it
 * @param hash SHA-256 of the whole key in hex; the secret has 192 random bits, so nothing slower is needed against guessing
 * @param expires when it ends by itself, if it does
 */
public record ApiKey(
        String id,
        String name,
        String hash,
        Role role,
        Set<String> principals,
        Instant created,
        Optional<Instant> expires) {
    public ApiKey {
        principals = Set.copyOf(principals);
    }

    Caller caller() {
        return new Caller(name, id, role, principals);
    }
}
