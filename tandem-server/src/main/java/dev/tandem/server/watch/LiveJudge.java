package dev.tandem.server.watch;

import dev.tandem.evaluation.judge.Judge;
import dev.tandem.foundation.MendableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges a share of the live answers after they were sent, one at a time, while no answer is being made: whoever asks never waits for a
 * judge to begin, and shares the machine with at most the one judgement in work. Where answers leave no time, those that wait longest are
 * let go.
 */
final class LiveJudge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveJudge.class);
    private static final int MOST_WAITING = 32;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** How long it waits between looks at whether an answer is being made. */
    private static final long PAUSE_MILLIS = 20;

    /** After each judgement it rests for so many times as long as that took, so that it takes a fifth of a core at most. */
    private static final int REST = 4;

    private final Settings settings;
    private final DoubleSupplier chance;
    private final Supplier<Judge> opening;
    private final BooleanSupplier idle;
    private final LiveStore store;
    private final WatchListener listener;
    private final Clock clock;
    private final ArrayBlockingQueue<LiveAnswer> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Deque<Instant> judged = new ArrayDeque<>();
    private final Thread thread;
    private volatile boolean closing;

    /**
     * How many are judged.
     *
     * @param share of all, in [0, 1]
     */
    record Settings(double share, int perMinute) {}

    /**
     * Begins.
     *
     * @param chance a number in [0, 1) for each answer
     * @param opening makes the judge when the first answer is to be judged; closed with this
     * @param idle whether no answer is being made
     */
    LiveJudge(
            Settings settings,
            DoubleSupplier chance,
            Supplier<Judge> opening,
            BooleanSupplier idle,
            LiveStore store,
            WatchListener listener,
            Clock clock) {
        this.settings = settings;
        this.chance = chance;
        this.opening = opening;
        this.idle = idle;
        this.store = store;
        this.listener = listener;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("tandem-judge").start(this::judgeAll);
    }

    /** Takes an answer that was sent; judges it or not, by chance. */
    void offer(LiveAnswer answer) {
        if (answer.exchange().isEmpty() || chance.getAsDouble() >= settings.share() || !allowed()) {
            return;
        }
        while (!queue.offer(answer)) {
            if (queue.poll() != null) {
                listener.notJudged();
            }
        }
    }

    /** Chosen ones beyond the limit are passed over, whichever they are: the others are still a fair sample of their minute. */
    private synchronized boolean allowed() {
        var now = clock.instant();
        while (!judged.isEmpty() && judged.peekFirst().isBefore(now.minus(WINDOW))) {
            judged.removeFirst();
        }
        if (judged.size() >= settings.perMinute()) {
            listener.notJudged();
            return false;
        }
        judged.addLast(now);
        return true;
    }

    private void judgeAll() {
        Judge judge = null;
        try {
            while (!closing) {
                var answer = queue.poll(200, TimeUnit.MILLISECONDS);
                if (answer == null) {
                    continue;
                }
                waitForIdle();
                if (closing) {
                    break;
                }
                if (judge == null) {
                    judge = opening.get();
                }
                long began = System.nanoTime();
                judge(judge, answer);
                TimeUnit.NANOSECONDS.sleep(REST * (System.nanoTime() - began));
            }
        } catch (InterruptedException | CancellationException ending) {
            // It is being closed.
        } catch (MendableException e) {
            LOG.warn("Live answers are not judged: {}", e.getMessage());
        } finally {
            if (judge != null) {
                judge.close();
            }
        }
    }

    private void waitForIdle() throws InterruptedException {
        while (!idle.getAsBoolean() && !closing) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void judge(Judge judge, LiveAnswer answer) {
        try {
            var judgement = judge.judge(answer.exchange().orElseThrow());
            store.judged(answer, clock.instant().truncatedTo(ChronoUnit.MILLIS), judge.name(), judgement);
            listener.judged(answer.id(), answer.model(), judgement);
        } catch (MendableException e) {
            listener.notJudged();
            LOG.warn("An answer was not judged: {}", e.getMessage());
        }
    }

    /** Ends; what waits is let go. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!thread.join(Duration.ofSeconds(10))) {
                thread.interrupt();
                LOG.warn("A judgement is still in work although the server stops.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
