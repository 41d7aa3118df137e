package dev.tandem.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A piece of work as it is kept.
 *
 * @param kind which {@link JobKind} does it
 * @param input what it was asked to do, as its kind understands it
 * @param cancelling whether somebody asked that it end
 * @param askedBy who, by the name of his key
 * @param started when it was last begun
 * @param attempts how often it was begun without coming to an end
 * @param result what came of it, once it has succeeded
 * @param error why it failed, as a sentence
 */
public record Job(
        String id,
        String kind,
        JsonNode input,
        Status status,
        boolean cancelling,
        String askedBy,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> finished,
        int attempts,
        Optional<JsonNode> result,
        Optional<String> error) {
    /** How a job stands. */
    public enum Status {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        /** Whether nothing more will come of it. */
        public boolean isOver() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /**
     * Something that happened to a job.
     *
     * @param number from 1, without gaps
     * @param message as a sentence or less
     * @param data the same for programs, where there is more to it
     */
    public record Event(long number, Instant at, Type type, String message, Optional<JsonNode> data) {}

    /** What kind of thing happened. */
    public enum Type {
        /** It began, ended, or was taken up again. */
        STATUS,
        /** How far it is. */
        PROGRESS,
        /** Something that one should know. */
        REMARK,
        /** Losses of a training. */
        METRICS
    }
}
