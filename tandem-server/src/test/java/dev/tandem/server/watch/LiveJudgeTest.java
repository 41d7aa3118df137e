package dev.tandem.server.watch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.evaluation.judge.EmbeddedJudge;
import dev.tandem.evaluation.judge.Exchange;
import dev.tandem.evaluation.judge.Judgement;
import dev.tandem.foundation.database.DatabasePlace.SqlitePlace;
import dev.tandem.server.store.ServerDatabase;
import dev.tandem.workspace.settings.AlertMetric;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveJudgeTest {
    @TempDir
    Path folder;

    private final Map<String, Judgement> judged = new ConcurrentHashMap<>();
    private final AtomicInteger passedOver = new AtomicInteger();
    private volatile CountDownLatch next = new CountDownLatch(1);

    private final WatchListener listener = new WatchListener() {
        @Override
        public void judged(String answer, String model, Judgement judgement) {
            judged.put(answer, judgement);
            next.countDown();
        }

        @Override
        public void notJudged() {
            passedOver.incrementAndGet();
        }

        @Override
        public void compared(String metric, double size, double pValue, boolean drifting) {}
    };

    private LiveJudge judge(double share, int perMinute, double chance, AtomicBoolean idle, LiveStore store) {
        return new LiveJudge(
                new LiveJudge.Settings(share, perMinute),
                () -> chance,
                EmbeddedJudge::open,
                idle::get,
                store,
                listener,
                Clock.systemUTC());
    }

    private static LiveAnswer answer(String id, String text) {
        return new LiveAnswer(
                id,
                Instant.EPOCH,
                "tandem/rag",
                LiveAnswer.Outcome.ANSWERED,
                1,
                Optional.of("How long is parental leave?"),
                Optional.of(new Exchange(
                        List.of("Employees get 16 weeks of parental leave after a birth."),
                        text,
                        Optional.of("How long is parental leave?"))));
    }

    @Test
    void whatWasSentIsJudgedWhenNobodyIsAnsweredAndItsScoresAreKept() throws Exception {
        var idle = new AtomicBoolean(false);
        var store = new LiveStore(ServerDatabase.at(new SqlitePlace(folder.resolve(ServerDatabase.FILE))));
        next = new CountDownLatch(2);
        try (var judge = judge(1, 100, 0, idle, store)) {
            judge.offer(answer("said", "Employees get 16 weeks of parental leave."));
            judge.offer(answer("made-up", "The cafeteria serves lunch on Fridays at noon."));
            assertThat(next.await(200, TimeUnit.MILLISECONDS)).isFalse();

            idle.set(true);

            assertThat(next.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(requireNonNull(judged.get("said")).faithfulness().orElseThrow())
                .isGreaterThan(
                        requireNonNull(judged.get("made-up")).faithfulness().orElseThrow());
        assertThat(requireNonNull(judged.get("made-up")).unsupported()).isNotEmpty();
        assertThat(store.after(AlertMetric.FAITHFULNESS, 0, 10)).hasSize(2);
    }

    @Test
    void noMoreAreTakenThanTheShareAndTheMinuteAllow() {
        var store = new LiveStore(ServerDatabase.at(new SqlitePlace(folder.resolve(ServerDatabase.FILE))));
        try (var never = judge(0.1, 100, 0.5, new AtomicBoolean(true), store);
                var three = judge(1, 3, 0, new AtomicBoolean(false), store)) {
            for (int i = 0; i < 10; i++) {
                never.offer(answer("never" + i, "Yes."));
                three.offer(answer("three" + i, "Yes."));
            }
        }
        assertThat(passedOver.get()).isEqualTo(7);
        assertThat(judged).isEmpty();
    }
}
