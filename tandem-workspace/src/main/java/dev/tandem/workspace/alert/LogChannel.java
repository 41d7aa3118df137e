package dev.tandem.workspace.alert;

import dev.tandem.workspace.settings.AlertRule;
import java.util.function.Consumer;

/**
 * The log.
 *
 * @param line takes a line
 */
record LogChannel(Consumer<String> line) implements AlertChannel {
    @Override
    public AlertRule.Channel kind() {
        return AlertRule.Channel.LOG;
    }

    @Override
    public String address() {
        return "the log";
    }

    @Override
    public void send(Alert alert) {
        line.accept("alert " + alert.state().key() + ": " + alert.rule() + ": " + alert.text());
    }
}
