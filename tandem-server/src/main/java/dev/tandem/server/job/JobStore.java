package dev.tandem.server.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foundation.MendableException;
import dev.tandem.server.store.ServerDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Jobs and their events on the disk. What a method has written outlives a kill. Safe for use by many threads. */
final class JobStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerDatabase database;

    JobStore(ServerDatabase database) {
        this.database = database;
    }

    void insert(Job job, String message) {
        database.with(handle -> {
            handle.createUpdate("""
                            insert into job (id, kind, input, status, cancelling, asked_by, created, attempts)
                            values (:id, :kind, :input, 'queued', 0, :askedBy, :created, 0)""")
                    .bind("id", job.id())
                    .bind("kind", job.kind())
                    .bind("input", job.input().toString())
                    .bind("askedBy", job.askedBy())
                    .bind("created", job.created().toString())
                    .execute();
            return addEvent(handle, job.id(), job.created(), Job.Type.STATUS, message, Optional.empty());
        });
    }

    Optional<Job> job(String id) {
        return database.with(handle -> handle.createQuery("select * from job where id = :id")
                .bind("id", id)
                .map(JobStore::job)
                .findOne());
    }

    /** All of a kind, or of any; the newest first. */
    List<Job> jobs(Optional<String> kind, Optional<String> after, int limit) {
        return database.with(handle -> handle.createQuery("""
                        select * from job where kind = coalesce(:kind, kind)
                        and number < coalesce((select number from job where id = :after), 9223372036854775807)
                        order by number desc limit :limit""")
                .bind("kind", kind)
                .bind("after", after)
                .bind("limit", limit)
                .map(JobStore::job)
                .list());
    }

    /** The jobs that are in a state, the oldest first. */
    List<Job> in(Job.Status status) {
        return database.with(handle -> handle.createQuery("select * from job where status = :status order by number")
                .bind("status", written(status))
                .map(JobStore::job)
                .list());
    }

    /** Notes that a job is begun. */
    void begin(String id, Instant now) {
        database.with(handle -> {
            handle.createUpdate("""
                            update job set status = 'running', started = :now, attempts = attempts + 1
                            where id = :id""").bind("id", id).bind("now", now.toString()).execute();
            return addEvent(handle, id, now, Job.Type.STATUS, "The job is running.", Optional.empty());
        });
    }

    /**
     * Puts a running job back into the queue.
     *
     * @param counts whether its attempt counts as one that failed
     */
    void requeue(String id, boolean counts, Instant now, String message) {
        database.with(handle -> {
            handle.createUpdate("update job set status = 'queued', attempts = attempts - :forgiven where id = :id")
                    .bind("id", id)
                    .bind("forgiven", counts ? 0 : 1)
                    .execute();
            return addEvent(handle, id, now, Job.Type.STATUS, message, Optional.empty());
        });
    }

    /** Puts a job that has ended into the queue again, behind all others of its age, as if it had not. */
    void reopen(String id, Instant now, String message) {
        database.with(handle -> {
            handle.createUpdate("""
                            update job set status = 'queued', cancelling = 0, attempts = 0, finished = null, error = null
                            where id = :id and status in ('cancelled', 'failed')""").bind("id", id).execute();
            return addEvent(handle, id, now, Job.Type.STATUS, message, Optional.empty());
        });
    }

    void askToCancel(String id) {
        database.with(handle -> handle.createUpdate("update job set cancelling = 1 where id = :id")
                .bind("id", id)
                .execute());
    }

    void finish(
            String id,
            Job.Status status,
            Optional<JsonNode> result,
            Optional<String> error,
            Instant now,
            String message) {
        database.with(handle -> {
            handle.createUpdate("""
                            update job set status = :status, finished = :now, result = :result, error = :error
                            where id = :id""")
                    .bind("id", id)
                    .bind("status", written(status))
                    .bind("now", now.toString())
                    .bind("result", result.map(JsonNode::toString))
                    .bind("error", error)
                    .execute();
            return addEvent(handle, id, now, Job.Type.STATUS, message, Optional.empty());
        });
    }

    void addEvent(String id, Instant now, Job.Type type, String message, Optional<JsonNode> data) {
        database.with(handle -> addEvent(handle, id, now, type, message, data));
    }

    private static int addEvent(
            Handle handle, String id, Instant now, Job.Type type, String message, Optional<JsonNode> data) {
        return handle.createUpdate("""
                        insert into job_event (job, number, at, type, message, data) values (:job,
                        1 + (select coalesce(max(number), 0) from job_event where job = :job), :at, :type, :message, :data)""")
                .bind("job", id)
                .bind("at", now.toString())
                .bind("type", type.name().toLowerCase(Locale.ROOT))
                .bind("message", message)
                .bind("data", data.map(JsonNode::toString))
                .execute();
    }

    /** A job's events behind one of them, in their order. */
    List<Job.Event> events(String id, long after, int limit) {
        return database.with(handle -> handle.createQuery(
                        "select * from job_event where job = :job and number > :after order by number limit :limit")
                .bind("job", id)
                .bind("after", after)
                .bind("limit", limit)
                .map(JobStore::event)
                .list());
    }

    private static String written(Job.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static Job job(ResultSet row, StatementContext context) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getString("kind"),
                json(row.getString("input")),
                Job.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getBoolean("cancelling"),
                row.getString("asked_by"),
                Instant.parse(row.getString("created")),
                text(row, "started").map(Instant::parse),
                text(row, "finished").map(Instant::parse),
                row.getInt("attempts"),
                text(row, "result").map(JobStore::json),
                text(row, "error"));
    }

    private static Job.Event event(ResultSet row, StatementContext context) throws SQLException {
        return new Job.Event(
                row.getLong("number"),
                Instant.parse(row.getString("at")),
                Job.Type.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
                row.getString("message"),
                text(row, "data").map(JobStore::json));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new MendableException(
                    ServerDatabase.FILE + " holds something that is no JSON (" + e.getOriginalMessage()
                            + "): if it was edited by hand, put a copy of it back.",
                    e);
        }
    }
}
