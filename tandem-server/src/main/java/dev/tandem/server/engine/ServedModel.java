package dev.tandem.server.engine;

import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** Something that a request may name as its model. Safe for use by many threads. */
public interface ServedModel {
    /** As requests name it. */
    String id();

    /** Whose it is: {@code tandem} for strategies, {@code workspace} for models. */
    String owner();

    /** Whether it answers from the documents. */
    boolean retrieves();

    /**
     * Answers.
     *
     * @param partial receives the text piece by piece
     * @throws dev.tandem.foundation.MendableException if it cannot
     * @throws CancellationException if the thread is interrupted
     */
    Reply reply(Conversation conversation, Consumer<String> partial);
}
