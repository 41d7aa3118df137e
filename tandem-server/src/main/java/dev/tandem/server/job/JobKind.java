package dev.tandem.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CancellationException;

/** A kind of work that jobs do. Done by one thread at a time. */
public interface JobKind {
    /** As jobs name it. */
    String name();

    /**
     * Does a job. What is done before the process is killed must not be in the way when the same job is done again.
     *
     * @return what came of it
     * @throws dev.tandem.foundation.MendableException if it cannot be done
     * @throws CancellationException if it was ended early because {@link JobRun#cancelled} said so
     */
    JsonNode run(Job job, JobRun run);

    /** Whether a job that was cancelled or failed left something that it can go on from. */
    default boolean canGoOn(Job job) {
        return false;
    }
}
