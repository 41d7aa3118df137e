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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The untouched model with the training examples that are most like the question before it, as turns of the conversation, the most
 * like it last; of those, as many as leave room for an answer. Owns the model.
 */
final class FewShotStrategy implements Strategy {
    private final LocalModel model;
    private final TrainingPrompts prompts;
    private final int shots;
    private final Map<String, String> configuration;

    FewShotStrategy(LocalModel model, TrainingPrompts prompts, int shots, String trainingHash) {
        this.model = model;
        this.prompts = prompts;
        this.shots = shots;
        configuration = new TreeMap<>(model.configuration());
        configuration.put("few_shot.examples", Integer.toString(shots));
        configuration.put("training.hash", trainingHash);
    }

    @Override
    public String name() {
        return Approaches.FEW_SHOT;
    }

    @Override
    public Map<String, String> configuration() {
        return configuration;
    }

    @Override
    public StrategyAnswer answer(TestCase testCase) {
        long began = System.nanoTime();
        return ModelStrategy.answered(model.ask(turns(testCase.question())), began);
    }

    /** The conversation that the model is given. */
    List<ChatMessage> turns(String question) {
        var nearest = prompts.nearest(question, shots);
        for (int count = nearest.size(); count > 0; count--) {
            var turns = new ArrayList<ChatMessage>();
            prompts.system().map(SystemMessage::from).ifPresent(turns::add);
            nearest.subList(0, count).reversed().forEach(turns::addAll);
            turns.add(UserMessage.from(question));
            if (model.fits(turns)) {
                return turns;
            }
        }
        return ModelStrategy.turns(prompts.system(), question);
    }

    @Override
    public Optional<AnswerPerplexity> perplexity(List<ExpectedAnswer> answers, Progress progress) {
        return model.perplexity(answers, answer -> turns(answer.testCase().question()), progress);
    }

    @Override
    public void close() {
        model.close();
    }
}
