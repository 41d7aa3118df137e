package dev.tandem.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.foundation.Progress;

/** What a job in work reports to, and asks whether it should go on. Safe for use by many threads. */
public interface JobRun {
    /** Whether it should end early: because somebody cancelled it, or because the server stops. */
    boolean cancelled();

    /** Says something that whoever asked for the job should know. */
    void remark(String sentence);

    /** Tells losses of a training. */
    void metrics(String message, JsonNode data);

    /** Where it tells how far it is. */
    Progress progress();

    /** The same, which ends the work at its next step, by a {@code CancellationException}, once it is cancelled. */
    Progress stoppingProgress();
}
