package dev.tandem.server.openai;

import dev.tandem.server.engine.Conversation;
import dev.tandem.server.engine.Reply;
import dev.tandem.server.engine.ServedModel;
import io.javalin.http.Context;
import java.util.List;

/** Told of every answer, to count, trace, keep or record it. Safe for use by many threads. */
@FunctionalInterface
public interface AnswerListener {
    /**
     * A question that a model was given.
     *
     * @param id of the answer, as the caller is told
     * @param context whose request it is
     * @param streams whether the answer is sent piece by piece
     * @param began when it came, by {@link System#nanoTime}
     */
    record Asked(
            String id, Context context, ServedModel model, Conversation conversation, boolean streams, long began) {}

    /** A question came; it may have to wait for its turn. */
    default void began(Asked asked) {}

    /** The model says its first word. */
    default void firstPiece(Asked asked) {}

    /**
     * An answer is made. Called before it is sent whole: what this throws, the caller is told instead.
     *
     * @param id as the caller is told
     * @param context whose request it is
     */
    void answered(String id, Context context, ServedModel model, Conversation conversation, Reply reply);

    /** No answer could be made, or nobody waits for it any more. */
    default void failed(Asked asked, Throwable failure) {}

    /** The caller has all, or is gone. */
    default void ended(Asked asked) {}

    /** Several as one, told in this order. */
    static AnswerListener all(List<AnswerListener> listeners) {
        var each = List.copyOf(listeners);
        return new AnswerListener() {
            @Override
            public void began(Asked asked) {
                each.forEach(listener -> listener.began(asked));
            }

            @Override
            public void firstPiece(Asked asked) {
                each.forEach(listener -> listener.firstPiece(asked));
            }

            @Override
            public void answered(
                    String id, Context context, ServedModel model, Conversation conversation, Reply reply) {
                each.forEach(listener -> listener.answered(id, context, model, conversation, reply));
            }

            @Override
            public void failed(Asked asked, Throwable failure) {
                each.forEach(listener -> listener.failed(asked, failure));
            }

            @Override
            public void ended(Asked asked) {
                each.forEach(listener -> listener.ended(asked));
            }
        };
    }
}
