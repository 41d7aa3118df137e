package dev.tandem.server.feedback;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.tandem.foundation.MendableException;
import dev.tandem.server.engine.Conversation;
import dev.tandem.server.engine.Reply;
import dev.tandem.server.engine.ServedModel;
import dev.tandem.server.http.Requests;
import dev.tandem.server.openai.AnswerListener;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps answers so that feedback on them finds them. They are written together, some milliseconds after they were given, so that no answer
 * waits for the disk; until then they are in memory. Where they come faster than a disk takes them, the oldest of thousands are let go.
 */
public final class KeptAnswers implements AnswerListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptAnswers.class);
    private static final int MOST_WAITING = 5_000;
    private static final int AT_ONCE = 200;
    private static final Duration SWEEP = Duration.ofHours(1);

    private final FeedbackStore store;
    private final Map<String, String> configuration;
    private final Duration kept;
    private final Clock clock;
    private final LinkedBlockingQueue<KeptAnswer> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Map<String, KeptAnswer> waiting = new ConcurrentHashMap<>();
    private final Thread writer;
    private volatile boolean closing;

    /**
     * Begins to keep.
     *
     * @param configuration what every answer is made under
     * @param kept how long
     */
    public KeptAnswers(FeedbackStore store, Map<String, String> configuration, Duration kept, Clock clock) {
        this.store = store;
        this.configuration = Map.copyOf(configuration);
        this.kept = kept;
        this.clock = clock;
        this.writer = Thread.ofPlatform().daemon().name("tandem-answers").start(this::write);
    }

    @Override
    public void answered(String id, Context context, ServedModel model, Conversation conversation, Reply reply) {
        var total = reply.timings().getOrDefault("total", Duration.ZERO);
        var answer = new KeptAnswer(
                id,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                Requests.caller(context).name(),
                model.id(),
                conversation.messages().stream()
                        .flatMap(message -> said(message).stream())
                        .toList(),
                reply.text(),
                reply.abstained(),
                reply.citations().stream()
                        .map(cited -> new KeptAnswer.Source(
                                cited.number(), cited.document(), cited.location(), cited.quote(), cited.passage()))
                        .toList(),
                reply.retrieved().stream()
                        .map(found -> new KeptAnswer.Passage(
                                found.passage().id(), found.passage().document(), found.score()))
                        .toList(),
                configuration,
                total.toNanos() / 1e6);
        waiting.put(id, answer);
        while (!queue.offer(answer)) {
            var oldest = queue.poll();
            if (oldest != null) {
                waiting.remove(oldest.id());
            }
        }
    }

    private static Optional<KeptAnswer.Message> said(ChatMessage message) {
        return switch (message) {
            case UserMessage user
            when user.hasSingleText() -> Optional.of(new KeptAnswer.Message("user", user.singleText()));
            case AiMessage answer
            when answer.text() != null -> Optional.of(new KeptAnswer.Message("assistant", answer.text()));
            case SystemMessage system -> Optional.of(new KeptAnswer.Message("system", system.text()));
            default -> Optional.empty();
        };
    }

    /** An answer by its id, if it is still kept. */
    public Optional<KeptAnswer> find(String id) {
        return Optional.ofNullable(waiting.get(id)).or(() -> store.answer(id));
    }

    private void write() {
        var swept = Instant.MIN;
        while (!closing || !queue.isEmpty()) {
            try {
                if (clock.instant().minus(SWEEP).isAfter(swept)) {
                    store.forgetBefore(clock.instant().minus(kept));
                    swept = clock.instant();
                }
                var first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    write(first);
                }
            } catch (InterruptedException ending) {
                // Once more around, to write what is left.
                closing = true;
            } catch (MendableException e) {
                LOG.warn("Answers are not kept: {}", e.getMessage());
                swept = clock.instant();
            }
        }
    }

    private void write(KeptAnswer first) {
        var together = new ArrayList<KeptAnswer>(List.of(first));
        queue.drainTo(together, AT_ONCE);
        try {
            store.keep(together);
        } finally {
            together.forEach(answer -> waiting.remove(answer.id()));
        }
    }

    /** Writes what is left. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
