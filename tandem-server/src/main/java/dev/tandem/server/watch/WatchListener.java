package dev.tandem.server.watch;

import dev.tandem.evaluation.judge.Judgement;
import java.util.List;

/** Told of what watching finds, to count and send it on. Safe for use by many threads. */
public interface WatchListener {
    /** An answer was judged. */
    void judged(String answer, String model, Judgement judgement);

    /** An answer that was to be judged was not: there was no time, or it could not be. */
    void notJudged();

    /**
     * The newest observations of a metric were compared with its baseline.
     *
     * @param metric its key
     * @param size how far they are from it
     * @param pValue how likely chance alone is as far
     */
    void compared(String metric, double size, double pValue, boolean drifting);

    /** Several as one. */
    static WatchListener all(List<? extends WatchListener> listeners) {
        var each = List.copyOf(listeners);
        return new WatchListener() {
            @Override
            public void judged(String answer, String model, Judgement judgement) {
                each.forEach(listener -> listener.judged(answer, model, judgement));
            }

            @Override
            public void notJudged() {
                each.forEach(WatchListener::notJudged);
            }

            @Override
            public void compared(String metric, double size, double pValue, boolean drifting) {
                each.forEach(listener -> listener.compared(metric, size, pValue, drifting));
            }
        };
    }
}
