package dev.tandem.evaluation.gate;

import java.util.List;
import java.util.Optional;

/**
 * A gate's verdict on a run.
 *
 * @param run its id
 * @param baseline the id of the run it was compared with
 */
public record GateOutcome(String run, Optional<String> baseline, List<GateCheck> checks) {
    public GateOutcome {
        checks = List.copyOf(checks);
    }

    /** Whether no check failed. */
    public boolean passed() {
        return count(GateStatus.FAILED) == 0;
    }

    /** How many checks came to this. */
    public long count(GateStatus status) {
        return checks.stream().filter(check -> check.status() == status).count();
    }

    /** The verdict in one sentence, without markup. */
    public String sentence() {
        var counts = "%d passed, %d failed, %d not measured"
                .formatted(count(GateStatus.PASSED), count(GateStatus.FAILED), count(GateStatus.NOT_MEASURED));
        return "The gate " + (passed() ? "passed" : "failed") + ": " + counts + ".";
    }
}
