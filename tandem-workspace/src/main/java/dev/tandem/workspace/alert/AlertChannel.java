package dev.tandem.workspace.alert;

import dev.tandem.foundation.MendableException;
import dev.tandem.workspace.settings.AlertRule;

/** A way to tell people. Safe for use by many threads. */
interface AlertChannel {
    AlertRule.Channel kind();

    /** Where it leads, as may be shown to people: never a secret. */
    String address();

    /**
     * Tells them; comes back when it is told.
     *
     * @throws MendableException if it could not be, after the tries that make sense
     */
    void send(Alert alert);
}
