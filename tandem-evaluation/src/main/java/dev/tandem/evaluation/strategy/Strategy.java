package dev.tandem.evaluation.strategy;

import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.Progress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One approach to answering, put together and ready: retrieval, a tuned model, both. Implementations say whether several
 * threads may ask at once; an evaluation asks one question at a time, so that latencies are those of one user.
 */
public interface Strategy extends AutoCloseable {
    /** As it is named in options, runs and reports: {@code rag}, {@code base}, {@code fine-tuned}, {@code hybrid}. */
    String name();

    /** The configuration's key for the hash of the index's content; there exactly where the approach retrieves. */
    String INDEX = "index";

    /**
     * Everything that decides what it answers, by name: settings, model, adapter, hashes of index, model and adapter. Two
     * runs with equal configurations on equal test sets answer the same.
     */
    Map<String, String> configuration();

    /** Whether it retrieves, so that what it retrieved can be measured. */
    default boolean retrieves() {
        return configuration().containsKey(INDEX);
    }

    /**
     * Answers one question.
     *
     * @throws dev.tandem.foundation.MendableException if it could not; the answer is then missing, and the run goes on
     */
    StrategyAnswer answer(TestCase testCase);

    /**
     * How well its language model foretells answers; empty where it has none in this process, or measures nothing of them. Asked
     * last: afterwards it answers no more, because memory for a second copy of the model need not be there.
     *
     * @throws dev.tandem.foundation.MendableException if it could not be measured
     */
    default Optional<AnswerPerplexity> perplexity(List<ExpectedAnswer> answers, Progress progress) {
        return Optional.empty();
    }

    @Override
    void close();
}
