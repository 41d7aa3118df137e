package dev.tandem.server.engine;

import dev.tandem.answering.citation.Citation;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.QuestionType;
import dev.tandem.evaluation.testset.TestCase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Retrieval and an adapter together, as {@code tandem compare} measures it. Answers one question at a time, and whole. */
final class HybridModel implements ServedModel {
    static final String ID = "tandem/hybrid";

    private final Supplier<Strategy> strategy;
    private final ReentrantLock turn = new ReentrantLock(true);

    HybridModel(Supplier<Strategy> strategy) {
        this.strategy = strategy;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String owner() {
        return "tandem";
    }

    @Override
    public boolean retrieves() {
        return true;
    }

    @Override
    public Reply reply(Conversation conversation, Consumer<String> partial) {
        turn.lock();
        try {
            var answer = strategy.get().answer(asked(conversation));
            partial.accept(answer.text());
            return reply(answer);
        } finally {
            turn.unlock();
        }
    }

    private static TestCase asked(Conversation conversation) {
        return new TestCase(
                "asked",
                conversation.question(),
                List.of(),
                List.of(),
                QuestionType.ANSWERABLE,
                Optional.of(conversation.filter().describe()).filter(text -> !text.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Reply reply(StrategyAnswer answer) {
        var quotes = answer.citations();
        return new Reply(
                answer.text(),
                answer.abstained(),
                IntStream.range(0, quotes.size())
                        .mapToObj(i -> new Citation(
                                i + 1,
                                quotes.get(i).document(),
                                quotes.get(i).place(),
                                quotes.get(i).quote(),
                                quotes.get(i).document()))
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                Reply.Ending.STOP,
                answer.promptTokens(),
                answer.answerTokens(),
                answer.timings().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, stage -> Duration.ofNanos((long) (stage.getValue() * 1e6)))));
    }
}
