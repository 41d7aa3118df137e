package dev.tandem.server.watch;

import dev.tandem.evaluation.gate.GateCheck;
import dev.tandem.evaluation.gate.GateOutcome;
import dev.tandem.evaluation.gate.GateStatus;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.Workspace;
import dev.tandem.workspace.alert.Alerts;
import dev.tandem.workspace.settings.AlertMetric;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells people that the gate of an evaluation failed, and that it passes again, where the rules ask for it. */
public final class GateAlert {
    private GateAlert() {}

    /**
     * Tells, if there is something to tell.
     *
     * @param environment holds the channels' secrets
     * @param log takes a line
     * @throws dev.tandem.foundation.MendableException if a channel cannot be set up; what one does not take is logged and tried again
     *     by the server
     */
    public static void tell(
            Workspace workspace, GateOutcome outcome, Map<String, String> environment, Consumer<String> log) {
        var settings = workspace.settings().alerts();
        var rules = settings.rules().stream()
                .filter(rule -> rule.metric() == AlertMetric.GATE)
                .toList();
        if (rules.isEmpty()) {
            return;
        }
        var desk = new AlertDesk(
                String.valueOf(workspace.folder().getFileName()),
                ServerDatabase.feedback(workspace),
                Alerts.of(settings, environment, log),
                Clock.systemUTC());
        for (var rule : rules) {
            if (outcome.passed()) {
                desk.mend(rule, "The gate passes again, on run " + outcome.run() + ".");
            } else {
                desk.fire(
                        rule,
                        new AlertDesk.Finding(
                                "The gate failed on run " + outcome.run() + ": "
                                        + outcome.checks().stream()
                                                .filter(check -> check.status() == GateStatus.FAILED)
                                                .map(GateCheck::sentence)
                                                .limit(3)
                                                .collect(Collectors.joining(" ")),
                                "Look at it with `tandem runs show " + outcome.run()
                                        + "`, or on the page under Runs."));
            }
        }
    }
}
