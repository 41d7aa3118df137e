package dev.tandem.workspace.strategy;

import dev.tandem.evaluation.strategy.Strategy;
import dev.tandem.evaluation.strategy.StrategyAnswer;
import dev.tandem.evaluation.strategy.StrategyAnswer.CitedQuote;
import dev.tandem.evaluation.testset.TestCase;
import dev.tandem.foundation.WellFormedText;
import dev.tandem.knowledge.filter.Filter;
import dev.tandem.knowledge.filter.FilterParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tuned model with what was retrieved, in a prompt of the user's own. It says no sources, so none are cited. Owns the model; the
 * retriever stays the caller's.
 */
final class PromptedHybrid implements Strategy {
    private final FilledPrompt prompt;
    private final LocalModel model;
    private final Optional<String> system;
    private final Optional<FactChoice> choice;
    private final Map<String, String> configuration;

    /**
     * @param retrieval all that decides what is retrieved
     * @param choice among several answers; without it the likeliest is given
     */
    PromptedHybrid(
            FilledPrompt prompt,
            Map<String, String> retrieval,
            LocalModel model,
            Optional<String> system,
            Optional<FactChoice> choice) {
        this.prompt = prompt;
        this.model = model;
        this.system = system;
        this.choice = choice;
        configuration = new TreeMap<>(retrieval);
        model.configuration().forEach((name, value) -> configuration.put("tuned." + name, value));
        configuration.put("hybrid", "prompted");
        configuration.put("hybrid.prompt", prompt.prompt().template());
        choice.ifPresent(each -> configuration.put("hybrid.candidates", Integer.toString(each.candidates())));
        system.ifPresent(text -> configuration.put("system", text));
    }

    @Override
    public String name() {
        return Approaches.HYBRID;
    }

    @Override
    public Map<String, String> configuration() {
        return configuration;
    }

    @Override
    public StrategyAnswer answer(TestCase testCase) {
        long began = System.nanoTime();
        var filter = testCase.filter().map(FilterParser::parse).orElseGet(Filter.All::new);
        var filled = prompt.fill(testCase.question(), filter, text -> model.fits(ModelStrategy.turns(system, text)));
        double retrieving = (System.nanoTime() - began) / 1e6;
        var turns = ModelStrategy.turns(system, filled.text());
        var reply = choice.isPresent()
                ? choice.get().choose(model, turns, filled.attributes(testCase.question()))
                : model.ask(turns);
        double total = (System.nanoTime() - began) / 1e6;
        return new StrategyAnswer(
                WellFormedText.of(reply.text()),
                Declining.is(reply.text()),
                List.<CitedQuote>of(),
                filled.found().stream().map(RagStrategy::found).toList(),
                Map.of("retrieve", retrieving, ModelStrategy.STAGE, total - retrieving, "total", total),
                reply.promptTokens(),
                reply.answerTokens());
    }

    @Override
    public void close() {
        model.close();
    }
}
