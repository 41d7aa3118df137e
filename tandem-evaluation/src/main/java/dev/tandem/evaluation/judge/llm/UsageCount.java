package dev.tandem.evaluation.judge.llm;

import dev.langchain4j.model.output.TokenUsage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A {@link Usage} that grows. Safe for use by many threads. */
final class UsageCount {
    private final LongAdder requests = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder input = new LongAdder();
    private final LongAdder output = new LongAdder();
    private final LongAdder uncounted = new LongAdder();

    void repeat() {
        repeated.increment();
    }

    /** An answered request; some servers tell no usage, or half of it. */
    void add(@Nullable TokenUsage usage) {
        requests.increment();
        if (usage == null || usage.inputTokenCount() == null || usage.outputTokenCount() == null) {
            uncounted.increment();
            return;
        }
        input.add(usage.inputTokenCount());
        output.add(usage.outputTokenCount());
    }

    Usage now() {
        return new Usage(requests.sum(), repeated.sum(), input.sum(), output.sum(), uncounted.sum());
    }
}
