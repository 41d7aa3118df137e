package dev.tandem.server.watch;

import dev.tandem.evaluation.judge.Exchange;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.embedding.RecentQuestions;
import dev.tandem.server.engine.Conversation;
import dev.tandem.server.engine.Reply;
import dev.tandem.server.engine.ServedModel;
import dev.tandem.server.openai.AnswerListener;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees every answer, keeps what is compared, and looks whenever there is enough that is new. An answer is only noted on the request's
 * path; all else is done by a thread of its own after the answer was sent. Where answers come faster than they can be kept, the oldest of
 * thousands are let go.
 */
final class LiveWatch implements AnswerListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveWatch.class);
    private static final int MOST_WAITING = 5_000;
    private static final int AT_ONCE = 200;
    /** Numbers of citations are no part of what is said. */
    private static final Pattern MARK = Pattern.compile("[ \\u00A0]?\\[\\d{1,4}]");

    private static final long EMPTY_MILLIS = 200;
    private static final Duration OFTEN = Duration.ofSeconds(5);
    private static final Duration HOURLY = Duration.ofHours(1);

    private final Optional<LiveJudge> judge;
    private final Optional<Looking> looking;
    private final LiveStore store;
    private final Supplier<RecentQuestions> encoder;
    private final Duration kept;
    private final Clock clock;
    private final Map<String, LiveAnswer> answered = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<LiveAnswer> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread thread;
    private volatile boolean closing;

    /**
     * Begins to watch.
     *
     * @param judge judges some of the answers
     * @param looking compares; nothing is kept without it
     * @param encoder gives the vectors that retrieval has just made
     * @param kept how long what was observed is kept
     */
    LiveWatch(
            Optional<LiveJudge> judge,
            Optional<Looking> looking,
            LiveStore store,
            Supplier<RecentQuestions> encoder,
            Duration kept,
            Clock clock) {
        this.judge = judge;
        this.looking = looking;
        this.store = store;
        this.encoder = encoder;
        this.kept = kept;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("tandem-watch").start(this::watch);
    }

    @Override
    public void answered(String id, Context context, ServedModel model, Conversation conversation, Reply reply) {
        boolean lookedUp = !reply.retrieved().isEmpty() || !reply.citations().isEmpty();
        var question = lookedUp ? Optional.of(conversation.question()) : Optional.<String>empty();
        answered.put(
                id,
                new LiveAnswer(
                        id,
                        now(),
                        model.id(),
                        reply.abstained() ? LiveAnswer.Outcome.DECLINED : LiveAnswer.Outcome.ANSWERED,
                        0,
                        question,
                        exchange(question, reply)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static Optional<Exchange> exchange(Optional<String> question, Reply reply) {
        var texts = reply.retrieved().stream()
                .map(found -> found.passage().text())
                .filter(Exchange::says)
                .toList();
        return reply.abstained() || texts.isEmpty() || !Exchange.says(reply.text())
                ? Optional.empty()
                : Optional.of(new Exchange(texts, MARK.matcher(reply.text()).replaceAll(""), question));
    }

    @Override
    public void failed(Asked asked, Throwable failure) {
        answered.remove(asked.id());
        if (!(failure instanceof CancellationException)) {
            answered.put(
                    asked.id(),
                    new LiveAnswer(
                            asked.id(),
                            now(),
                            asked.model().id(),
                            LiveAnswer.Outcome.FAILED,
                            0,
                            Optional.empty(),
                            Optional.empty()));
        }
    }

    @Override
    public void ended(Asked asked) {
        var made = answered.remove(asked.id());
        if (made != null) {
            var answer = made.taking((System.nanoTime() - asked.began()) / 1e6);
            judge.ifPresent(each -> each.offer(answer));
            while (looking.isPresent() && !queue.offer(answer)) {
                queue.poll();
            }
        }
    }

    private void watch() {
        var hourly = Instant.MIN;
        var looked = clock.instant();
        while (!closing || !queue.isEmpty()) {
            try {
                if (clock.instant().minus(HOURLY).isAfter(hourly)) {
                    hourly = clock.instant();
                    store.sweep(clock.instant().minus(kept));
                    looking.ifPresent(Looking::begin);
                }
                var first = queue.poll(EMPTY_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    keep(first);
                }
                // Thumbs and scores come without an answer.
                boolean due = clock.instant().minus(OFTEN).isAfter(looked);
                if (!closing && (first != null || due)) {
                    looked = clock.instant();
                    looking.ifPresent(Looking::look);
                }
            } catch (InterruptedException ending) {
                closing = true;
            } catch (MendableException e) {
                LOG.warn("Answers are not watched: {}", e.getMessage());
                pause();
            }
        }
    }

    /** What could not be done now is not tried again at once. */
    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(closing ? 0 : 1);
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    private void keep(LiveAnswer first) {
        var together = new ArrayList<LiveAnswer>(List.of(first));
        queue.drainTo(together, AT_ONCE);
        var vectors = new LinkedHashMap<String, float[]>();
        var id = "";
        if (together.stream().anyMatch(answer -> answer.question().isPresent())) {
            var model = encoder.get();
            id = model.id();
            for (var answer : together) {
                answer.question()
                        .flatMap(text -> vector(model, text))
                        .ifPresent(vector -> vectors.put(answer.id(), vector));
            }
        }
        store.add(together, vectors, id);
    }

    /** A question that has no vector is watched all the same, but for what it asks. */
    private static Optional<float[]> vector(RecentQuestions model, String text) {
        try {
            return Optional.of(model.vector(text));
        } catch (MendableException e) {
            LOG.warn("A question has no vector: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Keeps what is left. */
    @Override
    public void close() {
        judge.ifPresent(LiveJudge::close);
        closing = true;
        try {
            if (!thread.join(Duration.ofSeconds(10))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
