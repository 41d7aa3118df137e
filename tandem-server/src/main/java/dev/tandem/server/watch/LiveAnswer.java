package dev.tandem.server.watch;

import dev.tandem.evaluation.judge.Exchange;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An answer as it is watched.
 *
 * @param id as the caller was told
 * @param milliseconds until it was made and sent, waiting included
 * @param question its text, where documents were looked into for it; its vector is kept, never itself
 * @param exchange what a judge needs, where there is something to judge
 */
record LiveAnswer(
        String id,
        Instant time,
        String model,
        Outcome outcome,
        double milliseconds,
        Optional<String> question,
        Optional<Exchange> exchange) {
    /** The same, with how long it took. */
    LiveAnswer taking(double taken) {
        return new LiveAnswer(id, time, model, outcome, taken, question, exchange);
    }

    /** What came of a question. */
    enum Outcome {
        ANSWERED,
        DECLINED,
        FAILED;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
