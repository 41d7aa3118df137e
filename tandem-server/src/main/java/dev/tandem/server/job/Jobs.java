package dev.tandem.server.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.foundation.MendableException;
import dev.tandem.server.store.ServerDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of a workspace: one runs at a time, the others wait in the order in which they were asked for. One process at a time works
 * at them; another that serves the same workspace shows them, and does them once the first one has ended and it is started anew. Safe
 * for use by many threads.
 */
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /** A job that took the process down so often is not begun again. */
    private static final int MOST_ATTEMPTS = 3;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
    private static final long AFTER_TROUBLE_MILLIS = 2_000;

    private final JobStore store;
    private final Map<String, JobKind> kinds;
    private final Clock clock;
    private final Optional<OnlyProcess> only;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread worker;
    private long version;
    private boolean stopping;

    /**
     * Takes up what a process before left: jobs that were running when it died are begun again.
     *
     * @param workspace its folder
     */
    public Jobs(Path workspace, ServerDatabase database, List<JobKind> kinds, Clock clock) {
        this.store = new JobStore(database);
        this.kinds = kinds.stream().collect(Collectors.toMap(JobKind::name, Function.identity()));
        this.clock = clock;
        this.only = OnlyProcess.of(workspace.resolve(".tandem").resolve("jobs.lock"));
        this.worker = Thread.ofPlatform().name("tandem-jobs").daemon().unstarted(this::work);
        if (only.isPresent()) {
            store.in(Job.Status.RUNNING).forEach(this::takeUp);
            worker.start();
        } else {
            LOG.warn("Another server works at the jobs of {}: new ones are refused here.", workspace);
        }
    }

    private void takeUp(Job job) {
        if (job.cancelling()) {
            finish(job, Job.Status.CANCELLED, Optional.empty(), Optional.empty(), "The job was cancelled.");
        } else if (job.attempts() >= MOST_ATTEMPTS) {
            var reason =
                    "The server ended " + job.attempts() + " times while the job was running, perhaps because of it"
                            + " (memory?): ask for it again if you know why.";
            finish(job, Job.Status.FAILED, Optional.empty(), Optional.of(reason), reason);
        } else {
            store.requeue(job.id(), true, now(), "The server ended while the job was running; it is taken up again.");
        }
    }

    /**
     * Puts a job into the queue; once this returns it is done whatever becomes of this process.
     *
     * @param prefix of its id
     * @param askedBy the name of the caller
     * @throws MendableException if another process works at this workspace's jobs
     */
    public Job submit(String kind, String prefix, JsonNode input, String askedBy) {
        if (!kinds.containsKey(kind)) {
            throw new IllegalArgumentException("No kind of job: " + kind);
        }
        if (only.isEmpty()) {
            throw new MendableException(
                    "Another server works at the jobs of this workspace: ask that one, or end it and"
                            + " start this one anew.");
        }
        var job = new Job(
                newId(prefix),
                kind,
                input,
                Job.Status.QUEUED,
                false,
                askedBy,
                now(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
        store.insert(job, "The job waits for its turn.");
        signal();
        return job;
    }

    /** An id that nothing has yet. */
    public static String newId(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }

    /** A job by its id. */
    public Optional<Job> find(String id) {
        return store.job(id);
    }

    /**
     * Jobs, the newest first.
     *
     * @param kind of one kind only
     * @param after those older than this one
     */
    public List<Job> list(Optional<String> kind, Optional<String> after, int limit) {
        return store.jobs(kind, after, limit);
    }

    /** Those that wait or run, the oldest first. */
    public List<Job> active() {
        var active = new ArrayList<>(store.in(Job.Status.RUNNING));
        active.addAll(store.in(Job.Status.QUEUED));
        return active;
    }

    /** A job's events behind number {@code after}, in their order. */
    public List<Job.Event> events(String id, long after, int limit) {
        return store.events(id, after, limit);
    }

    /** Asks that a job end: one that waits has ended when this returns, one that runs ends soon. @return as it is now */
    public Job cancel(Job job) {
        lock.lock();
        try {
            var current = store.job(job.id()).orElse(job);
            switch (current.status()) {
                case QUEUED ->
                    finish(current, Job.Status.CANCELLED, Optional.empty(), Optional.empty(), "The job was cancelled.");
                case RUNNING -> store.askToCancel(job.id());
                case SUCCEEDED, FAILED, CANCELLED -> {}
            }
            signal();
            return store.job(job.id()).orElse(current);
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@link #resume} can do anything. */
    public boolean canGoOn(Job job) {
        return only.isPresent()
                && (job.status() == Job.Status.CANCELLED || job.status() == Job.Status.FAILED)
                && kinds.containsKey(job.kind())
                && kinds.get(job.kind()).canGoOn(job);
    }

    /**
     * Has a job that was cancelled or failed go on from what it left, when its turn comes.
     *
     * @return as it is now
     * @throws MendableException if it left nothing, or did not end so
     */
    public Job resume(Job job) {
        lock.lock();
        try {
            var current = store.job(job.id()).orElse(job);
            if (!canGoOn(current)) {
                throw new MendableException("The job " + job.id()
                        + " left nothing to go on from, or has not ended early: ask for a new one instead.");
            }
            store.reopen(job.id(), now(), "The job goes on when its turn comes.");
            signal();
            return store.job(job.id()).orElse(current);
        } finally {
            lock.unlock();
        }
    }

    /** Changes whenever something happens to any job. */
    public long version() {
        return locked(() -> version);
    }

    /**
     * Waits until something has happened since a version.
     *
     * @return whether anything more can happen; not once this is closed
     */
    public boolean awaitChange(long since) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (version == since && !stopping) {
                changed.await();
            }
            return !stopping;
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (true) {
            try {
                var next = next();
                if (next.isEmpty()) {
                    return;
                }
                run(next.get());
            } catch (RuntimeException e) {
                // The store itself is in trouble, as on a full disk: what is in it stays as it is until it can be
                // written.
                LOG.error("The jobs cannot go on for now", e);
                rest();
            }
        }
    }

    /** The job whose turn it is, begun; waits for one; none once this is closed. */
    private Optional<Job> next() {
        lock.lock();
        try {
            while (!stopping) {
                var queued = store.in(Job.Status.QUEUED);
                if (!queued.isEmpty()) {
                    store.begin(queued.getFirst().id(), now());
                    signal();
                    return store.job(queued.getFirst().id());
                }
                changed.awaitUninterruptibly();
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void run(Job job) {
        var run = new ReportedRun(store, job.id(), clock, this::isStopping, this::signal);
        try {
            var result = kind(job).run(job, run);
            finish(job, Job.Status.SUCCEEDED, Optional.of(result), Optional.empty(), "The job has succeeded.");
        } catch (RuntimeException | Error e) {
            ended(job, e);
        }
    }

    private JobKind kind(Job job) {
        var kind = kinds.get(job.kind());
        if (kind == null) {
            throw new MendableException("This Tandem knows no jobs of the kind '" + job.kind()
                    + "': serve the workspace with the version that it was asked of.");
        }
        return kind;
    }

    private void ended(Job job, Throwable failure) {
        if (store.job(job.id()).map(Job::cancelling).orElse(false)) {
            finish(job, Job.Status.CANCELLED, Optional.empty(), Optional.empty(), "The job was cancelled.");
        } else if (isStopping()) {
            store.requeue(job.id(), false, now(), "The server stops; the job goes on when it is started again.");
        } else {
            var reason = switch (failure) {
                case MendableException mendable -> String.valueOf(mendable.getMessage());
                case CancellationException cancelled -> "The work was broken off.";
                default -> {
                    LOG.error("The job {} failed", job.id(), failure);
                    yield "The server failed at this job; its log says why, under " + job.id() + ".";
                }
            };
            finish(job, Job.Status.FAILED, Optional.empty(), Optional.of(reason), reason);
        }
    }

    private void finish(Job job, Job.Status status, Optional<JsonNode> result, Optional<String> error, String message) {
        store.finish(job.id(), status, result, error, now(), message);
        signal();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void rest() {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(AFTER_TROUBLE_MILLIS);
            while (left > 0 && !stopping) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopping() {
        return locked(() -> stopping);
    }

    private void signal() {
        locked(() -> {
            version++;
            changed.signalAll();
            return true;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the work at the next step of the job in work, which goes on when the workspace is served again. */
    @Override
    public void close() {
        locked(() -> {
            stopping = true;
            changed.signalAll();
            return true;
        });
        try {
            if (only.isPresent() && !worker.join(LONGEST_STOP)) {
                LOG.warn("The job in work does not end; it will be taken up again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            only.ifPresent(OnlyProcess::close);
        }
    }
}
