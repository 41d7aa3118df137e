package dev.tandem.workspace.strategy;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.tandem.evaluation.strategy.AnswerPerplexity;
import dev.tandem.evaluation.strategy.ExpectedAnswer;
import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.Progress;
import dev.tandem.foundation.WellFormedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A language model alone: the question through its chat template, no documents. Untouched it is {@code base}, tuned {@code
 * fine-tuned}. A tuned model also hears the system message that all its training examples had, if they had one in common. Owns the
 * model.
 */
final class ModelStrategy implements Strategy {
    /** The stage of answering by a model without documents. */
    static final String STAGE = "model";

    private final String name;
    private final LocalModel model;
    private final Optional<String> system;
    private final Map<String, String> configuration;

    ModelStrategy(String name, LocalModel model, Optional<String> system) {
        this.name = name;
        this.model = model;
        this.system = system;
        configuration = new TreeMap<>(model.configuration());
        system.ifPresent(text -> configuration.put("system", text));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, String> configuration() {
        return configuration;
    }

    @Override
    public StrategyAnswer answer(TestCase testCase) {
        long began = System.nanoTime();
        return answered(model.ask(turns(system, testCase.question())), began);
    }

    static List<ChatMessage> turns(Optional<String> system, String question) {
        var turns = new ArrayList<ChatMessage>();
        system.map(SystemMessage::from).ifPresent(turns::add);
        turns.add(UserMessage.from(question));
        return turns;
    }

    /** The reply as an answer without documents. */
    static StrategyAnswer answered(LocalModel.Reply reply, long began) {
        double elapsed = (System.nanoTime() - began) / 1e6;
        return new StrategyAnswer(
                WellFormedText.of(reply.text()),
                Declining.is(reply.text()),
                List.of(),
                List.of(),
                Map.of(STAGE, elapsed, "total", elapsed),
                reply.promptTokens(),
                reply.answerTokens());
    }

    @Override
    public Optional<AnswerPerplexity> perplexity(List<ExpectedAnswer> answers, Progress progress) {
        return model.perplexity(
                answers, answer -> turns(system, answer.testCase().question()), progress);
    }

    @Override
    public void close() {
        model.close();
    }
}
