package dev.tandem.workspace;

import dev.tandem.foundation.MendableException;

/** A service's key, which stands in an environment variable and nowhere else. */
final class ApiKey {
    private ApiKey() {}

    static String read(String key, String variable) {
        var value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new MendableException("The environment variable " + variable + ", named by " + key
                    + " in tandem.yaml, is not set: export it with the service's key.");
        }
        return value.strip();
    }
}
