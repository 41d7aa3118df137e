package dev.tandem.answering.answer;

import dev.tandem.answering.prompt.Turn;
import dev.tandem.answering.route.QuestionRouter;
import dev.tandem.answering.route.Route;
import dev.tandem.knowledge.filter.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Answers what needs no documents by itself, and hands every question for the documents on. Safe for use by many threads if
 * the answerer behind it is.
 */
public final class RoutingAnswerer implements Answerer {
    private final QuestionRouter router;
    private final Answerer documents;

    public RoutingAnswerer(QuestionRouter router, Answerer documents) {
        this.router = router;
        this.documents = documents;
    }

    @Override
    public Answer answer(String question, Filter filter, Consumer<String> partial) {
        return answer(question, List.of(), filter, partial);
    }

    @Override
    public Answer answer(String question, List<Turn> history, Filter filter, Consumer<String> partial) {
        long start = System.nanoTime();
        var routed = router.route(question, history, filter);
        if (routed.route() == Route.DOCUMENTS) {
            return documents.answer(question, history, filter, partial);
        }
        partial.accept(routed.reply());
        return new Answer(
                routed.reply(),
                routed.route() == Route.OFF_TOPIC,
                List.of(),
                List.of(),
                List.of(),
                Map.of("total", Duration.ofNanos(System.nanoTime() - start)),
                new Trace(routed.route(), List.of(), List.of(), OptionalDouble.empty()));
    }
}
