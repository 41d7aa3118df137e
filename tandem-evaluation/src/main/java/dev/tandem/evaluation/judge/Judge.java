package dev.tandem.evaluation.judge;

/** Judges answers. Implementations are safe for use by many threads, and judge the same exchange always the same. */
public interface Judge extends AutoCloseable {
    /** The judge's name as recorded beside its scores. */
    String name();

    /** The faithfulness under which an answer or a sentence of it counts as unsupported, in (0, 1). */
    double threshold();

    /**
     * Judges one answer.
     *
     * @throws dev.tandem.foundation.MendableException if it cannot be judged; the judgement is then missing, never zero
     */
    Judgement judge(Exchange exchange);

    /** Ends judgements in work soon, with a {@link java.util.concurrent.CancellationException}; the default lets them end. */
    default void cancel() {}

    @Override
    void close();
}
