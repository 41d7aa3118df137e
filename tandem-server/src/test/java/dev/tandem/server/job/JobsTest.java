package dev.tandem.server.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.foundation.MendableException;
import dev.tandem.foundation.database.DatabasePlace.SqlitePlace;
import dev.tandem.server.store.ServerDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    @TempDir
    private Path folder;

    private ServerDatabase database;

    @BeforeEach
    void open() {
        database = ServerDatabase.at(new SqlitePlace(folder.resolve(ServerDatabase.FILE)));
    }

    private record Doing(BiFunction<Job, JobRun, JsonNode> work) implements JobKind {
        @Override
        public String name() {
            return "work";
        }

        @Override
        public JsonNode run(Job job, JobRun run) {
            return work.apply(job, run);
        }
    }

    private Jobs jobs(BiFunction<Job, JobRun, JsonNode> work) {
        return new Jobs(folder, database, List.of(new Doing(work)), Clock.systemUTC());
    }

    private static Job submit(Jobs jobs) {
        return jobs.submit("work", "job-", NOTHING, "tester");
    }

    private static Job end(Jobs jobs, Job job) throws InterruptedException {
        while (true) {
            long version = jobs.version();
            var current = jobs.find(job.id()).orElseThrow();
            if (current.status().isOver()) {
                return current;
            }
            assertThat(jobs.awaitChange(version)).isTrue();
        }
    }

    /** Works until it is told to stop. */
    private static JsonNode untilCancelled(CountDownLatch begun, JobRun run) {
        begun.countDown();
        try (var task = run.stoppingProgress().start("Working", 10, "steps")) {
            while (true) {
                task.step(0);
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aJobGivesItsResultAndTellsHowItWent() throws InterruptedException {
        try (var jobs = jobs((job, run) -> {
            try (var task = run.progress().start("Counting", 3, "sheep")) {
                task.step(3);
            }
            run.remark("One was black.");
            return JsonNodeFactory.instance.objectNode().put("sheep", 3);
        })) {
            var job = end(jobs, submit(jobs));

            assertThat(job.status()).isEqualTo(Job.Status.SUCCEEDED);
            assertThat(job.result().orElseThrow().path("sheep").asInt()).isEqualTo(3);
            assertThat(jobs.events(job.id(), 0, 100))
                    .extracting(Job.Event::message)
                    .containsExactly(
                            "The job waits for its turn.",
                            "The job is running.",
                            "Counting: 0 of 3 sheep",
                            "Counting: 3 of 3 sheep",
                            "One was black.",
                            "The job has succeeded.");
            assertThat(jobs.events(job.id(), 4, 100))
                    .extracting(Job.Event::number)
                    .containsExactly(5L, 6L);
        }
    }

    @Test
    void whatAUserCanMendIsSaidAndABugIsNot() throws InterruptedException {
        try (var jobs = jobs((job, run) -> {
            throw new MendableException("The disk is full: free some.");
        })) {
            var job = end(jobs, submit(jobs));
            assertThat(job.status()).isEqualTo(Job.Status.FAILED);
            assertThat(job.error()).contains("The disk is full: free some.");
        }
        try (var jobs = jobs((job, run) -> {
            throw new IllegalStateException("secret");
        })) {
            var job = end(jobs, submit(jobs));
            assertThat(job.error().orElseThrow()).contains("log", job.id()).doesNotContain("secret");
        }
    }

    @Test
    void oneRunsAtATimeAndOneThatWaitsIsCancelledAtOnce() throws InterruptedException {
        var begun = new CountDownLatch(1);
        try (var jobs = jobs((job, run) -> untilCancelled(begun, run))) {
            var first = submit(jobs);
            var second = submit(jobs);
            begun.await();

            assertThat(jobs.find(second.id()).orElseThrow().status()).isEqualTo(Job.Status.QUEUED);
            assertThat(jobs.cancel(second).status()).isEqualTo(Job.Status.CANCELLED);
            jobs.cancel(first);
            assertThat(end(jobs, first).status()).isEqualTo(Job.Status.CANCELLED);
        }
    }

    @Test
    void aJobThatLeftSomethingGoesOnWhereOthersAreRefused() throws InterruptedException {
        var left = new AtomicBoolean(true);
        var attempts = new AtomicInteger();
        var kind = new JobKind() {
            @Override
            public String name() {
                return "work";
            }

            @Override
            public boolean canGoOn(Job job) {
                return left.get();
            }

            @Override
            public JsonNode run(Job job, JobRun run) {
                if (attempts.incrementAndGet() == 1) {
                    throw new MendableException("The disk is full: free some.");
                }
                return NOTHING;
            }
        };
        try (var jobs = new Jobs(folder, database, List.of(kind), Clock.systemUTC())) {
            var failed = end(jobs, submit(jobs));
            assertThat(jobs.canGoOn(failed)).isTrue();
            assertThat(jobs.resume(failed).error()).isEmpty();
            var done = end(jobs, failed);
            assertThat(done.status()).isEqualTo(Job.Status.SUCCEEDED);
            assertThat(jobs.canGoOn(done)).isFalse();
            assertThatThrownBy(() -> jobs.resume(done))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("nothing to go on from");

            attempts.set(0);
            left.set(false);
            var lost = end(jobs, submit(jobs));
            assertThatThrownBy(() -> jobs.resume(lost)).isInstanceOf(MendableException.class);
        }
    }

    @Test
    void aJobThatWasRunningWhenTheServerStoppedGoesOn() throws InterruptedException {
        var begun = new CountDownLatch(1);
        Job job;
        try (var jobs = jobs((each, run) -> untilCancelled(begun, run))) {
            job = submit(jobs);
            begun.await();
        }
        try (var jobs = jobs((each, run) -> NOTHING)) {
            assertThat(end(jobs, job).status()).isEqualTo(Job.Status.SUCCEEDED);
        }
    }

    @Test
    void aJobThatWasRunningWhenTheServerWasKilledIsTakenUpUnlessItKillsIt() throws InterruptedException {
        var store = new JobStore(database);
        var job = queued("job-1");
        store.insert(job, "waits");
        store.begin(job.id(), Clock.systemUTC().instant());

        try (var jobs = jobs((each, run) -> NOTHING)) {
            assertThat(end(jobs, job).status()).isEqualTo(Job.Status.SUCCEEDED);
            assertThat(jobs.events(job.id(), 0, 100))
                    .extracting(Job.Event::message)
                    .contains("The server ended while the job was running; it is taken up again.");
        }

        var deadly = queued("job-2");
        store.insert(deadly, "waits");
        for (int i = 0; i < 3; i++) {
            store.begin(deadly.id(), Clock.systemUTC().instant());
        }
        try (var jobs = jobs((each, run) -> NOTHING)) {
            var failed = jobs.find(deadly.id()).orElseThrow();
            assertThat(failed.status()).isEqualTo(Job.Status.FAILED);
            assertThat(failed.error().orElseThrow()).contains("3 times");
        }
    }

    @Test
    void aCancellationThatWasAcknowledgedHoldsAfterAKill() {
        var store = new JobStore(database);
        var job = queued("job-1");
        store.insert(job, "waits");
        store.begin(job.id(), Clock.systemUTC().instant());
        store.askToCancel(job.id());

        try (var jobs = jobs((each, run) -> NOTHING)) {
            assertThat(jobs.find(job.id()).orElseThrow().status()).isEqualTo(Job.Status.CANCELLED);
        }
    }

    @Test
    void twoServersDoNotWorkAtTheSameJobs() {
        try (var jobs = jobs((job, run) -> NOTHING);
                var other = jobs((job, run) -> {
                    throw new CancellationException();
                })) {
            assertThatThrownBy(() -> submit(other))
                    .isInstanceOf(MendableException.class)
                    .hasMessageContaining("Another server");
            assertThat(submit(jobs).status()).isEqualTo(Job.Status.QUEUED);
        }
    }

    private static Job queued(String id) {
        return new Job(
                id,
                "work",
                NOTHING,
                Job.Status.QUEUED,
                false,
                "tester",
                Clock.systemUTC().instant(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty());
    }
}
